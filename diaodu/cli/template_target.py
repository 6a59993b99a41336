"""What a template is for: a notice, a briefing, or the file that says what a kind of briefing is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from diaodu.cli.office import WrongInput
from diaodu.language import _

WORD, KIND = ".docx", ".toml"


@dataclass(frozen=True, slots=True)
class Target:
    """One template: where the office's own lies, and what comes with diaodu in its place."""

    code: str
    title: str
    words: str  # notice, briefing: whose fields; kind: a kind's file
    path: Path
    original: Callable[[], bytes]

    def faults(self, data: bytes) -> list[str]:
        """What keeps these bytes from being used for it."""
        return [word for word, grave in tell(data, self.words) if grave]


def targets(home: Path) -> Iterator[Target]:
    """Every Word template there may be, then every kind's file."""
    from diaodu.briefing.kind_folder import KindRefused, kinds
    from diaodu.briefing.notice_template import own, shipped
    from diaodu.rules.notice import TITLES

    for kind, title in TITLES.items():
        yield Target(kind.value, title, "notice", own(home, kind), lambda kind=kind: shipped(kind))  # type: ignore[misc]
    shelf = kinds(home)
    for code in shelf:
        try:
            name = shelf[code].name
        except KindRefused:
            name = code
        yield of_briefing(home, code, name)
        yield of_kind(home, code, name)


def of_briefing(home: Path, code: str, name: str) -> Target:
    """The Word template of a kind of briefing."""
    from diaodu.briefing.briefing_template import own
    from diaodu.briefing.kind_folder import kinds
    from diaodu.briefing.template_draft import draft

    return Target(code, name, "briefing", own(home, code), lambda: draft(kinds(home)[code]))


def of_kind(home: Path, code: str, name: str) -> Target:
    """The file of a kind of briefing, whether there is one or not."""
    from diaodu.briefing.kind_folder import kinds, shipped, shipped_codes

    def original() -> bytes:
        return shipped(code).text.encode() if code in shipped_codes() else kinds(home).own(code).read_bytes()

    return Target(code, name, "kind", kinds(home).own(code), original)


def named(home: Path, name: str, suffix: str) -> Target:
    """The template that goes by this code or title, for a file of this suffix; a new kind may have a new code."""
    known = [target for target in targets(home) if (target.words == "kind") == (suffix == KIND)]
    for target in known:
        if name in (target.code, target.title):
            return target
    if suffix == KIND:
        return of_kind(home, name, name)
    titles = "、".join(dict.fromkeys(target.title for target in known))
    raise WrongInput(_("没有“{name}”这种文书或简报；可以写：{known}").format(name=name, known=titles))


def tell(data: bytes, words: str, code: str = "kind") -> list[tuple[str, bool]]:
    """Everything that is wrong, and advice: the words, and whether it is grave."""
    from diaodu.briefing.kind_document import read_kind
    from diaodu.briefing.template_confined import checked
    from diaodu.rules.toml_table import TomlFaults

    if words != "kind":
        return [(str(fault), fault.grave) for fault in checked(data, words)]
    try:
        read_kind(data.decode(), code)
    except UnicodeDecodeError:
        return [(_("不是 UTF-8 文字；请用记事本另存为 UTF-8"), True)]
    except TomlFaults as faults:
        return [(str(fault), True) for fault in faults.faults]
    return []


def fewest(data: bytes) -> list[tuple[str, bool]]:
    """What is wrong with a Word template that may be a notice's or a briefing's: by the fields it comes nearest to."""
    notice = tell(data, "notice")
    if not any(grave for _, grave in notice):
        return notice
    return min((notice, tell(data, "briefing")), key=lambda told: sum(grave for _, grave in told))
