"""A list's own columns are read as ours: dates, names, addresses, and what each seems to be."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.births import births
from onroll.office.intake.reading.lists import Listing, read_list
from onroll.office.linkage.queries.sources_columns import guessed, header_print
from onroll.office.linkage.queries.sources_rows import (
    date_orders,
    read_date,
    rows_of,
    split_address,
    split_name,
)

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FORMS = {"dmy": "{d}/{m}/{y}", "mdy": "{m}-{d}-{y}", "ymd": "{y}-{m:02d}-{d:02d}"}


def listing(header: str, *rows: str) -> Listing:
    return read_list(filename="a.csv", content="\n".join([header, *rows]).encode())


def written(day: date, order: str) -> str:
    return FORMS[order].format(d=day.day, m=day.month, y=day.year)


@given(day=DAYS, order=st.sampled_from(sorted(FORMS)))
def test_a_date_is_read_as_it_was_written(day: date, order: str) -> None:
    assert read_date(written(day, order), order) == day.isoformat()


@given(days=st.lists(DAYS, max_size=30), order=st.sampled_from(["dmy", "mdy"]))
def test_dates_written_in_one_order_never_look_like_the_other(days: list[date], order: str) -> None:
    seen = date_orders([written(day, order) for day in days])

    assert seen.says in {order, "doubtful", "ymd"}
    if seen.says == "ymd":  # nothing to tell: either way round it is the same day
        assert all(day.day == day.month for day in days)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2014-Feb-14 00:00:00", "2014-02-14"),
        ("14-Feb-2014", "2014-02-14"),
        ("14 February 2014", "2014-02-14"),
        ("2014-02-14T00:00:00Z", "2014-02-14"),
        ("20140214", "2014-02-14"),
        ("14.02.2014", "2014-02-14"),
        ("31/02/2014", None),
        ("14/02/14", "2014-02-14"),
        ("41684", "2014-02-14"),
        ("14 Foo 2014", None),
        ("14/02/1066", None),
        ("", None),
    ],
)
def test_dates_are_read_in_the_forms_that_systems_write(text: str, meant: str | None) -> None:
    assert read_date(text, "dmy") == meant


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Khan, Aisha Noor", ("Aisha", "Noor", "Khan")),
        ("Aisha Noor Khan", ("Aisha", "Noor", "Khan")),
        ("Aisha Khan", ("Aisha", None, "Khan")),
        ("O'Brien-Smith, Al", ("Al", None, "O'Brien-Smith")),
        ("Aisha", ("Aisha", None, None)),
        ("Khan,", (None, None, "Khan")),
    ],
)
def test_a_whole_name_is_split(text: str, parts: tuple[str | None, ...]) -> None:
    assert split_name(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 High Street", ("12", "High Street")),
        ("12a, High Street", ("12a", "High Street")),
        ("Flat 3, 12 High Street", ("Flat 3, 12", "High Street")),
        ("12-14 High Street", ("12-14", "High Street")),
        ("Rose Cottage, Mill Lane", ("Rose Cottage", "Mill Lane")),
        ("High Street", (None, "High Street")),
    ],
)
def test_house_and_street_in_one_column_are_split(
    text: str, parts: tuple[str | None, str | None]
) -> None:
    assert split_address(text) == parts


def test_columns_are_guessed_by_name_then_by_what_is_in_them() -> None:
    found = guessed(
        listing(
            "Forename,SURNAME,D.O.B.,A,B,C,D,Entry date",
            "Ann,Cole,2014-03-05,943 476 5919,ZZ1 4AB,F,H801200001001,2020-09-01",
            "Ben,Dale,2015-03-05,943 476 5870,ZZ1 5AB,M,A801200001002,2021-09-01",
        )
    )

    assert [column.guess for column in found] == [
        "given_name", "family_name", "born_on", "nhs_number", "postcode", "sex", "upn", "",
    ]  # fmt: skip


def test_two_columns_of_dates_that_nobody_named_are_left_to_who_knows() -> None:
    found = guessed(listing("Name,On,Since", "Ann Cole,2014-03-05,2020-09-01"))

    assert [column.guess for column in found] == ["full_name", "", ""]


def test_a_header_is_known_again_whatever_its_capitals_and_spaces() -> None:
    assert header_print(["Date of birth", "UPN"]) == header_print(["DATE_OF_BIRTH", "upn "])
    assert header_print(["Date of birth", "UPN"]) != header_print(["UPN", "Date of birth"])


def test_rows_are_numbered_and_nobody_is_left_out_by_row() -> None:
    read = rows_of(
        listing("Name,DOB", "Ann Cole,5/3/2014", ",5/3/2014", "Ben Dale,soon"),
        {"Name": "full_name", "DOB": "born_on"},
        "dmy",
    )

    assert read.table["record_id"].to_pylist() == ["2", "4"]
    assert read.table["born_on"].to_pylist() == ["2014-03-05", None]
    assert (read.nobody, read.unread_dates) == ((3,), (4,))


@pytest.mark.parametrize(
    "column",
    [
        ["3/4/2014", "13/4/2014", "14/5/2014"],
        ["3/4/2014", "4/13/2014", "5/14/2014"],
        ["3/4/2014", *(f"4/{d}/2014" for d in range(13, 28)), "28/1/2014"],
        ["3/4/2014", *(f"{d}/4/2014" for d in range(13, 28)), "1/28/2014"],
        ["14/02/14", "41684", "2014-02-14", "14 Feb 2014", "3/4/14"],
    ],
)
def test_the_office_and_the_command_read_one_column_of_dates_alike(column: list[str]) -> None:
    says = date_orders(column).says
    read = [read_date(text, says) for text in column]

    assert read == [day.isoformat() for day in births(pa.array(column)).to_pylist()]
