"""The sources there are. A new one is a file here, a line in this table, and a test of its contract."""

from collections.abc import Mapping
from typing import Any

from diaodu.language import _
from diaodu.secret import UnknownSecret
from diaodu.sources import folder, http, mailbox, sql
from diaodu.sources.cell import Wrong
from diaodu.sources.fault import Fault, SourceDown
from diaodu.sources.kind import Found, Kind
from diaodu.sources.option import looked_over
from diaodu.sources.place import Left, Place

SOURCES: dict[str, Kind] = {
    "folder": folder.KIND,
    "http": http.KIND,
    "sql": sql.KIND,
    "mailbox": mailbox.KIND,
}


def settled(kind: str, name: str, location: str, options: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[Fault]]:
    """Location and options as they are kept, and everything wrong with them at once."""
    source = SOURCES[kind]
    values, faults = looked_over(source.options, options, name)
    try:
        location = source.located(location)
        conflicts = source.conflicts(values, location)
    except Wrong as wrong:
        conflicts = {}
        faults.append(Fault(name, "", None, _("位置"), location, str(wrong)))
    faults += [Fault(name, "", None, key, str(options.get(key, "")), right) for key, right in conflicts.items()]
    return location, {key: values[key] for key in options if key in values}, faults


def read(kind: str, place: Place) -> Found:
    """Everything found at a place; raises SourceDown and Faults, whose words never hold a secret."""
    told: list[str] = []

    def secret(name: str) -> str:
        told.append(place.secret(name))
        return told[-1]

    watched = Place(place.location, place.options, place.as_of, place.today, secret, place.senders, place.taken)
    try:
        return SOURCES[kind].read(watched)
    except UnknownSecret as wrong:
        raise SourceDown(str(wrong)) from None
    except SourceDown as wrong:
        raise SourceDown(_without(str(wrong), told)) from None


def _without(words: str, secrets: list[str]) -> str:
    for secret in secrets:
        words = words.replace(secret, "***")
    return words


__all__ = ["SOURCES", "Found", "Kind", "Left", "Place", "SourceDown", "read", "settled"]
