"""All measures of all targets at once: the vectorised twin of `rules.measures`, agreeing with it to the last bits."""

from fractions import Fraction

import polars as pl

from diaodu.rules import measures
from diaodu.rules.almanac import Almanac
from diaodu.rules.lateness_frame import elapsed_share, whole_numbers
from diaodu.rules.measure_family import measure_of
from diaodu.rules.measures import MEASURES, RANKS
from diaodu.rules.progress_frame import RATIONALS, WAYS, with_ways
from diaodu.rules.reference_frame import reference_gap
from diaodu.rules.standing import SCHEMA, Standing, of_row
from diaodu.rules.verdict import State
from diaodu.rules.workday import Workdays

_IS_RECENT = pl.col("required_as_of").is_null() | (pl.col("reported_as_of") >= pl.col("required_as_of")).fill_null(
    False
)

STATE = (
    pl.when(pl.col("target").is_null())
    .then(pl.lit(State.NO_TARGET.value))
    .when(pl.col("as_of") < pl.col("start"))
    .then(pl.lit(State.NOT_STARTED.value))
    .when(pl.col("actual").is_not_null() & _IS_RECENT)
    .then(pl.lit(State.REPORTED.value))
    .when((pl.col("known_on") <= pl.col("report_due")).fill_null(True))
    .then(pl.lit(State.AWAITED.value))
    .when(pl.col("supplied_by").is_null())
    .then(pl.lit(State.NOT_REPORTED.value))
    .otherwise(pl.lit(State.SOURCE_DOWN.value))
)
"""`verdict.state_of` of every row."""


def with_measures(standings: pl.DataFrame, workdays: Workdays) -> pl.DataFrame:
    """Adds `state` and every measure but the ranks: Int64 where `Measure.whole`, else Float64; null where it has none.

    `actual`, `target`, `planned` and `change` are millionths, as `Measure.scale` says.
    """
    almanac = Almanac.of(standings)
    ways = _in_one_piece(with_ways(standings.rechunk().with_columns(state=STATE), almanac))
    change = pl.col("actual") - pl.col("previous_actual")
    known = {name: rational.value for name, rational in RATIONALS.items()}
    known |= {"elapsed_share": elapsed_share(), "change": change, "reference_gap": pl.lit(reference_gap(ways))}
    known |= whole_numbers(almanac, workdays)
    added = [_where_known(name, known[name]) for name in MEASURES if name in known]
    return _in_one_piece(ways.lazy().with_columns(added).drop(WAYS))


def with_measure(standings: pl.DataFrame, name: str) -> pl.DataFrame:
    """Adds one measure of `RATIONALS` to standings with their `state`; a stored one is there already."""
    if name in SCHEMA:
        return standings
    return _in_one_piece(with_ways(standings).select(*standings.columns, _where_known(name, RATIONALS[name].value)))


def _in_one_piece(frame: pl.LazyFrame) -> pl.DataFrame:
    """Columns in pieces, as the streaming engine leaves them, would be put together again at every later step."""
    return frame.collect(engine="in-memory")


def _where_known(name: str, value: pl.Expr) -> pl.Expr:
    if MEASURES[name].always:
        return value.alias(name)
    return pl.when(pl.col("state") == State.REPORTED.value).then(value).alias(name)


def previous(standings: pl.DataFrame) -> pl.DataFrame:
    """The same targets as of the previous period: see `lazily_previous`."""
    return _in_one_piece(lazily_previous(standings))


def lazily_previous(standings: pl.DataFrame) -> pl.LazyFrame:
    """The same targets as of the previous period, as known now; without the rows that have no previous period.

    A unit that was silent then has no value of that period. What is not kept of that period is null: milestones met,
    the period before it, the year before it.
    """
    then = pl.col("previous_as_of")
    was = {
        "as_of": then,
        "required_as_of": then,
        "report_due": pl.col("known_on"),
        "reported_as_of": pl.when(pl.col("previous_actual").is_not_null()).then(then),
        "actual": pl.col("previous_actual"),
        "target": pl.col("previous_target"),
        "upper": pl.col("previous_upper"),
        "baseline": pl.col("previous_baseline"),
        "past_due": pl.col("was_past_due"),
        "past_planned": pl.col("was_past_planned"),
        "next_due": pl.col("was_next_due"),
        "next_planned": pl.col("was_next_planned"),
    }
    was |= {name: pl.lit(None, dtype=SCHEMA[name]) for name in _FORGOTTEN}
    return standings.lazy().select(*SCHEMA).filter(then.is_not_null()).with_columns(**was)


_FORGOTTEN = (
    "recorded_at",
    "changed_on",
    "next_name",
    "milestones_due",
    "milestones_met",
    "first_unmet_due",
    "first_unmet_name",
    "previous_actual",
    "previous_target",
    "previous_upper",
    "previous_baseline",
    "last_year_actual",
)


def exact_at(frame: pl.DataFrame, row: int, name: str, workdays: Workdays) -> Fraction | None:
    """The exact value behind a row's measure in a frame of measures: it decides when a float is too close to call."""
    if name in RANKS or measure_of(name).whole:
        whole = frame[name][row]
        return None if whole is None else Fraction(whole)
    one = of_row(frame.row(row, named=True))
    return measures.exact(one, name, workdays, _above(frame, one) if name == "reference_gap" else None)


def _above(frame: pl.DataFrame, one: Standing) -> Standing | None:
    found = frame.clear() if one.parent is None else frame.filter(indicator=one.indicator, unit=one.parent)
    return of_row(found.row(0, named=True)) if found.height else None
