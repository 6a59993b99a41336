"""Who may be sent what: a unit its own sheet and what is public, the office's people all but others' sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.access import Role
from diaodu.rules.briefing import BriefingState, Circulation
from diaodu.rules.distribution import Edition, Entry, Reader, Withheld, called, edition_of, withheld

UNITS, INTERNAL = Circulation.UNITS, Circulation.INTERNAL
MAYOR = Reader(1, Role.LEADER, None)
EAST = Reader(2, Role.REPORTER, "east")
EAST_HEAD = Reader(3, Role.LEADER, "east")
GONE = Reader(4, Role.REPORTER, "east", is_active=False)


@pytest.mark.parametrize(
    ("name", "reader", "circulation", "expected"),
    [
        ("full", MAYOR, INTERNAL, None),
        ("leader", MAYOR, INTERNAL, None),
        ("unit:east", MAYOR, UNITS, Withheld.NO_UNIT),
        ("full", EAST, UNITS, None),
        ("full", EAST, INTERNAL, Withheld.INTERNAL),
        ("leader", EAST, UNITS, Withheld.INTERNAL),
        ("leader", EAST_HEAD, UNITS, Withheld.INTERNAL),
        ("unit:east", EAST, INTERNAL, None),
        ("unit:west", EAST, UNITS, Withheld.OTHER_UNIT),
        ("unit:east", GONE, UNITS, Withheld.INACTIVE),
    ],
)
def test_an_edition_is_for_whom_it_is_for(
    name: str, reader: Reader, circulation: Circulation, expected: Withheld | None
) -> None:
    assert withheld(name, reader, True, circulation, BriefingState.ISSUED) is expected


def test_nobody_gets_what_the_list_does_not_name_or_what_was_withdrawn() -> None:
    assert withheld("full", MAYOR, False, UNITS, BriefingState.ISSUED) is Withheld.NOT_LISTED
    assert withheld("full", MAYOR, True, UNITS, BriefingState.WITHDRAWN) is Withheld.WITHDRAWN


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        (Entry(Edition.FULL, Role.REPORTER, None), True),
        (Entry(Edition.FULL, Role.LEADER, None), False),
        (Entry(Edition.FULL, None, 2), True),
        (Entry(Edition.FULL, None, 3), False),
        (Entry(Edition.FULL, None, 2, "weekly"), True),
        (Entry(Edition.FULL, None, 2, "monthly"), False),
    ],
)
def test_a_line_names_a_role_or_a_person_for_every_kind_or_one(entry: Entry, named: bool) -> None:
    assert entry.names(EAST, "weekly") is named


@given(st.sampled_from(Edition), st.text(min_size=1))
def test_an_edition_is_found_by_what_it_is_called(edition: Edition, unit: str) -> None:
    assert edition_of(called(edition, unit)) == (edition, unit if edition is Edition.UNIT else None)
