"""What every page has at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from sqlalchemy import Engine

from diaodu.settings import Settings
from flows.machine import Machine


@dataclass(frozen=True, slots=True)
class Site:
    """The database, the settings, the machine that runs beside the pages, and what time it is."""

    engine: Engine
    settings: Settings
    machine: Machine
    now: Callable[[], datetime]


def site_of(request: Request) -> Site:
    """The site a request was made to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
