"""By which kind files an issue was printed: kept with it, so that it prints the same when the files have changed."""

import json
from collections.abc import Mapping

from diaodu.briefing.kind import Kind
from diaodu.briefing.kind_document import read_kind
from diaodu.briefing.kind_folder import KindRefused, Kinds, shipped, themed
from diaodu.rules.distribution import Edition

Layouts = Mapping[Edition, Kind]
"""The kind itself, and the leader's page and the unit's sheet that go with it."""


def chosen(kinds: Kinds, code: str) -> Layouts:
    """The kind of this code and its companions; a companion whose file is faulty is left out.

    Raises UnknownKind and KindRefused for the kind itself. Of several companions the one of its own series comes first.
    """
    kind = kinds[code]
    found: dict[Edition, Kind] = {Edition.FULL: kind}
    for other in _sound(kinds):
        if other.edition is not Edition.FULL and (other.edition not in found or other.series == kind.series):
            found[other.edition] = other
    return found


def kept(layouts: Layouts) -> str:
    """As it is stored."""
    told = {edition.value: [kind.code, kind.text] for edition, kind in layouts.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def restored(stored: str | None, code: str) -> Layouts:
    """As it was stored; what was issued before layouts were kept is printed as its kind is shipped."""
    if stored is None:
        return {Edition.FULL: shipped(code)}
    told: dict[str, list[str]] = json.loads(stored)
    return {Edition(edition): _restored(name, text) for edition, (name, text) in told.items()}


def _restored(code: str, text: str) -> Kind:
    return themed(read_kind(text, code.partition(":")[0]), code)


def _sound(kinds: Kinds) -> list[Kind]:
    found = []
    for code in kinds:
        try:
            found.append(kinds[code])
        except KindRefused:
            continue
    return found
