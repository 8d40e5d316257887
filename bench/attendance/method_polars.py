"""The measures as an analyst who knows polars well would count them."""

from pathlib import Path

import polars as pl

from bench.attendance import meanings as m
from bench.attendance.answers import Done

_SESSION = ["school", "on", "session"]


def run(folder: Path) -> Done:
    """Count by groups, with numbers and categories in place of texts."""
    columns = [*_SESSION, "pupil_id", "code"]
    marks = pl.scan_parquet(folder / "*.parquet").select(columns)
    enrolments = marks.select("school", "pupil_id").unique().collect().with_row_index("enrolment")
    kinds = pl.Enum(list(m.COUNTS_AS))
    counts_as = pl.Series(list(m.COUNTS_AS.values()), dtype=pl.Int8)
    marks = (
        marks.join(enrolments.lazy(), on=["school", "pupil_id"])
        .with_columns(pl.col("code").cast(kinds), pl.col("session").cast(pl.Enum(["AM", "PM"])))
        .with_columns(
            counts_as=pl.lit(counts_as).gather(pl.col("code").to_physical()),
            week=pl.col("on").dt.truncate("1w"),
        )
        .drop("pupil_id")
        .collect()
    )

    codes = marks.group_by("enrolment", "code").len("sessions")
    possible = marks.filter(pl.col("counts_as") < 3)
    missed = pl.col("authorised") + pl.col("unauthorised")
    whole = missed + pl.col("present")
    pupils = (
        enrolments.select("enrolment")
        .join(_counted(possible, "enrolment"), on="enrolment", how="left")
        .fill_null(0)
        .with_columns(
            ((whole > 0) & (missed * 100 >= whole * percent)).alias(name)
            for name, percent in m.SHARES.items()
        )
    )
    weeks = _counted(possible, "enrolment", "week")
    weekdays = _counted(
        possible.with_columns(weekday=pl.col("on").dt.weekday()), "school", "weekday", "session"
    )

    held = marks.filter(pl.col("code") != "#").select(*_SESSION, "week").unique()
    held = held.with_columns(
        sessions=pl.len().over("school", "on"),
        place=pl.col("on").rank("dense").over("school").cast(pl.Int64),
        week_place=pl.col("week").rank("dense").over("school").cast(pl.Int64),
    ).drop("week")
    found = {name: _length(marks, held, *of) for name, of in m.LENGTHS.items()}
    found["sickness_15_total"] = _sick(marks, held)
    found["penalty_notice_threshold"] = _penalty(marks, held)
    found |= _shares(possible, pupils.filter(missed * 100 >= m.LEAST_POSSIBLE * 10))
    alerts = pl.concat(
        one.select("enrolment", pl.lit(name).alias("alert"), "first_on")
        for name, one in found.items()
    )
    by_pupil = {"pupils": pupils, "codes": codes, "weeks": weeks, "alerts": alerts}
    return Done(
        lambda: {
            "weekdays": weekdays.to_arrow(),
            **{name: t.join(enrolments, on="enrolment").to_arrow() for name, t in by_pupil.items()},
        }
    )


def _counted(possible: pl.DataFrame, *by: str) -> pl.DataFrame:
    return possible.group_by(*by).agg(
        (pl.col("counts_as") == n).sum().cast(pl.Int64).alias(name)
        for n, name in enumerate(m.COUNTED)
    )


def _first(some: pl.DataFrame) -> pl.DataFrame:
    return some.group_by("enrolment").agg(first_on=pl.col("on").min())


def _length(
    marks: pl.DataFrame, held: pl.DataFrame, n: int, codes: tuple[str, ...], beside: tuple[str, ...]
) -> pl.DataFrame:
    is_absent = pl.col("code").is_in(codes)
    some = marks.filter(pl.col("code").is_in([*codes, *beside]))
    often = some.filter(is_absent).group_by("enrolment").len().filter(pl.col("len") >= n)
    days = (
        some.join(often, on="enrolment", how="semi")
        .join(held, on=_SESSION)
        .group_by("enrolment", "on", "place", "sessions")
        .agg(pl.len(), absent=is_absent.sum())
        .filter(pl.col("len") == pl.col("sessions"))
        .sort("enrolment", "on")
        .with_columns(stretch=pl.col("place") - pl.int_range(pl.len()).over("enrolment"))
        .filter(pl.col("absent") == pl.col("sessions"))
    )
    return _first(days.filter(pl.int_range(pl.len()).over("enrolment", "stretch") == n - 1))


def _sick(marks: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    days = (
        marks.filter(pl.col("code") == "I")
        .join(held, on=_SESSION)
        .group_by("enrolment", "on", "sessions")
        .len()
        .filter(pl.col("len") == pl.col("sessions"))
        .sort("enrolment", "on")
        .with_columns(year=pl.col("on").dt.offset_by("-7mo").dt.year())
    )
    nth = pl.int_range(pl.len()).over("enrolment", "year") == m.SICK_DAYS - 1
    return _first(days.filter(nth))


def _penalty(marks: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    some = (
        marks.filter(pl.col("code").is_in(m.PENALTY), pl.col("on") >= m.PENALTY_SINCE)
        .join(held, on=_SESSION)
        .sort("enrolment", "on", "session")
    )
    before = pl.col("week_place").shift(m.PENALTY_SESSIONS - 1).over("enrolment")
    return _first(some.filter(pl.col("week_place") - before < m.PENALTY_WEEKS))


def _shares(possible: pl.DataFrame, often: pl.DataFrame) -> dict[str, pl.DataFrame]:
    some = (
        possible.join(often, on="enrolment", how="semi")
        .sort("enrolment", "on", "session")
        .with_columns(
            until=pl.int_range(1, pl.len() + 1).over("enrolment"),
            missed=(pl.col("counts_as") > 0).cast(pl.Int32).cum_sum().over("enrolment"),
        )
        .filter(pl.col("until") >= m.LEAST_POSSIBLE)
    )
    return {
        name: _first(some.filter(pl.col("missed") * 100 >= pl.col("until") * percent))
        for name, percent in m.SHARES.items()
    }
