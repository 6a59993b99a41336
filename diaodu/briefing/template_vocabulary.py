"""What the templates of one kind of document may say: field names, lists with their fields, and an example to try."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from diaodu.briefing import briefing_field, notice_field

NUMBER = "序号"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`lists`: by name the fields of an item; of a list of plain texts there are none.

    Of `required` names each must occur, of `some` at least one.
    """

    names: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    required: tuple[str, ...]
    some: tuple[str, ...]
    example: Callable[[], Mapping[str, Any]]

    @property
    def known(self) -> frozenset[str]:
        return self.names | self.lists.keys()

    @property
    def loops(self) -> str:
        """How a loop is written, shown by two of the lists."""
        return "，或 ".join(f"for {word} in {name}" for word, name in zip(("事项", "条款"), self.lists, strict=False))


NOTICE = Vocabulary(
    names=frozenset(field.name for field in notice_field.FIELDS),
    lists={
        notice_field.ITEMS: frozenset({NUMBER, *(field.name for field in notice_field.ITEM_FIELDS)}),
        notice_field.CLAUSES: frozenset(),
    },
    required=(*(field.name for field in notice_field.FIELDS if field.required), notice_field.ITEMS),
    some=(),
    example=lambda: notice_field.facts(notice_field.EXAMPLE),
)
BRIEFING = Vocabulary(
    names=frozenset(field.name for field in briefing_field.FIELDS),
    lists=briefing_field.LISTS,
    required=tuple(field.name for field in briefing_field.FIELDS if field.required),
    some=(briefing_field.BODY, *briefing_field.PASSAGE_NAMES),
    example=briefing_field.example,
)
VOCABULARIES = {"notice": NOTICE, "briefing": BRIEFING}
