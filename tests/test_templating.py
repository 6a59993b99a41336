"""Templates: the office's own come first, none of them reaches out, and none prints a hole."""

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError

from diaodu.templating import environment, render

MESSAGES = ("warnings/notice", "warnings/office", "notices/chase", "notices/reminder", "notices/escalation")


@pytest.mark.parametrize("folder", MESSAGES)
@pytest.mark.parametrize("part", ["subject.txt", "text.txt", "message.html"])
def test_every_message_has_its_three_forms(folder: str, part: str) -> None:
    assert environment().get_template(f"{folder}/{part}")


def test_the_offices_own_template_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "templates/notices/chase"
    own.mkdir(parents=True)
    (own / "subject.txt").write_text("请速报：{{ unit }}\n", encoding="utf-8")
    assert render(environment(tmp_path), "notices/chase/subject.txt", unit="西区") == "请速报：西区"
    assert environment(tmp_path).get_template("notices/chase/text.txt")


@pytest.mark.parametrize(
    "reaching_out",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% for n in range(1000000000) %}{% endfor %}",
    ],
)
def test_a_template_cannot_reach_out(tmp_path: Path, reaching_out: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/bad.txt").write_text(reaching_out, encoding="utf-8")
    with pytest.raises((SecurityError, OverflowError)):
        render(environment(tmp_path), "bad.txt")


def test_a_template_outside_the_folders_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    with pytest.raises(TemplateNotFound):
        render(environment(tmp_path), "../secret.txt")


def test_a_name_that_does_not_exist_is_an_error_not_a_blank(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/hole.txt").write_text("{{ unti }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        render(environment(tmp_path), "hole.txt", unit="西区")


def test_only_html_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    for name in ("a.txt", "a.html"):
        (tmp_path / f"templates/{name}").write_text("{{ name }}", encoding="utf-8")
    assert render(environment(tmp_path), "a.txt", name="<b>&") == "<b>&"
    assert render(environment(tmp_path), "a.html", name="<b>&") == "&lt;b&gt;&amp;"
