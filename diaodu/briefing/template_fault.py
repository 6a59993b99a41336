"""What is wrong with a template, where, beside which words, and what would be right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """`near` quotes the neighbouring text. One that is not `grave` is advice: the template prints all the same."""

    place: str
    near: str
    wrong: str
    right: str
    grave: bool = True

    def __str__(self) -> str:
        where = f"{self.place}“{self.near}”" if self.near else self.place
        return f"{where}：{self.wrong}；{self.right}"


class TemplateRefused(Exception):
    """The template cannot be used; every fault at once."""

    def __init__(self, faults: list[TemplateFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))
