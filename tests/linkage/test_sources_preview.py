"""The first rows as they are read, what is odd in a list, and what waits for a second person."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.office.casework.queries.second_person import decisions_for
from onroll.office.intake.reading.lists import Listing, read_list
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.models import Source
from onroll.office.linkage.queries.sources_columns import guessed
from onroll.office.linkage.queries.sources_preview import preview
from onroll.office.linkage.queries.sources_rows import rows_of, split_line
from tests import actors
from tests.actors import TODAY
from tests.linkage.lists import HEADER, SAID, csv_of, rows, sent, theirs
from tests.linkage.test_sources_lists import changed
from tests.linkage.test_sources_screens import AT, EARLIER, browser, send, shown

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


def listing(text: str) -> Listing:
    return read_list(filename="a.csv", content=text.encode())


def test_the_first_rows_are_shown_to_the_sender_as_they_were_read(
    births: Source, carol: Actor
) -> None:
    load = sent(births, theirs(), carol)

    seen = preview(load, carol, columns=SAID, date_order="dmy")

    assert seen.header == ["Number", "First name", "Middle names", "Surname", "Date of birth",
                           "Postcode"]  # fmt: skip
    assert seen.rows[0] == (2, ["R0", "Amina", "Ann", "Archer", "1 Jan 2012", "ZZ1 0AB"])
    assert len(seen.rows) == 5


def test_a_colleague_sees_of_the_first_rows_how_they_look(
    births: Source, carol: Actor, mina: Actor
) -> None:
    load = sent(births, theirs(), carol)

    seen = preview(load, mina, columns=SAID, date_order="dmy")

    assert seen.is_shape
    assert seen.rows[0] == (2, ["a9", "aaaaa", "aaa", "aaaaaa", "A date", "aa9 9aa"])


def test_a_cell_that_is_no_date_is_shown_as_it_was_typed(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of([*changed(rows(25), "born_on", "31/02/2014", 1)]), carol)

    seen = preview(load, carol, columns={name: name for name in HEADER}, date_order="ymd")

    assert "Not a date: 31/02/2014" in seen.rows[0][1]


def test_the_page_of_columns_shows_the_rows_again_as_chosen_and_keeps_nothing(
    births: Source, browser: Client
) -> None:
    load = send(browser, births, theirs())
    path = f"{AT}lists/{load.pk}/columns/"
    said = {"column_0": "record_id", "column_1": "family_name", "column_2": "none",
            "column_3": "postcode", "column_4": "none", "date_order": "dmy"}  # fmt: skip
    assert "<td>Archer</td>" in shown(browser, path)

    answer = browser.post(path, {**said, "look": "yes"})

    assert answer.status_code == 200
    assert "<td>Archer, Amina Ann</td>" in answer.content.decode()
    load.load.refresh_from_db()
    assert load.load.state == "waiting"


def test_a_list_in_use_shows_its_first_rows_while_it_is_kept(
    births: Source, browser: Client
) -> None:
    load = send(browser, births, csv_of(rows(30)))
    path = f"{AT}lists/{load.pk}/"
    assert "<td>Archer</td>" in shown(browser, path)

    browser.post(f"{path}destroy/")

    assert "Archer" not in shown(browser, path)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("born_on", (TODAY + timedelta(days=1)).isoformat(), "Date of birth: Later than the day"),
        ("nhs_number", "999 999 9999", "NHS number: Typed to fill the box"),
        ("nhs_number", "1234567890", "NHS number: Typed to fill the box"),
        ("family_name", "", "Surname: Empty in"),
        ("postcode", "", "Postcode: An address without a postcode in"),
    ],
)
def test_what_is_odd_in_a_list_is_told_with_its_first_rows_and_the_count_of_the_rest(
    births: Source, carol: Actor, column: str, value: str, says: str
) -> None:
    header = ["nhs_number" if column == "nhs_number" and name == "upn" else name for name in HEADER]
    at = header.index(column)
    listed = [[*r[:at], value if i < 8 else ("" if column == "nhs_number" else r[at]), *r[at + 1 :]]
              for i, r in enumerate(rows(30))]  # fmt: skip

    load = sent(births, csv_of(listed, header), carol)

    told = [f"{w['column']}: {w['says']}" for w in load.load.differences["warnings"]]
    assert [one for one in told if one.startswith(says) and "rows 2, 3, 4, 5, 6 and 3 more" in one]


def test_nothing_is_said_of_a_list_in_which_nothing_is_odd(births: Source, carol: Actor) -> None:
    assert sent(births, csv_of(rows(30)), carol).load.differences["warnings"] == []


def test_rows_without_a_number_are_counted_together(births: Source, carol: Actor) -> None:
    load = sent(births, csv_of(changed(rows(30), "record_id", "", 8)), carol)

    assert load.load.faults[0]["says"] == ("No number of its own in rows 2, 3, 4, 5, 6 and 3 more.")


def test_an_empty_row_counts_where_a_fault_names_its_row(births: Source, carol: Actor) -> None:
    listed = changed(rows(30), "born_on", "31/02/2014", 1)
    content = csv_of(listed).replace(b"\r\n", b"\r\n\r\n,,\r\n", 1)

    load = sent(births, content, carol)

    assert "row 4" in load.load.differences["warnings"][0]["says"]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("App no", "record_id"),
        ("Full Address (one line)", "address_line"),
        ("Child's surname", "family_name"),
        ("Pupil forename", "given_name"),
        ("Date of birth (dd/mm/yyyy)", "born_on"),
        ("Parent surname", ""),
        ("Officer", ""),
    ],
)
def test_a_column_is_guessed_by_the_name_that_offices_give_it(name: str, meaning: str) -> None:
    column = next(c for c in guessed(listing(f"{name},Q\n..,..\n")) if c.name == name)

    assert column.guess == meaning


def test_the_postcode_of_an_address_in_one_line_is_read() -> None:
    text = 'Name,Full Address (one line)\nAnn Bell,"12 High Street, Anytown, ZZ1 2AB"\n'

    read = rows_of(listing(text), {"Name": "full_name", "Full Address (one line)": "address_line"},
                   "dmy")  # fmt: skip

    assert split_line("Flat 2, Mill House") == ("Flat 2", "Mill House", None)
    row = read.table.to_pylist()[0]
    assert (row["house"], row["street"], row["postcode"]) == (
        "12", "High Street, Anytown", "ZZ1 2AB"
    )  # fmt: skip


@pytest.fixture
def held(births: Source, carol: Actor) -> int:
    """A list that changes so much that a second person must accept it."""
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    return sent(births, csv_of(rows(80)), carol).pk


def test_a_held_list_waits_in_my_work_of_whoever_may_accept_it_and_of_nobody_else(
    held: int, carol: Actor, mina: Actor
) -> None:
    told = decisions_for(mina, TODAY)

    assert [one.url for one in told] == [f"{AT}lists/{held}/"]
    assert "A list of Births as at 5 March 2026, sent in by Carol, is held" in told[0].says
    assert decisions_for(carol, TODAY) == []
    assert decisions_for(actors.alice(), TODAY) == []
    assert decisions_for(mina, TODAY + timedelta(days=29)) == []


def test_what_waits_is_on_my_work_on_the_tab_and_beside_the_source(
    held: int, browser: Client, mina: Actor
) -> None:
    colleague = actors.signed_in(mina)

    assert "sent in by Carol, is held" in shown(colleague, "/")
    assert 'Sources <span class="onroll-count">1</span>' in shown(colleague, "/find-missing/")
    assert "A list waits for you" in shown(colleague, AT)
    assert "is held." not in shown(browser, "/")
    assert "onroll-count" not in shown(browser, "/find-missing/")
    assert "Waits for a colleague" in shown(browser, AT)
    assert "A list waits for you" not in shown(browser, AT)


def test_whoever_accepts_a_list_sees_who_sent_it_in_and_what_would_change(
    held: int, mina: Actor
) -> None:
    text = shown(actors.signed_in(mina), f"{AT}lists/{held}/accept/")

    for says in ("Carol", "Dropped", "20.0% of the list before", "in the list as at 3 February",
                 "Nobody has ticked that its lawful basis was checked"):  # fmt: skip
        assert says in text


def test_a_refused_list_says_nothing_of_records_dropped(births: Source, carol: Actor) -> None:
    sent(births, csv_of(rows(10)), carol, as_at=EARLIER)

    load = sent(births, csv_of([]), carol)

    assert (load.load.state, load.dropped, load.rows_before) == ("refused", 0, 0)


def test_the_same_file_with_another_day_is_refused_with_the_way_to_the_first(
    births: Source, browser: Client
) -> None:
    load = send(browser, births, csv_of(rows(30)))

    answer = browser.post(
        f"{AT}{births.key}/send/",
        {"file": SimpleUploadedFile("b.csv", csv_of(rows(30))), "as_at_day": "4",
         "as_at_month": "3", "as_at_year": "2026"},
    )  # fmt: skip

    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'<a href="{AT}lists/{load.pk}/">sent in as at 5 March 2026</a>' in text
    assert "take that list back" in text


def test_the_history_of_a_list_is_in_words_of_the_office(births: Source, browser: Client) -> None:
    load = send(browser, births, csv_of(rows(30)))

    assert "linkage.list" not in shown(browser, f"{AT}lists/{load.pk}/")


def test_an_unchecked_lawful_basis_is_said_where_a_list_is_sent_in(
    births: Source, browser: Client
) -> None:
    says = "Nobody has ticked that the lawful basis of this list was checked"
    assert says in shown(browser, f"{AT}{births.key}/send/")

    Source.objects.update(is_basis_checked=True)

    assert says not in shown(browser, f"{AT}{births.key}/send/")


def test_pages_of_sources_lead_back_to_find_missing_children(
    births: Source, browser: Client
) -> None:
    for path in (f"{births.key}/", f"{births.key}/send/", f"{births.key}/retire/", "add/"):
        assert '<a class="govuk-breadcrumbs__link" href="/find-missing/">' in shown(
            browser, f"{AT}{path}"
        )
    assert 'aria-current="page">Sources' in shown(browser, AT)
