"""Secrets are found by name, in the environment or a file nobody else may read, and nowhere else."""

from pathlib import Path

import pytest

from diaodu.secret import UnknownSecret, secrets_of


def written(home: Path, text: str, mode: int = 0o600) -> Path:
    (home / "secrets.toml").write_text(text, encoding="utf-8")
    (home / "secrets.toml").chmod(mode)
    return home


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = secrets_of(written(tmp_path, 'stats-key = "from the file"'))
    assert find("stats-key") == "from the file"
    monkeypatch.setenv("DIAODU_SECRET_STATS_KEY", "from the environment")
    assert find("stats-key") == "from the environment"


@pytest.mark.parametrize("text", ["", "other = 'x'", "stats = 5", "stats = ''"])
def test_a_secret_that_is_not_there_is_asked_for_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnknownSecret, match="DIAODU_SECRET_STATS"):
        secrets_of(written(tmp_path, text))("stats")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_may_read_is_not_used(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UnknownSecret, match="chmod 600"):
        secrets_of(written(tmp_path, 'stats = "x"', mode))("stats")


def test_a_file_that_cannot_be_read_does_not_show_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UnknownSecret) as wrong:
        secrets_of(written(tmp_path, 'stats = "hunter2'))("stats")
    assert "hunter2" not in str(wrong.value)
