"""The measures as an analyst who knows pandas well would count them."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bench.attendance import meanings as m
from bench.attendance.answers import Answer, Done

_ENROLMENT = ["school", "pupil_id"]


def run(folder: Path) -> Done:
    """Count by groups, with numbers and categories in place of texts."""
    columns = [*_ENROLMENT, "on", "session", "code"]
    table = pq.read_table(folder, columns=columns, read_dictionary=columns)
    marks = table.unify_dictionaries().to_pandas(date_as_object=False)
    del table
    marks["enrolment"] = marks.groupby(_ENROLMENT, observed=True, sort=False).ngroup()
    enrolments = marks[["enrolment", *_ENROLMENT]].drop_duplicates("enrolment")
    enrolments = enrolments.set_index("enrolment")
    marks = marks.drop(columns="pupil_id")
    counts_as = marks["code"].cat.categories.map(m.COUNTS_AS).to_numpy().astype("int8")
    marks["counts_as"] = counts_as[marks["code"].cat.codes]
    marks["week"] = marks["on"] - pd.to_timedelta(marks["on"].dt.weekday, unit="D")

    codes = marks.groupby(["enrolment", "code"], observed=True, sort=False).size()
    possible = marks[marks["counts_as"] < 3]
    pupils = _counted(possible, ["enrolment"]).reindex(enrolments.index, fill_value=0)
    missed = pupils["authorised"] + pupils["unauthorised"]
    for name, percent in m.SHARES.items():
        whole = missed + pupils["present"]
        pupils[name] = (whole > 0) & (missed * 100 >= whole * percent)
    weeks = _counted(possible, ["enrolment", "week"])
    weekdays = _counted(
        possible.assign(weekday=possible["on"].dt.weekday + 1), ["school", "weekday", "session"]
    )

    held = marks.loc[marks["code"] != "#", ["school", "on", "session", "week"]].drop_duplicates()
    days = held.groupby(["school", "on"], observed=True)["session"].size().rename("sessions")
    days = days.reset_index()
    days["place"] = days.groupby("school", observed=True)["on"].rank("dense").astype(int)
    held["week_place"] = held.groupby("school", observed=True)["week"].rank("dense").astype(int)
    found = {name: _length(marks, held, days, *of) for name, of in m.LENGTHS.items()}
    found["sickness_15_total"] = _sick(marks, held, days)
    found["penalty_notice_threshold"] = _penalty(marks, held)
    found |= _shares(possible, pupils)
    alerts = pd.concat(found, names=["alert"]).rename("first_on").reset_index()
    return Done(lambda: _answer(enrolments, pupils, codes, weeks, weekdays, alerts))


def _counted(possible: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    sizes = possible.groupby([*by, "counts_as"], observed=True, sort=False).size()
    wide = sizes.unstack("counts_as", fill_value=0)
    return wide.reindex(columns=range(3), fill_value=0).set_axis(list(m.COUNTED), axis=1)


def _of_sessions_held(some: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    return some.merge(held[["school", "on", "session"]], on=["school", "on", "session"])


def _length(
    marks: pd.DataFrame,
    held: pd.DataFrame,
    days: pd.DataFrame,
    n: int,
    codes: tuple[str, ...],
    beside: tuple[str, ...],
) -> pd.Series:
    some = marks[marks["code"].isin((*codes, *beside))]
    some = some.assign(is_absent=some["code"].isin(codes))
    often = some.groupby("enrolment")["is_absent"].sum()
    some = some[some["enrolment"].isin(often.index[often >= n])]
    some = _of_sessions_held(some, held)
    by_day = some.groupby(["enrolment", "school", "on"], observed=True)["is_absent"]
    by_day = by_day.agg(["size", "sum"]).reset_index().merge(days, on=["school", "on"])
    by_day = by_day[by_day["size"] == by_day["sessions"]].sort_values(["enrolment", "on"])
    by_day["stretch"] = by_day["place"] - by_day.groupby("enrolment").cumcount()
    absent = by_day[by_day["sum"] == by_day["sessions"]]
    nth = absent[absent.groupby(["enrolment", "stretch"]).cumcount() == n - 1]
    return nth.groupby("enrolment")["on"].min()


def _sick(marks: pd.DataFrame, held: pd.DataFrame, days: pd.DataFrame) -> pd.Series:
    ill = _of_sessions_held(marks[marks["code"] == "I"], held)
    by_day = ill.groupby(["enrolment", "school", "on"], observed=True).size().rename("size")
    by_day = by_day.reset_index().merge(days, on=["school", "on"]).sort_values(["enrolment", "on"])
    by_day = by_day[by_day["size"] == by_day["sessions"]]
    year = by_day["on"].dt.year - (by_day["on"].dt.month < 8)
    nth = by_day[by_day.groupby(["enrolment", year]).cumcount() == m.SICK_DAYS - 1]
    return nth.groupby("enrolment")["on"].min()


def _penalty(marks: pd.DataFrame, held: pd.DataFrame) -> pd.Series:
    some = marks[marks["code"].isin(m.PENALTY) & (marks["on"] >= pd.Timestamp(m.PENALTY_SINCE))]
    some = some.merge(
        held[["school", "on", "session", "week_place"]], on=["school", "on", "session"]
    )
    some = some.sort_values(["enrolment", "on", "session"])
    before = some.groupby("enrolment")["week_place"].shift(m.PENALTY_SESSIONS - 1)
    met = some[some["week_place"] - before < m.PENALTY_WEEKS]
    return met.groupby("enrolment")["on"].min()


def _shares(possible: pd.DataFrame, pupils: pd.DataFrame) -> dict[str, pd.Series]:
    least = min(m.SHARES.values()) * m.LEAST_POSSIBLE / 100
    often = pupils.index[pupils["authorised"] + pupils["unauthorised"] >= least]
    some = possible[possible["enrolment"].isin(often)]
    some = some.sort_values(["enrolment", "on", "session"])
    until = some.groupby("enrolment").cumcount() + 1
    missed = (some["counts_as"] > 0).astype("int32").groupby(some["enrolment"]).cumsum()
    return {
        name: some[(until >= m.LEAST_POSSIBLE) & (missed * 100 >= until * percent)]
        .groupby("enrolment")["on"]
        .min()
        for name, percent in m.SHARES.items()
    }


def _answer(
    enrolments: pd.DataFrame,
    pupils: pd.DataFrame,
    codes: pd.Series,
    weeks: pd.DataFrame,
    weekdays: pd.DataFrame,
    alerts: pd.DataFrame,
) -> Answer:
    who = enrolments.astype(str).reset_index()
    found = {
        "pupils": pupils.reset_index().merge(who, on="enrolment"),
        "codes": codes.rename("sessions").reset_index().merge(who, on="enrolment"),
        "weeks": weeks.reset_index().merge(who, on="enrolment"),
        "weekdays": weekdays.reset_index(),
        "alerts": alerts.merge(who, on="enrolment"),
    }
    texts = {"school": str, "code": str, "session": str}
    return {
        name: pa.Table.from_pandas(
            frame.astype({c: t for c, t in texts.items() if c in frame}), preserve_index=False
        )
        for name, frame in found.items()
    }
