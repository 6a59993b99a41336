"""Sources are registered once by name, each in its scheme, in the order they came."""

import pytest
from sqlmodel import Session

from diaodu.storage.source import NameTaken, add, named, sources
from models.source import Source
from tests.plan import Plan


def source(scheme_id: int, name: str) -> Source:
    return Source(scheme_id=scheme_id, name=name, kind="folder", location="/drop")


def test_sources_of_a_scheme_are_listed_in_their_order(session: Session) -> None:
    here, there = Plan(session, "2023").scheme_id, Plan(session, "2024").scheme_id
    for scheme_id, name in ((here, "统计局"), (there, "统计局"), (here, "财政局")):
        add(session, source(scheme_id, name))
    assert [found.name for found in sources(session, here)] == ["统计局", "财政局"]
    assert [found.scheme_id for found in sources(session, there)] == [there]


def test_a_name_is_taken_once_in_a_scheme(session: Session) -> None:
    here = Plan(session, "2023").scheme_id
    add(session, source(here, "统计局"))
    with pytest.raises(NameTaken):
        add(session, source(here, "统计局"))
    assert len(sources(session, here)) == 1


def test_a_source_is_found_by_name(session: Session) -> None:
    here = Plan(session, "2023").scheme_id
    add(session, source(here, "统计局"))
    assert named(session, here, "统计局") is not None
    assert named(session, here, "财政局") is None
