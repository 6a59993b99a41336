"""Texts made of templates: the office's own under `templates/` in the workspace come before those shipped."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

SHIPPED = Path(str(files("templates")))


def environment(home: Path | None = None) -> SandboxedEnvironment:
    """Sandboxed, because offices write templates too; a name that does not exist is an error, not a blank.

    Only files ending in `.html` are escaped: the others become plain text.
    """
    folders = [SHIPPED] if home is None else [home / "templates", SHIPPED]
    templates = SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["day"] = _day
    return templates


def render(templates: SandboxedEnvironment, name: str, /, **values: Any) -> str:
    """The text of template `name`, without blank edges."""
    return templates.get_template(name).render(**values).strip()


def _day(day: date | str) -> str:
    """2023年11月3日, of a day or its ISO form."""
    that = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{that.year}年{that.month}月{that.day}日"
