"""What every page has at hand."""

from dataclasses import dataclass

from fastapi import Request
from sqlalchemy import Engine

from diaodu.settings import Settings
from flows.machine import Machine


@dataclass(frozen=True, slots=True)
class Site:
    """The database, the settings, and the machine that runs beside the pages."""

    engine: Engine
    settings: Settings
    machine: Machine


def site_of(request: Request) -> Site:
    """The site a request was made to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
