"""Judgements and flags as columns of a frame of standings (人工研判，整表)."""

import polars as pl

from diaodu.rules.judgement import JudgementKind

NAMES = frozenset({"judgement", "flag"})
SCHEMA = {"target_id": pl.Int64, "kind": pl.String, "weight": pl.Int64}
"""One row an entry in force, the oldest first."""


def with_judgements(frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Adds `judgement` (null where nobody judged) and `flag` (how many are up) from the entries `found`."""
    said = found.group_by("target_id").agg(
        judgement=pl.col("weight").filter(pl.col("kind") == JudgementKind.JUDGEMENT.value).last(),
        flag=(pl.col("kind") == JudgementKind.FLAG.value).sum().cast(pl.Int64),
    )
    added = frame.drop(NAMES, strict=False).join(said, on="target_id", how="left", maintain_order="left")
    return added.with_columns(pl.col("flag").fill_null(0))
