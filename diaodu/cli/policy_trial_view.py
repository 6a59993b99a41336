"""What `diaodu policy check --as-of` shows: who would stand where under the rules on trial, and who would move."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.policy_trial import Trial

NOWHERE = "—"


def lines(trial: "Trial") -> Iterator[str]:
    """Targets first, then units as wholes, each with those that move."""
    counts = "，".join(f"{name} {n}" for name, n in trial.counts.items())
    yield _("试算 截至 {day}：{counts}，无等级 {n}").format(day=trial.as_of, counts=counts, n=trial.unmatched)
    said = _("与施行中的规则相比，{units} 个单位的 {n} 项研判会变。")
    yield said.format(units=trial.units_moved, n=trial.moved.height)
    for row in trial.moved.iter_rows(named=True):
        yield f"  {row['unit_name']}·{row['indicator_name']}：{_arrow(row['was'], row['level_name'])}"
    if trial.unit_counts:
        counts = "，".join(f"{name} {n}" for name, n in trial.unit_counts.items())
        yield _("单位试算：{counts}，无等级 {n}").format(counts=counts, n=trial.units_unmatched)
    if trial.unit_counts or trial.moved_units:
        yield _("与施行中的规则相比，{n} 个单位的单位等级会变。").format(n=len(trial.moved_units))
    for unit, was, now, why in trial.moved_units:
        yield f"  {unit}：{_arrow(was, now)}" + (f"　{why}" if why else "")


def _arrow(was: str | None, now: str | None) -> str:
    return f"{was or NOWHERE} → {now or NOWHERE}"


def as_data(trial: "Trial") -> dict[str, Any]:
    """The same for programs."""
    return {
        "as_of": trial.as_of,
        "counts": dict(trial.counts),
        "without_level": trial.unmatched,
        "units": {"counts": dict(trial.unit_counts), "without_level": trial.units_unmatched},
        "moved": moved(trial),
    }


def moved(trial: "Trial") -> list[dict[str, Any]]:
    """One row a target or unit that moves; a unit as a whole has no indicator."""
    names = ("unit_name", "indicator_name", "was", "level_name", "explanation")
    targets = [(row["unit_name"], row["indicator_name"], row["was"], row["level_name"], None) for row in _rows(trial)]
    units = [(unit, None, was, now, why or None) for unit, was, now, why in trial.moved_units]
    return [dict(zip(names, each, strict=True)) for each in [*targets, *units]]


def _rows(trial: "Trial") -> list[dict[str, Any]]:
    return list(trial.moved.iter_rows(named=True))
