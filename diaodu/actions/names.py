"""Who is meant by a code or a name written in a file, and who may have been meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from diaodu.language import _
from diaodu.sources.cell import plain
from diaodu.sources.fault import Fault
from diaodu.sources.table import Row


class Names:
    """Codes and names of one noun. A code means itself; a name means the one code that bears it."""

    def __init__(self, noun: str, named: Iterable[tuple[str, str]] = (), is_complete: bool = True) -> None:
        self.noun = noun
        self.is_complete = is_complete
        """False when the sheet that lists them could not be read: then nothing is known to be wrong."""
        self.codes: set[str] = set()
        self.bearers: dict[str, set[str]] = {}
        self.written: dict[str, str] = {}
        for code, name in named:
            self.add(code, name)
        self.hint = cache(self._hint)

    def add(self, code: str, name: str) -> None:
        self.codes.add(code)
        for word in (code, name):
            self.bearers.setdefault(plain(word), set()).add(code)
            self.written.setdefault(plain(word), word)

    def find(self, word: str) -> str | None:
        """The code meant, if there is exactly one."""
        if word in self.codes:
            return word
        found = self.bearers.get(plain(word), set())
        return next(iter(found)) if len(found) == 1 else None

    def resolve(self, row: Row, key: str, faults: list[Fault]) -> str | None:
        """The code a row's cell means; None with a fault when it means none, without one when it is empty."""
        word = row.get(key)
        if word is None:
            return None
        code = self.find(word)
        if code is None and self.is_complete:
            faults.append(row.fault(key, self.hint(word)))
        return code

    def _hint(self, word: str) -> str:
        """What is wrong with a word that means nobody, with the nearest ones that exist."""
        bearers = sorted(self.bearers.get(plain(word), ()))
        if bearers:
            return _("不止一个{noun}叫这个名称；请写编码：{codes}").format(noun=self.noun, codes="、".join(bearers))
        near = get_close_matches(plain(word), self.bearers, n=3, cutoff=0.4)
        if near:
            words = "、".join(self.written[name] for name in near)
            return _("没有这个{noun}；相近的有：{words}").format(noun=self.noun, words=words)
        some = "、".join(list(self.written.values())[:6])
        return _("没有这个{noun}；现有：{words}").format(noun=self.noun, words=some or _("无"))
