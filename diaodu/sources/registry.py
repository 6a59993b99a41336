"""The sources there are. A new one is a file here, a line in this table, and a test of its contract."""

from collections.abc import Mapping
from typing import Any

from diaodu.language import _
from diaodu.secret import UnknownSecret
from diaodu.sources import folder, http, mailbox, sql
from diaodu.sources.cell import Wrong
from diaodu.sources.fault import Fault, Faults, SourceDown
from diaodu.sources.kind import Found, Kind
from diaodu.sources.option import checked
from diaodu.sources.place import Left, Place

SOURCES: dict[str, Kind] = {
    "folder": folder.KIND,
    "http": http.KIND,
    "sql": sql.KIND,
    "mailbox": mailbox.KIND,
}


def settled(kind: str, name: str, location: str, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Location and options as they are kept; raises Faults naming everything wrong with them at once."""
    source, faults, values = SOURCES[kind], [], dict[str, Any]()
    try:
        location = source.located(location)
    except Wrong as wrong:
        faults.append(Fault(name, "", None, _("位置"), location, str(wrong)))
    try:
        values = checked(source.options, options, name)
    except Faults as wrong:
        faults += wrong.faults
    if not faults:
        found = source.conflicts(values, location)
        faults = [Fault(name, "", None, key, str(options.get(key, "")), right) for key, right in found.items()]
    if faults:
        raise Faults(faults)
    return location, {key: values[key] for key in options}


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
