"""The manual keeps up with the code: reference pages are rendered from it, and every closed set has its words."""

import importlib
import inspect
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import pytest

import diaodu.rules
from notifications.registry import CHANNELS
from tests import house, manual

DOCS = Path(__file__).parent.parent / "docs"
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def closed_sets() -> dict[str, set[str]]:
    """Every enumeration of the rules with its stored values, and the channels there are."""
    found = {"registry.CHANNELS": set(CHANNELS)}
    for info in pkgutil.iter_modules(diaodu.rules.__path__):
        module = importlib.import_module(f"diaodu.rules.{info.name}")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, StrEnum) and kind.__module__ == module.__name__ and kind.__name__ == name:
                found[f"{info.name}.{name}"] = {member.value for member in kind}
    return found


def glossary(text: str) -> dict[str, dict[str, str]]:
    """By set, the Chinese of each code; a section begins with ### and the set's name in backticks."""
    sections = re.findall(r"^### `([\w.]+)`(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    return {
        name: dict(re.findall(r"^\| `(\w+)` \| ([^|]*[一-鿿][^|]*) \|", body, re.MULTILINE)) for name, body in sections
    }


def test_every_value_of_every_closed_set_is_in_the_glossary() -> None:
    words = glossary((DOCS / "glossary.md").read_text(encoding="utf-8"))
    assert {name: set(section) for name, section in words.items()} == closed_sets()


def test_a_value_without_chinese_is_missing_from_the_glossary() -> None:
    text = "### `verdict.State` 数据状态\n\n| `reported` | reported | |\n| `awaited` | 待报送 | |\n"
    assert glossary(text) == {"verdict.State": {"awaited": "待报送 ".strip()}}


@pytest.mark.parametrize("page", manual.PAGES)
def test_a_reference_page_is_what_the_code_says(page: str) -> None:
    """Otherwise: python -m tests.manual."""
    assert (DOCS / page).read_text(encoding="utf-8") == manual.PAGES[page]()


@pytest.mark.parametrize("page", [*DOCS.parent.glob("*.md"), *DOCS.rglob("*.md")], ids=str)
def test_a_link_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md", *map(str, DOCS.glob("adr/*.md"))])
def test_what_a_page_says_of_the_code_is_there(page: str) -> None:
    """Files named in backticks exist; names ending in () are defined somewhere."""
    text = (DOCS.parent / page).read_text(encoding="utf-8")
    rooms = ("", "diaodu/")
    files = [path for path in re.findall(r"`([\w/]+/[\w.]+\.(?:py|md|toml))`", text) if "<" not in path]
    assert [path for path in files if not any((DOCS.parent / room / path).exists() for room in rooms)] == []
    code = "\n".join(module.text for module in house.modules(*house.ROOMS))
    assert [name for name in re.findall(r"`(\w+)\(\)`", text) if f"def {name}(" not in code] == []


def test_a_decision_record_fits_on_a_page() -> None:
    records = list((DOCS / "adr").glob("*.md"))
    assert records
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert len(text.split()) < 450, record.name
        for part in ("Context", "Decision", "Consequences", "Alternatives"):
            assert f"**{part}.**" in text, f"{record.name}: {part}"
