"""A list is sent in: refused, held or used; what is wrong is said, with what to do."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.conf import settings as live
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Authority
from onroll.office.intake import actions as intake
from onroll.office.intake.models import Load
from onroll.office.intake.reading import lists as reading
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.linkage.actions import sources_loads as actions
from onroll.office.linkage.models import PopulationLoad, Source
from onroll.office.linkage.queries import sources as queries
from tests.actors import TODAY
from tests.linkage.lists import HEADER, SAID, a_source, csv_of, rows, sent, theirs

pytestmark = pytest.mark.django_db
EARLIER = TODAY - timedelta(days=30)


def faults(load: PopulationLoad) -> str:
    assert load.load.state == "refused", (load.load.state, load.held_for)
    assert load.load.original is None
    return " ".join(str(fault["says"]) for fault in load.load.faults)


def held(load: PopulationLoad) -> str:
    assert load.load.state == "held", (load.load.state, load.load.faults)
    return " ".join(" ".join(why) for why in load.held_for)


def changed(listed: Sequence[Sequence[str]], column: str, value: str, n: int) -> list[list[str]]:
    at = HEADER.index(column)
    return [
        [*row[:at], value, *row[at + 1 :]] if i < n else list(row) for i, row in enumerate(listed)
    ]


def test_a_list_with_our_own_header_is_used_at_once(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of(rows(30)), carol)

    assert load.load.state == "applied"
    assert (load.rows, load.rows_before, load.dropped, load.added) == (30, 0, 0, 0)
    kept = Load.objects.get(pk=load.pk)
    assert b"Amina" not in bytes(kept.original or b"")
    assert b"R1" not in bytes(load.hashes or b"")
    assert kept.keep_until == TODAY + timedelta(days=28)


def test_an_education_list_and_its_twin_of_the_same_bytes_are_told_apart_by_source(
    births: Source, carol: Actor
) -> None:
    sent(births, csv_of(rows(30)), carol)

    with pytest.raises(Faulty, match="sent in before"):
        sent(births, csv_of(rows(30)), carol)
    other = a_source(carol, "Housing", "housing")

    assert sent(other, csv_of(rows(30)), carol).load.state == "applied"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (csv_of([]), "a header and no rows"),
        (b"", "The file is empty"),
        (csv_of([*rows(30), rows(1)[0]]), "One number stands in rows 2 and 32"),
        (csv_of(changed(rows(30), "born_on", "1900-01-01", 30)), "Every date of birth is 1900"),
        (csv_of(rows(30), [*HEADER[:-1], "upn"]), "names the column “upn” more than once"),
        (b"a," * 1_000_000 + b"b\n1\n", "columns; the most is 200"),
        (csv_of(rows(30)) + "Zoë\n".encode() + "Zoë\nZoë\n".encode("cp1252"),
         "mixes two encodings: line 32 is UTF-8 and lines 33, 34 are not"),
        (csv_of(rows(30)).decode().encode("utf-16"), "UTF-16"),
        (csv_of(rows(30)) + "R,Zoë\n".encode("utf-16-le"),
         "zero bytes, as UTF-16 does, from line 32"),
        (csv_of(rows(30)) + b"1,2,3,4,5,6,7,8,9,10\n", "more cells than the header"),
        (csv_of([["", "", "F"]] * 3, ["given_name", "family_name", "sex"]), "nobody can be known"),
        (csv_of(changed(changed(rows(40), "born_on", "25/12/2014", 20), "born_on", "12/25/2014",
                        3)),
         "Some dates have the day first (rows 5, 6, 7, 8, 9 and 12 more) and some the month (rows "
         "2, 3 and 4)"),
        (csv_of(rows(3), ["pupilnolongeronrolltableid", *HEADER[1:]]), "no longer on roll"),
    ],
    ids=["zero rows", "empty", "ids twice", "one birth date", "column twice", "a million columns",
         "mixed encodings", "utf-16", "utf-16 within", "strays", "nobody", "two date orders",
         "leavers"],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_what_to_do_and_destroyed(
    births: Source, carol: Actor, content: bytes, says: str
) -> None:
    load = sent(births, content, carol)

    assert says in faults(load)
    assert queries.current_lists(TODAY) == []


def test_a_list_without_dates_of_birth_is_held(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of(changed(rows(30), "born_on", "", 30)), carol)

    assert "no date of birth in any row" in held(load)


def test_a_list_most_of_whose_dates_cannot_be_read_is_held(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of(changed(rows(30), "born_on", "soon", 10)), carol)

    assert "10 of 30 dates of birth cannot be read: rows 2, 3, 4, 5, 6 and 5 more" in held(load)


def test_a_few_dates_that_cannot_be_read_are_only_said(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of(changed(rows(30), "born_on", "31/02/2014", 1)), carol)

    assert load.load.state == "applied"
    assert "row 2: read as unknown" in load.load.differences["warnings"][0]["says"]


def test_numbers_of_another_authority_hold_a_first_list(births: Source, carol: Actor) -> None:
    Authority.objects.update_or_create(
        pk=1, defaults={"name": "Ashford", "la_code": "999", "gss_code": "E10000000"}
    )

    load = sent(births, csv_of(rows(30, la="383")), carol)

    assert "most by Leeds (383). It looks like another authority’s list" in held(load)


def test_postcodes_that_earlier_lists_hardly_had_hold_a_list(births: Source, carol: Actor) -> None:
    sent(births, csv_of(rows(60)), carol)
    housing = a_source(carol, "Housing", "housing")

    load = sent(housing, csv_of(rows(30, area="XX")), carol)

    assert "most often XX" in held(load)


def test_a_column_of_authorities_is_believed_before_the_numbers(
    births: Source, carol: Actor
) -> None:
    sent(births, csv_of(rows(60)), carol)
    housing = a_source(carol, "Housing", "housing")
    listed = [[*row, "383"] for row in rows(30)]
    load = sent(housing, csv_of(listed, [*HEADER, "LA code"]), carol)

    named = actions.name_columns(
        load=load, columns={name: name for name in HEADER}, date_order="ymd", by=carol, on=TODAY
    )

    assert "Leeds (383)" in held(named)


def test_a_day_to_come_is_refused_and_an_older_day_is_asked_about(
    births: Source, carol: Actor
) -> None:
    with pytest.raises(Faulty, match="today or earlier"):
        sent(births, csv_of(rows(30)), carol, as_at=TODAY + timedelta(days=1))
    sent(births, csv_of(rows(30)), carol)

    load = sent(births, csv_of(rows(30)[::-1]), carol, as_at=EARLIER)

    assert "of 3 February 2026 and the one in use of 5 March 2026" in held(load)


def test_a_list_that_moves_less_than_its_source_allows_is_used(
    births: Source, carol: Actor
) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)

    load = sent(births, csv_of([*changed(rows(97), "street", "Low Street", 2),
                                *rows(5, start=100)]), carol)  # fmt: skip

    assert load.load.state == "applied"
    assert (load.dropped, load.changed, load.added) == (3, 2, 5)


@pytest.mark.parametrize(
    ("content", "counted"),
    [
        (csv_of(rows(94)), "6 dropped, 0 changed, 0 added"),
        (csv_of(changed(rows(100), "postcode", "ZZ9 9ZZ", 6)), "0 dropped, 6 changed, 0 added"),
        (csv_of(rows(106)), "0 dropped, 0 changed, 6 added"),
        (csv_of(changed(rows(97), "street", "Low", 3)), "3 dropped, 3 changed, 0 added"),
    ],
)
def test_a_list_that_moves_more_is_held_and_not_used(
    births: Source, carol: Actor, content: bytes, counted: str
) -> None:
    first = sent(births, csv_of(rows(100)), carol, as_at=EARLIER)

    load = sent(births, content, carol)

    assert f"6.0% of the last list would change and this source allows 5%: {counted}" in held(load)
    assert [x.load for x in queries.current_lists(TODAY)] == [first.pk]


def test_the_same_list_in_another_order_and_in_capitals_moves_nothing(
    births: Source, carol: Actor
) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    shouted = [tuple(cell.upper() for cell in row) for row in reversed(rows(100))]

    load = sent(births, csv_of(shouted), carol)

    assert (load.load.state, load.dropped, load.changed, load.added) == ("applied", 0, 0, 0)


def test_no_overlap_at_all_is_said_as_that(births: Source, carol: Actor) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)

    load = sent(births, csv_of(rows(100, start=500)), carol)

    assert "None of the 100 records of the last list is in this one" in held(load)
    assert load.needs_a_second_person


def test_a_held_list_is_accepted_with_a_reason(births: Source, carol: Actor) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    load = sent(births, csv_of(rows(92)), carol)

    with pytest.raises(Faulty, match="Say why"):
        actions.accept(load=load, reason=" ", by=carol, on=TODAY)
    actions.accept(load=load, reason="A ward moved away", by=carol, on=TODAY)

    assert [x.load for x in queries.current_lists(TODAY)] == [load.pk]
    event = Event.objects.get(verb="linkage.list_accepted")
    assert event.data["second_person"] is False
    assert "ward" not in str(event.data)


def test_more_than_twice_the_share_needs_a_second_person(
    births: Source, carol: Actor, mina: Actor
) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    load = sent(births, csv_of(rows(89)), carol)

    with pytest.raises(Refused, match="A colleague who loads lists must accept it"):
        actions.accept(load=load, reason="Right", by=carol, on=TODAY)
    actions.accept(load=load, reason="The registrar says so", by=mina, on=TODAY)

    assert load.load.state == "applied"
    assert Event.objects.get(verb="linkage.list_accepted").data["second_person"] is True


def test_a_held_list_is_not_accepted_against_another_than_it_was_compared_with(
    births: Source, carol: Actor
) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    waiting = sent(births, csv_of(rows(92)), carol)
    sent(births, csv_of(rows(101)), carol)

    with pytest.raises(Refused, match="Open its columns and send them again"):
        actions.accept(load=waiting, reason="Right", by=carol, on=TODAY)
    again = actions.name_columns(
        load=waiting, columns=waiting.columns, date_order="ymd", by=carol, on=TODAY
    )

    assert (again.rows_before, again.dropped) == (101, 9)


def test_a_list_turned_away_is_destroyed_and_the_one_in_use_stays(
    births: Source, carol: Actor
) -> None:
    first = sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    load = sent(births, csv_of(rows(50)), carol)

    actions.reject(load=load, reason="Half is missing", by=carol, on=TODAY)

    assert "Turned away by Carol: Half is missing" in faults(load)
    assert load.hashes is None
    assert [x.load for x in queries.current_lists(TODAY)] == [first.pk]


def test_undo_goes_back_to_the_list_before_while_it_is_kept(births: Source, carol: Actor) -> None:
    first = sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    second = sent(births, csv_of(rows(103)), carol)
    with pytest.raises(Refused, match="A later list of this source has been accepted"):
        actions.undo(load=first, by=carol, on=TODAY)

    stands = actions.undo(load=second, by=carol, on=TODAY)

    assert stands == first
    assert Load.objects.get(pk=second.pk).original is None
    current = queries.current_lists(TODAY)[0]
    assert (current.load, len(current.rows())) == (first.pk, 100)
    assert sent(births, csv_of(rows(102)), carol).rows_before == 100


def test_taking_everything_back_does_not_let_off_the_brake(
    births: Source, carol: Actor, mina: Actor
) -> None:
    first = sent(births, csv_of(rows(100)), carol)
    actions.undo(load=first, by=carol, on=TODAY)

    load = sent(births, csv_of(rows(20)), carol)

    assert "there is none to compare this one with" in held(load)
    with pytest.raises(Refused, match="A colleague"):
        actions.accept(load=load, reason="Mine", by=carol, on=TODAY)
    assert actions.accept(load=load, reason="Looked", by=mina, on=TODAY).load.state == "applied"


def test_undo_says_that_only_counts_and_hashes_remain_of_a_destroyed_list(
    births: Source, carol: Actor
) -> None:
    first = sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    second = sent(births, csv_of(rows(101)), carol)
    intake.forget(load=first.load, by=carol, on=TODAY)

    actions.undo(load=second, by=carol, on=TODAY)

    assert queries.current_lists(TODAY) == []
    event = Event.objects.get(verb="linkage.list_taken_back")
    assert (event.data["back_to"], event.data["is_kept"]) == (first.pk, False)
    assert sent(births, csv_of(rows(99)), carol).dropped == 1


def test_a_list_is_destroyed_after_its_window_with_its_rows_counted(
    births: Source, carol: Actor
) -> None:
    load = sent(births, csv_of(rows(30)), carol)
    last = TODAY + timedelta(days=28)

    assert intake.forget_originals(by=PROGRAM, on=last) == 0
    assert intake.forget_originals(by=PROGRAM, on=last + timedelta(days=1)) == 1

    event = Event.objects.get(verb="intake.list_forgotten")
    assert (event.data["rows"], event.subject) == (30, f"intake.Load:{load.pk}")
    later = last + timedelta(days=2)
    assert sent(births, csv_of(rows(29)), carol, as_at=later, on=later).dropped == 1


def test_hashes_stay_of_the_last_two_lists_alone(births: Source, carol: Actor) -> None:
    loads = [sent(births, csv_of(rows(n)), carol) for n in (100, 101, 102)]

    kept = [bool(PopulationLoad.objects.get(pk=load.pk).hashes) for load in loads]

    assert kept == [False, True, True]


def test_a_new_key_in_front_compares_under_the_old_and_a_lost_one_holds_the_list(
    births: Source, carol: Actor, settings: Settings
) -> None:
    first = sent(births, csv_of(rows(100)), carol)
    old = list(live.FIELD_KEYS)
    settings.FIELD_KEYS = ["a newer key", *old]
    second = sent(births, csv_of(rows(101)), carol)
    assert (second.load.state, second.added, second.dropped) == ("applied", 1, 0)
    assert first.hash_key != second.hash_key
    settings.FIELD_KEYS = ["quite another key"]

    third = sent(births, csv_of(rows(102)), carol)

    assert "key that this installation no longer has" in held(third)


def test_a_held_or_waiting_list_gives_its_file_to_nobody_once_destroyed(
    births: Source, carol: Actor
) -> None:
    load = sent(births, theirs(), carol)
    later = TODAY + timedelta(days=29)
    intake.forget_originals(by=PROGRAM, on=later)
    load.refresh_from_db()

    with pytest.raises(Refused, match=r"has been destroyed. Send it in again"):
        actions.name_columns(load=load, columns=SAID, date_order="dmy", by=carol, on=later)


def test_a_list_cannot_be_sent_in_or_undone_on_the_pages_of_files(
    births: Source, carol: Actor
) -> None:
    with pytest.raises(Refused, match="where more is asked"):
        intake.receive(
            loader=queries.LISTS, filename="a.csv", content=csv_of(rows(3)), by=carol, on=TODAY
        )
    load = sent(births, csv_of(rows(30)), carol)

    with pytest.raises(Refused, match="taken back where it was sent in"):
        intake.undo(load=load.load, by=carol, on=TODAY)


def test_a_list_of_more_rows_than_any_authority_has_is_refused(
    births: Source, carol: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_LISTED", 10)

    assert "more than 10 rows" in faults(sent(births, csv_of(rows(11)), carol))


def test_the_day_of_a_list_is_the_day_it_was_true(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of(rows(30)), carol, as_at=date(2025, 12, 1))

    assert queries.current_lists(TODAY)[0].as_at == date(2025, 12, 1)
    assert str(load) == "Births as at 2025-12-01"
