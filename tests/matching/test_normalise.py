"""Names, dates, postcodes and numbers in one form."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching import normalise

LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Łucja", "lucja"),
        ("O’Brien-Müller", "obrien muller"),
        ("  ĐẶNG  ", "dang"),
        ("Strauß", "strauss"),
        ("Sa'ad", "saad"),
        ("N`Golo", "ngolo"),
        ("Žižek", "zizek"),
    ],
)
def test_a_name_is_small_letters_without_accents(typed: str, expected: str) -> None:
    assert normalise.plain(typed) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhammad Mohamed Mohamad Muhammed Mohammad Mohamud",
        "Yusuf Youssef Yousef Yusef Yousuf",
        "Aisha Ayesha Aysha Aishah",
        "Hussain Husain Hussein Hossain",
        "Khadija Khadijah Kadija",
        "Fatima Fatimah Fathima",
        "Catherine Katherine",
        "Zainab Zaynab Zeinab",
        "Łukasz Lukasz",
        "Szymon Shimon",
        "Philip Filip",
        "Qasim Kasim",
    ],
)
def test_the_usual_spellings_of_one_name_are_folded_together(spellings: str) -> None:
    assert len({normalise.folded(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "names", ["Ali Alan", "Amy Emma", "Sara Zara", "Daniel Danielle", "Ahmed Mohammed", "Jan Jon"]
)
def test_different_names_are_not_folded_together(names: str) -> None:
    one, other = names.split()

    assert normalise.folded(one) != normalise.folded(other)


def test_short_forms_go_both_ways_and_no_further() -> None:
    assert "charles" in normalise.short_forms("Charlie")
    assert "charlie" in normalise.short_forms("Charles")
    assert "charlotte" not in normalise.short_forms("Charles")


def test_particles_and_titles_are_left_out_unless_nothing_else_is_there() -> None:
    assert normalise.name_words("Miss Ana de la Cruz") == ("ana", "cruz")
    assert normalise.name_words("Da") == ("da",)
    assert {"mcdonald", "mc", "donald"} <= normalise.search_words("Mc Donald")


@given(LETTERS, st.data())
def test_one_slip_is_recognised_and_found_through_a_missing_letter(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = {
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    } - {word, ""}

    for slip in slips:
        assert normalise.is_one_slip_away(word, slip)
        assert normalise.is_one_slip_away(slip, word)
        if min(len(word), len(slip)) > 1:
            shared = normalise.with_a_letter_missing(word) & normalise.with_a_letter_missing(slip)
            assert shared


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/4/2015", (date(2015, 4, 3), date(2015, 3, 4))),
        ("2015-04-03", (date(2015, 4, 3), date(2015, 3, 4))),
        ("3 Apr 15", (date(2015, 4, 3),)),
        ("3rd April 2015", (date(2015, 4, 3),)),
        ("April 3 2015", (date(2015, 4, 3),)),
        ("03042015", (date(2015, 4, 3), date(2015, 3, 4))),
        ("20150403", (date(2015, 4, 3), date(2015, 3, 4))),
        ("12/31/2014", (date(2014, 12, 31),)),
        ("31/2/2015", ()),
        ("29/2/2015", ()),
        ("yesterday", ()),
        ("3/4", ()),
    ],
)
def test_a_date_typed_in_any_order_is_read(typed: str, meant: tuple[date, ...]) -> None:
    assert normalise.dates_meant(typed) == meant


@given(st.dates(date(2000, 1, 1), date(2039, 12, 31)))
def test_every_usual_way_of_writing_a_date_means_it(day: date) -> None:
    written = [
        f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d %B %Y}", f"{day:%d %b %y}",
        f"{day:%m/%d/%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day:%B} {day.day}, {day.year}",
        f"{day:%Y%m%d}", f"{day:%d%m%Y}",
    ]  # fmt: skip

    for typed in written:
        assert day in normalise.dates_meant(typed), typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zz14ab", "ZZ1 4AB"),
        (" ZZ1  4AB ", "ZZ1 4AB"),
        ("ZZ99 3VZ", "ZZ99 3VZ"),
        ("zz1a 4ab", "ZZ1A 4AB"),
        ("ZZ1", ""),
        ("hello", ""),
        ("", ""),
    ],
)
def test_a_postcode_has_one_form(typed: str, expected: str) -> None:
    assert normalise.postcode(typed) == expected


def test_a_house_has_one_key_however_it_is_written() -> None:
    ways = ["Flat 2, 14 High St", "2/14 High Street", "flat 2 14 HIGH STREET"]

    assert {normalise.house_and_postcode(way, "zz14ab") for way in ways} == {"2-14|zz14ab"}
    assert normalise.house_and_postcode("Rose Cottage", "ZZ1 4AB") == "rose-cottage|zz14ab"


def test_dates_postcodes_and_numbers_are_taken_out_of_a_search() -> None:
    text = "khan 3/4/2015 zz1 4ab a123 4567 89012"

    text, dates = normalise.dates_in(text)
    text, postcodes = normalise.postcodes_in(text)
    text, numbers = normalise.numbers_in(text)

    assert text.split() == ["khan"]
    assert (dates, postcodes, numbers) == (("3/4/2015",), ("ZZ1 4AB",), ("A123456789012",))


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    normalise.words(text)
    normalise.name_key(text, text)
    normalise.search_words(text)
    normalise.dates_meant(text)
    normalise.postcode(text)
    normalise.house_and_postcode(text, text)
    for take in (normalise.dates_in, normalise.postcodes_in, normalise.numbers_in):
        take(text)


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; sys.modules['django'] = None; sys.modules['duckdb'] = None;"
        "import onroll.matching.explain"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "typed", ["1/99999999999/2015", "9" * 5_000 + "/1/2015", "1 May " + "9" * 99]
)
def test_a_date_of_endless_numbers_means_no_date(typed: str) -> None:
    assert normalise.dates_meant(typed) == ()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900 123", "07700900123"),
        ("0044 (0)7700-900123", "07700900123"),
        ("(01632) 960 983", "01632960983"),
        ("+33 1 70 18 99 00", "33170189900"),
        ("ring the mother", ""),
    ],
)
def test_a_telephone_number_is_read_as_it_is_dialled_at_home(typed: str, number: str) -> None:
    assert normalise.telephone(typed) == number


@pytest.mark.parametrize(
    ("line", "streets"),
    [
        ("Flat 2, 14 Canal Street", (("14", "canal"),)),
        ("2/14 Canal St", (("14", "canal"),)),
        ("14a Old Mill Lane", (("14a", "old"), ("", "mill"))),
        ("St John's Road", (("", "johns"),)),
        ("The Avenue", (("", "avenue"),)),
        ("Rose Cottage, The Green", (("", "rose"), ("", "cottage"), ("", "green"))),
    ],
)
def test_what_names_a_street_is_taken_from_a_line(
    line: str, streets: tuple[tuple[str, str], ...]
) -> None:
    assert normalise.streets_in(line) == streets


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("St Brides", "St Bride's Primary School", True),
        ("saint brides c of e", "St. Bride’s CofE Primary School", True),
        ("Bell Lane Primary", "Bell Lane Primary School", True),
        ("Bell Lane Infants", "Bell Lane Junior School", False),
        ("Bell Lane", "Mill Lane Primary School", False),
        ("St Brides", "St Bede's Primary School", False),
        ("", "St Bride's Primary School", False),
    ],
)
def test_a_school_is_known_by_its_spellings(one: str, other: str, is_same: bool) -> None:
    assert normalise.is_same_school(one, other) is is_same
    assert normalise.is_same_school(other, one) is is_same


def test_a_date_after_a_name_is_read_however_it_is_written() -> None:
    assert normalise.dates_in("khan 01-02-2013")[1] == ("01-02-2013",)
    assert normalise.dates_in("khan 3/04/2015")[1] == ("3/04/2015",)
