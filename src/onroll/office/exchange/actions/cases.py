"""Cases of a former system: missing education as cases here, anything else kept as history."""

from datetime import timedelta
from typing import Any

from onroll.office.casework import kinds
from onroll.office.casework.actions import bulk as casework
from onroll.office.cme.actions import bulk as cme
from onroll.office.exchange.actions.book import MEND, Book, KeptCase, said
from onroll.office.exchange.actions.education import Schools, place_home_education
from onroll.office.exchange.actions.reading import Row
from onroll.office.exchange.queries import existing
from onroll.office.exchange.queries.likely import Here
from onroll.statute.codes import MISSING_REASONS

A_DAY = timedelta(days=1)
MISSING, HOME, FORMER = "cme", "home_education", "former"
TYPES = {
    MISSING: ("cme", "missing education", "children missing education", "child missing education"),
    HOME: ("ehe", "home education", "elective home education", "educated at home", "electively "
           "home educated", "home_education"),
}  # fmt: skip
Found = list[tuple[Row, Here]]


def place_cases(book: Book, schools: Schools) -> None:
    """Place every case, each by its kind."""
    by_kind: dict[str, Found] = {MISSING: [], HOME: [], FORMER: []}
    before, seen = existing.cases_of(book.origin), set()
    for row in book.readable("cases"):
        child = book.child(row)
        if child is None:
            continue
        number = row["case_id"]
        if number in seen:
            book.cannot(row, "Case ID", "It repeats a number further up.", "Keep one of the rows.")
        elif any(told.startswith(f"{book.origin}, case {number},") for told in before):
            seen.add(number)
            book.here(row)
        elif _has_possible_dates(book, row):
            seen.add(number)
            by_kind[_kind(row)].append((row, child))
    with_history = {row["case_id"] for row in book.folder.of("case_history")}
    for row in place_home_education(book, by_kind[HOME]):
        if row["case_id"] in with_history:
            book.former[row["case_id"]] = row
    _place(book, MISSING, by_kind[MISSING], schools)
    kept = [(row, book.children[row["person_id"]]) for row in book.former.values()]
    _place(book, FORMER, by_kind[FORMER] + kept, schools)


def _kind(row: Row) -> str:
    told = row["kind"].casefold()
    return next((kind for kind, names in TYPES.items() if told in names), FORMER)


def _has_possible_dates(book: Book, row: Row) -> bool:
    opened_on, closed_on = row["opened_on"], row["closed_on"]
    if closed_on is not None and closed_on < opened_on:
        book.cannot(row, "Date closed", "It is before the day on which it was opened.", MEND)
    elif max(opened_on, closed_on or opened_on) > book.on:
        book.cannot(row, "Date opened", "A date of the case is in the future.", MEND)
    elif row["notified_on"] and row["notified_on"] > opened_on:
        book.cannot(
            row, "Date notified", "It is after the day on which the case was opened.",
            "Correct one of the two dates.",
        )  # fmt: skip
    else:
        return True
    return False


class _Placing:
    """What cases of one kind need to know to be placed."""

    def __init__(self, book: Book, kind: str, found: Found, schools: Schools) -> None:
        self.book, self.kind, self.schools = book, kinds.get(kind), schools
        self.workers, self.teams = existing.workers(), existing.teams()
        self.reasons = existing.local_reasons()
        self.open = existing.open_cases({child.pk for _, child in found})
        self.outcomes = _by_words(self.kind.outcomes)
        self.states = _by_words(
            {s: t for s, t in self.kind.workflow.states.items() if s in self.kind.open_states}
        )


def _by_words(choices: Any) -> dict[str, str]:
    known = {title.casefold(): key for key, title in choices.items()}
    return known | {key.casefold(): key for key in choices}


def _place(book: Book, kind: str, found: Found, schools: Schools) -> None:
    placing = _Placing(book, kind, found, schools)
    planned = [(row, case) for row, child in found if (case := _case(placing, row, child))]
    keys = casework.load_cases([case for _, case in planned], by=book.by)
    book.keep("casework.Case", keys)
    for (row, case), pk in zip(planned, keys, strict=True):
        book.cases[row["case_id"]] = KeptCase(pk, case["child_id"], kind)
        if row["case_id"] not in book.former:
            book.placed(row)
    rows = [(row, case, pk) for (row, case), pk in zip(planned, keys, strict=True)]
    states = [state for one in rows for state in _states(placing, *one)]
    book.keep("casework.CaseState", casework.load_states(states, by=book.by))
    turns = [_allocation(placing, *one) for one in rows]
    book.keep("casework.Allocation", casework.load_allocations(turns, by=book.by))
    urgent = [
        {"case_id": pk, "starts_on": case["opened_on"], **book.fact(row)}
        for row, case, pk in rows
        if case["is_urgent"]
    ]
    book.keep("casework.CaseUrgency", casework.load_urgencies(urgent, by=book.by))
    bodies = [
        {"case_id": pk, "body": "authority", "starts_on": row["opened_on"], **book.fact(row)}
        for row, _, pk in rows
    ]
    book.keep("casework.Responsibility", casework.load_responsibilities(bodies, by=book.by))
    if kind == MISSING:
        records = [_record(placing, *one) for one in rows]
        book.keep("cme.MissingEducation", cme.load_missing(records, by=book.by))
        episodes = [_episode(placing, *one) for one in rows]
        book.keep("cme.Episode", cme.load_episodes(episodes, by=book.by))
        places = [place for one in rows if (place := _place_secured(placing, *one))]
        book.keep("cme.Placement", cme.load_places(places, by=book.by))
    notes = [_what_it_was(book, row, pk) for row, _, pk in rows if kind == FORMER]
    book.keep("casework.Note", casework.load_notes(notes, by=book.by))


def _case(placing: _Placing, row: Row, child: Here) -> dict[str, Any] | None:
    book, kind = placing.book, placing.kind
    closed_on = row["closed_on"]
    outcome, state = "", "closed" if kind.key == MISSING else "kept"
    if closed_on is not None:
        outcome = (
            "kept"
            if kind.key == FORMER
            else placing.outcomes.get(row.text("outcome").casefold(), "")
        )
        if not outcome:
            told = row["outcome"] or "nothing"
            book.cannot(
                row, "Outcome", f"It is {told}, which is not an outcome here: "
                f"{', '.join(kind.outcomes.values())}.", MEND,
            )  # fmt: skip
            return None
    elif (child.pk, kind.key) in placing.open:
        other = placing.open[child.pk, kind.key]
        book.cannot(
            row, "Date closed", f"The child has another open case of this kind, {other}.",
            "Close one of the two, or leave this one out.",
        )  # fmt: skip
        return None
    else:
        given = row.text("state").casefold()
        state = placing.states.get(given, "") if given else _first_state(kind.key)
        if not state:
            told = ", ".join(kind.workflow.states[s] for s in sorted(kind.open_states))
            book.cannot(
                row, "Stage", f"“{row['state']}” is not a stage of such a case: {told}.", MEND
            )
            return None
    if kind.key == MISSING and _reason(placing, row) is None:
        book.cannot(row, "Reason", f"“{row['reason']}” is not a reason that is known here.", MEND)
        return None
    if closed_on is None:
        placing.open[child.pk, kind.key] = f"Case ID {row['case_id']} of this file"
    return {
        "kind": kind.key,
        "child_id": child.pk,
        "state": state,
        "owner_id": _worker(placing, row),
        "team_id": _team(placing, row),
        "is_urgent": bool(row["is_urgent"]),
        "notified_on": row["notified_on"] or row["opened_on"],
        "opened_on": row["opened_on"],
        "closed_on": closed_on,
        "outcome": outcome,
        "origin": f"{book.origin}, case {row['case_id']}, migrated on {said(book.migrated_on)}",
    }


def _first_state(kind: str) -> str:
    return "tracing" if kind == MISSING else "open"


def _worker(placing: _Placing, row: Row) -> int | None:
    told = row.text("worker").casefold()
    found = placing.workers.get(told)
    if told and found is None and row["closed_on"] is None:
        placing.book.notice(
            row, "Key worker", f"Nobody who signs in here has the e-mail address {row['worker']}.",
            "The case has no key worker: allocate it. The name is kept with its history.",
        )  # fmt: skip
    return found


def _team(placing: _Placing, row: Row) -> int | None:
    told = row.text("team").casefold()
    found = placing.teams.get(told)
    if told and found is None:
        placing.book.notice(
            row, "Team", f"No team here is called {row['team']}.",
            "Add the team under Organisation and transfer the case, or say in codes.csv which "
            "team is meant.",
        )  # fmt: skip
    return found


def _reason(placing: _Placing, row: Row) -> tuple[str, int | None] | None:
    """Return the national reason and the authority's own, or None for one that nobody knows."""
    told = row.text("reason").casefold()
    if not told:
        return "not_recorded", None
    if told in placing.reasons:
        own, national = placing.reasons[told]
        return national, own
    known = _by_words(dict(MISSING_REASONS.choices()))
    return (known[told], None) if told in known else None


def _states(placing: _Placing, row: Row, case: dict[str, Any], pk: int) -> list[dict[str, Any]]:
    """Return the states of a case: worked on until the day before it closed, then closed."""
    opened_on, closed_on = case["opened_on"], case["closed_on"]
    said_of = {"case_id": pk, **placing.book.fact(row)}
    states = []
    if closed_on is None or closed_on > opened_on:
        worked = case["state"] if closed_on is None else _first_state(placing.kind.key)
        ends_on = closed_on - A_DAY if closed_on else None
        states.append(
            {
                **said_of,
                "state": worked,
                "is_open": True,
                "starts_on": opened_on,
                "ends_on": ends_on,
            }
        )
    if closed_on is not None:
        states.append(
            {**said_of, "state": case["state"], "is_open": False, "starts_on": closed_on,
             "reason": case["outcome"]}
        )  # fmt: skip
    return states


def _allocation(placing: _Placing, row: Row, case: dict[str, Any], pk: int) -> dict[str, Any]:
    told = [f"{name}: {row[key]}" for key, name in (("worker", "key worker"), ("team", "team"))
            if row[key]]  # fmt: skip
    return {
        "case_id": pk,
        "owner_id": case["owner_id"],
        "team_id": case["team_id"],
        "starts_on": case["opened_on"],
        "why": f"As {placing.book.origin} had it ({', '.join(told)})." if told else "",
        **placing.book.fact(row),
    }


def _record(placing: _Placing, row: Row, case: dict[str, Any], pk: int) -> dict[str, Any]:
    return {
        "case_id": pk,
        "identified_on": case["notified_on"],
        "identified_by": "migrated",
        "last_attended_on": row["last_attended_on"],
        "last_school_id": _school(placing, row, "last_school"),
    }


def _episode(placing: _Placing, row: Row, case: dict[str, Any], pk: int) -> dict[str, Any]:
    reason, own = _reason(placing, row) or ("not_recorded", None)
    closed_on = case["closed_on"]
    missing_from = min(row["missing_from"] or case["notified_on"], closed_on or placing.book.on)
    return {
        "case_id": pk,
        "starts_on": missing_from,
        "ends_on": max(closed_on - A_DAY, missing_from) if closed_on else None,
        "reason": reason,
        "local_reason_id": own,
        "closing_evidence": {"source": placing.book.source} if closed_on else {},
        **placing.book.fact(row),
    }


def _place_secured(
    placing: _Placing, row: Row, case: dict[str, Any], pk: int
) -> dict[str, Any] | None:
    """Return the place at the school that the child went to, where the case closed with it."""
    school = _school(placing, row, "next_school")
    if school is None or case["outcome"] != "on_roll":
        return None
    return {
        "case_id": pk,
        "starts_on": case["closed_on"],
        "school_id": school,
        **placing.book.fact(row),
    }


def _school(placing: _Placing, row: Row, key: str) -> int | None:
    told = row.text(key)
    if not told:
        return None
    school = placing.schools.named(told)
    if school is None:
        column = "Last school" if key == "last_school" else "New school"
        placing.book.notice(
            row, column, f"No school here is {told}.",
            "The case was placed without it. Add the school and correct the case, or say in "
            "codes.csv which school is meant.",
        )  # fmt: skip
    return school.pk if school else None


def _what_it_was(book: Book, row: Row, pk: int) -> dict[str, Any]:
    parts = [f"{row['kind']}, from {book.origin}."]
    for key, name in (("outcome", "Outcome"), ("reason", "Reason"), ("state", "Stage"),
                      ("worker", "Key worker"), ("team", "Team")):  # fmt: skip
        if row[key]:
            parts.append(f"{name}: {row[key]}.")
    on = row["closed_on"] or row["opened_on"]
    return {"case_id": pk, "on": on, "text": " ".join(parts), **book.known(row)}
