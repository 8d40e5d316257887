from datetime import date
from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from onroll.office.kernel.decision import Faulty
from onroll.office.web.forms import (
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    OneBoxDateField,
    PublicForm,
    ShortText,
    UploadField,
    YesNo,
    read_day,
)

TODAY = date(2026, 3, 5)


class Report(GovukForm):
    names = {"seen_on": "date the child was last seen"}

    family_name = ShortText(label="Family name", max_length=10)
    upn = ShortText(label="UPN", help_text="13 characters")
    seen_on = DateField(label="When was the child last seen?", not_in_future=True, required=False)
    moved = ChooseOne(
        label="Has the child moved?",
        choices=[("yes", "Yes"), ("no", "No")],
        hints={"no": "Still at the address"},
        reveals={"yes": ["moved_to"]},
    )
    moved_to = ShortText(label="Where to?")


def report(**typed: str) -> Report:
    whole = {"family_name": "Wren", "upn": "A1", "moved": "no", **typed}
    return Report(whole, today=TODAY)


@pytest.mark.parametrize(
    ("day", "month", "year"), [("5", "3", "2026"), ("05", "March", "2026"), ("5", "mar", "2026")]
)
def test_a_date_is_read_from_three_boxes_with_the_month_in_numbers_or_words(
    day: str, month: str, year: str
) -> None:
    form = report(seen_on_day=day, seen_on_month=month, seen_on_year=year)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["seen_on"] == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "says", "wrong_box"),
    [
        (("5", "", "2026"), "must include a month", "month"),
        (("", "", "2026"), "must include a day and a month", "day"),
        (("31", "2", "2026"), "must be a real date", "day"),
        (("5", "13", "2026"), "must be a real date", "month"),
        (("5", "Smarch", "2026"), "write the month as a number or a name", "month"),
        (("5", "3", "26"), "the year must have 4 numbers", "year"),
        (("6", "3", "2026"), "must be today or in the past", "day"),
        (("99999999999", "3", "2026"), "must be a real date", "day"),
        (("5", "99999999999", "2026"), "must be a real date", "month"),
        (("5", "3", "0001"), "the year must be between 1900 and 2199", "year"),
    ],
)
def test_an_impossible_date_is_refused_in_words_and_the_summary_leads_to_the_box(
    typed: tuple[str, str, str], says: str, wrong_box: str
) -> None:
    day, month, year = typed
    form = report(seen_on_day=day, seen_on_month=month, seen_on_year=year)

    assert not form.is_valid()
    links = list(form.error_links())
    assert links[0][0] == f"id_seen_on_{wrong_box}"
    assert links[0][1].startswith("The date the child was last seen")
    assert says in links[0][1]
    html = str(form)
    assert f'id="id_seen_on_{wrong_box}"' in html
    assert [f'value="{part}"' in html for part in typed if part] == [True] * len(
        [p for p in typed if p]
    )


def test_a_date_may_come_whole_in_a_link() -> None:
    assert report(seen_on="2026-03-01").is_valid()


def test_comparing_with_today_without_being_told_the_day_is_a_mistake_of_the_program() -> None:
    form = Report({"seen_on": "2026-03-01"})

    with pytest.raises(TypeError, match="today="):
        form.is_valid()


@pytest.mark.parametrize(
    "typed", ["5 March 2026", "5/3/2026", "2026-03-05", "Thursday 5th Mar 2026", "05.03.2026"]
)
def test_one_line_reads_as_the_fifth_of_march(typed: str) -> None:
    assert read_day(typed) == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["5/3/26", "31 February 2026", "March 2026", "soon", "5 Ma 2026",
              "1/99999999999/2020", "99999999999/1/2020"]
)  # fmt: skip
def test_one_line_that_is_not_a_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of several sentences
        read_day(typed)


def test_a_revealed_question_is_required_only_when_it_is_asked() -> None:
    asked = report(moved="yes")
    not_asked = report(moved="no", moved_to="typed, then thought better of")

    assert not asked.is_valid()
    assert asked.errors["moved_to"] == ["Answer the question “Where to?”"]
    assert not_asked.is_valid()
    assert not_asked.cleaned_data["moved_to"] == ""


def test_a_revealed_question_is_drawn_once_and_under_its_answer() -> None:
    html = str(report())

    assert html.count('name="moved_to"') == 1
    assert html.index('value="yes"') < html.index('name="moved_to"') < html.index('value="no"')


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("family_name", "", "Enter family name"),
        ("upn", "", "Enter UPN"),
        ("family_name", "x" * 11, "Family name must be 10 characters or fewer"),
        ("moved", "maybe", "Your answer to “Has the child moved?”: select one of the answers"),
    ],
)
def test_a_message_names_the_field_and_says_what_to_do(field: str, typed: str, says: str) -> None:
    form = report(**{field: typed})

    assert not form.is_valid()
    assert form.errors[field][0].startswith(says)


def test_a_message_of_the_developers_own_is_kept() -> None:
    class Own(GovukForm):
        why = LongText(label="Why", error_messages={"required": "Say why, for the family"})

    assert Own({}).errors["why"] == ["Say why, for the family"]


def test_a_refusal_of_an_action_is_shown_beside_its_field() -> None:
    form = report()
    form.is_valid()

    form.refuse(Faulty(("upn", "The check letter is wrong"), ("row 3", "There is no row 3")))

    assert form.errors["upn"] == ["The check letter is wrong"]
    assert form.non_field_errors() == ["There is no row 3"]


def test_what_was_typed_is_shown_as_text_and_never_as_markup() -> None:
    html = str(report(family_name="<script>x"))

    assert "<script>" not in html
    assert "&lt;script&gt;x" in html


def test_an_input_is_described_by_its_hint_and_its_error() -> None:
    html = str(report(upn=""))

    assert 'aria-describedby="id_upn_helptext id_upn_error"' in html
    assert 'id="id_upn_helptext"' in html
    assert 'id="id_upn_error"' in html


def test_a_long_text_is_described_by_its_hint_and_by_the_characters_left() -> None:
    class Told(GovukForm):
        account = LongText(label="What happened", max_length=40, help_text="Facts first")

    html = str(Told())

    assert 'aria-describedby="id_account_helptext id_account-info"' in html
    assert 'id="id_account-info"' in html


def test_yes_and_no_become_true_and_false() -> None:
    class Asked(GovukForm):
        harmed = YesNo(label="Harmed?", required=False)

    answers = [Asked(typed) for typed in ({"harmed": "yes"}, {"harmed": "no"}, {})]

    assert [a.is_valid() and a.cleaned_data["harmed"] for a in answers] == [True, False, None]


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("list.exe", 3, "Choose a file that ends in .csv or .xlsx"),
        ("list.csv", 11 * 1024 * 1024, "The file is 11 MB: choose one of 10 MB or less"),
        ("list.csv", 0, "The file is empty: choose another"),
    ],
)
def test_a_file_of_the_wrong_sort_or_size_is_refused(name: str, size: int, says: str) -> None:
    class Sent(GovukForm):
        sheet = UploadField(label="List", endings=(".csv", ".xlsx"), max_bytes=10 * 1024 * 1024)

    form = Sent({}, {"sheet": SimpleUploadedFile(name, b"x" * size)})

    assert form.errors["sheet"] == [says]


class Filters(FilterForm):
    state = ChooseOne(label="State", choices=[("open", "Open"), ("closed", "Closed")])
    since = OneBoxDateField(label="Since")


def test_filters_apply_what_can_be_read_and_say_it_in_words() -> None:
    form = Filters(QueryDict("state=open&since=5/3/2026"))

    assert form.asked == {"state": "open", "since": date(2026, 3, 5)}
    assert list(form.chosen()) == [
        ("State", "Open", "state"),
        ("Since", "5 March 2026", "since"),
    ]


def test_a_filter_that_cannot_be_read_is_reported_and_not_applied() -> None:
    form = Filters(QueryDict("state=open&since=soon"))

    assert form.asked == {"state": "open"}
    assert form.errors["since"] == ["Since must be a real date, like 5 March 2026"]


@pytest.mark.parametrize("typed", ["1/1/0001", "31/12/9999", "9999-12-31"])
def test_a_filter_at_the_far_end_of_the_calendar_is_not_applied(typed: str) -> None:
    form = Filters(QueryDict(f"since={typed}"))

    assert form.asked == {}
    assert form.errors["since"] == ["Since: the year must be between 1900 and 2199"]


def test_the_public_sees_larger_answers_than_officers() -> None:
    class Officers(GovukForm):
        harmed = YesNo(label="Harmed?")

    class Public(PublicForm):
        harmed = YesNo(label="Harmed?")

    assert "govuk-radios--small" in str(Officers())
    assert "govuk-radios--small" not in str(Public())


class Dates(GovukForm):
    made_on = DateField(label="When was it made?")
    asked_on = DateField(label="When?", not_in_future=True)
    began_on = DateField(label="First day")

    names: ClassVar[dict[str, str]] = {"made_on": "day of the enquiry"}


def test_a_message_about_a_date_is_an_english_sentence() -> None:
    empty = Dates({}, today=TODAY)
    half = Dates(
        {"made_on_day": "5", "asked_on_year": "2099", "asked_on_month": "1", "asked_on_day": "1"},
        today=TODAY,
    )

    assert empty.errors["made_on"] == ["Enter the day of the enquiry"]
    assert empty.errors["asked_on"] == ["Enter the date that answers “When?”"]
    assert empty.errors["began_on"] == ["Enter the first day"]
    assert half.errors["made_on"] == ["The day of the enquiry must include a month and a year"]
    assert half.errors["asked_on"] == ["The date that answers “When?” must be today or in the past"]
