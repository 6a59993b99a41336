"""Where kinds lie: those that come with diaodu, and the office's own, which add to them or take their place."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from diaodu.briefing.kind import Kind, Theme
from diaodu.briefing.kind_document import read_kind
from diaodu.rules.toml_table import TomlFault, TomlFaults

SHIPPED = files("templates") / "briefings" / "kinds"
SUFFIX = ".toml"


class KindRefused(ValueError):
    """A kind's file cannot be used; the message names the file and every fault with its line."""

    def __init__(self, place: str, faults: TomlFaults) -> None:
        self.place, self.faults = place, faults.faults
        super().__init__("\n".join(f"{place} {fault}" for fault in faults.faults))


class UnknownKind(KeyError):
    """There is no kind of this code; says which there are."""

    def __init__(self, code: str, known: list[str]) -> None:
        super().__init__(code)
        self.code, self.known = code, known

    def __str__(self) -> str:
        return f"没有“{self.code}”这种简报；可以写：{'、'.join(self.known)}"


class Kinds(Mapping[str, Kind]):
    """Every kind by code, each read when it is asked for, so that a faulty file stops nobody but itself.

    A kind that takes a theme is asked for with one: `special:民生实事`.
    """

    def __init__(self, home: Path) -> None:
        self._own = home / "templates" / "briefings"

    def __getitem__(self, code: str) -> Kind:
        name, colon, theme = code.partition(":")
        if name not in list(self):
            raise UnknownKind(name, list(self))
        kind = self._read(name)
        if colon and (not kind.takes_theme or not theme):
            raise UnknownKind(code, list(self))
        return themed(kind, code)

    def __iter__(self) -> Iterator[str]:
        own = self._own.glob(f"*{SUFFIX}") if self._own.is_dir() else ()
        return iter(sorted({*shipped_codes(), *(path.stem for path in own)}))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def own(self, code: str) -> Path:
        """Where the office's own file of this kind lies, if it has one."""
        return self._own / f"{code}{SUFFIX}"

    def _read(self, code: str) -> Kind:
        path = self.own(code)
        if not path.is_file():
            return shipped(code)
        return read_file(path, code)


def kinds(home: Path) -> Kinds:
    """The kinds a workspace has."""
    return Kinds(home)


def themed(kind: Kind, code: str) -> Kind:
    """The kind on the theme that its code names after a colon, if it names one."""
    _name, colon, theme = code.partition(":")
    if not colon:
        return kind
    return replace(kind, code=code, theme=Theme(theme, (theme,), (theme,)), takes_theme=False)


def read_file(path: Path, code: str) -> Kind:
    """The kind in a file; raises KindRefused."""
    try:
        return read_kind(path.read_bytes().decode(), code)
    except UnicodeDecodeError:
        fault = TomlFault(1, None, "不是UTF-8文字", "请用记事本另存为UTF-8")
        raise KindRefused(str(path), TomlFaults([fault])) from None
    except TomlFaults as faults:
        raise KindRefused(str(path), faults) from None


def shipped_codes() -> list[str]:
    """The kinds that come with diaodu."""
    return sorted(item.name.removesuffix(SUFFIX) for item in SHIPPED.iterdir() if item.name.endswith(SUFFIX))


@cache
def shipped(code: str) -> Kind:
    """A kind as it comes with diaodu."""
    return read_kind((SHIPPED / f"{code}{SUFFIX}").read_text(encoding="utf-8"), code)
