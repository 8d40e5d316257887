"""The handbook: every duty is in it, every link leads somewhere, every example is what is done."""

import re
from datetime import date

import pytest

from onroll.statute.bank_holidays import bank_holidays
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Term
from onroll.statute.duties import CHAPTERS, Duty, clocks
from onroll.statute.handbook import example, page
from onroll.statute.numbers import NUMBERS, Number
from onroll.statute.packs import NATIONAL, Pack, available, load
from onroll.statute.sources import Confidence
from onroll.statute.writing import written_with_weekday

PAGE = page()
NATIONS = [(duty, NATIONAL) for chapter in CHAPTERS.values() for duty in chapter]
# The pack of the invented authority is no example of what an authority does.
SHOWN = [key for key in available() if key != "example"]
PACKS = [(duty, load(key)) for key in SHOWN for duty in load(key).duties]
DUTIES = NATIONS + PACKS
NAMED = [f"{duty.id}, {duty.started_by}, {pack.key}" for duty, pack in DUTIES]


def sections() -> dict[str, list[str]]:
    """The text under each heading of a duty; one heading may stand there twice."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"^####? ", PAGE, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        found.setdefault(heading, []).append(re.split(r"^## ", text, flags=re.MULTILINE)[0])
    return found


SECTIONS = sections()


def section_of(duty: Duty) -> str:
    """The one section of a duty: of two with one heading, that of the fact which starts it."""
    key = f"(`{duty.started_by}`)"
    case = f"is `{duty.only_if[1]}`" if duty.only_if else ""
    begins = [
        text
        for text in SECTIONS[f"{duty.title} (`{duty.id}`)"]
        if any(
            line.startswith("- **Begins with:**") and key in line and case in line
            for line in text.splitlines()
        )
    ]
    assert len(begins) == 1
    return begins[0]


@pytest.mark.parametrize(("duty", "pack"), DUTIES, ids=NAMED)
def test_every_duty_is_there_with_who_must_act_the_limit_and_the_source(
    duty: Duty, pack: Pack
) -> None:
    text = section_of(duty)

    assert f"- **Who must act:** {duty.who}\n" in text
    assert f"- **Limit:** {duty.count_says}\n" in text
    assert f"- **Source:** {duty.cites}" in text
    assert f" ({duty.confidence})\n" in text
    assert all(f"(`{key}`)" in text for key in duty.keys)
    assert f"- {duty.note}\n" in text or not duty.note
    assert (f"- {duty.confidence.caution}\n" in text) == (
        duty.confidence is not Confidence.VERIFIED
    )
    assert ("- **No duty is broken when it passes:**" in text) is not duty.is_deadline


def test_no_duty_is_there_that_nobody_has() -> None:
    headed = sorted(h for h, texts in SECTIONS.items() for _ in texts if h.endswith("`)"))

    assert headed == sorted(f"{duty.title} (`{duty.id}`)" for duty, _ in DUTIES)


def anchors() -> dict[str, str]:
    """The headings of the page by the anchors that GitHub gives them.

    Small letters; only letters, digits, hyphens and underscores are kept; a space becomes a
    hyphen; a heading that comes again has a number after it.
    """
    seen: dict[str, int] = {}
    found = {}
    for heading in re.findall(r"^#+ (.*)$", PAGE, flags=re.MULTILINE):
        kept = "".join(c for c in heading.strip().lower() if c.isalnum() or c in " -_")
        anchor = kept.replace(" ", "-")
        again = seen.get(anchor, 0)
        seen[anchor] = again + 1
        found[f"{anchor}-{again}" if again else anchor] = heading
    return found


LINKS = re.findall(r"^- \[(.*)\]\(#(.*?)\): (.*)$", PAGE, flags=re.MULTILINE)


def test_every_link_leads_to_a_heading_of_the_page() -> None:
    found = anchors()

    assert LINKS
    assert [anchor for _, anchor, _ in LINKS if anchor not in found] == []
    assert all(found[anchor].startswith(f"{title} (`") for title, anchor, _ in LINKS)


def test_whoever_must_act_finds_each_of_their_duties_in_the_list() -> None:
    listed = PAGE.partition("## Who must do what\n")[2].partition("\n## ")[0]
    by_actor = dict(
        re.findall(r"\*\*(.+?)\*\*\n\n((?:- .*\n)+)", listed),
    )

    assert list(by_actor) == sorted(by_actor)
    assert set(by_actor) == {d.who[0].upper() + d.who[1:] for d, _ in NATIONS}
    for duty, _ in NATIONS:
        of_actor = by_actor[duty.who[0].upper() + duty.who[1:]]
        assert f"-{duty.id.lower()})" in of_actor


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Send the papers to the parties", "5 school days before"),
        ("Answer the subject access request", "1 month"),
        ("Answer the freedom of information request", "20 working days"),
        ("Give notice of the panel's decision", "without delay"),
        ("Last day of an education supervision order, unless it is extended", "12 months"),
    ],
)
def test_the_list_says_each_limit_in_a_few_words(title: str, count: str) -> None:
    assert (title, count) in {(words, short) for words, _, short in LINKS}


# The year of the examples, written out again from what the page says of it.
HALF_TERMS = (date(2025, 10, 27), date(2026, 2, 16), date(2026, 5, 25))
SCHOOL_YEAR = SchoolCalendar(
    covers=(date(2025, 9, 1), date(2026, 8, 31)),
    terms=(
        Term(date(2025, 9, 3), date(2025, 12, 19)),
        Term(date(2026, 1, 5), date(2026, 3, 27)),
        Term(date(2026, 4, 13), date(2026, 7, 21)),
    ),
    not_school=(
        *(
            NotSchool(date.fromordinal(monday.toordinal() + i), DayKind.HOLIDAY)
            for monday in HALF_TERMS
            for i in range(5)
        ),
        NotSchool(date(2026, 2, 23), DayKind.INSET),
    ),
    bank_holidays=bank_holidays(2025, 2026),
)
ADDED_UP = ("absence.codes", "suspensions", "penalty_notices", "suspension.first_day")
SIMPLE = [(d, p) for d, p in DUTIES if d.started_by not in ADDED_UP]


@pytest.mark.parametrize(
    ("duty", "pack"), SIMPLE, ids=[f"{d.id}, {d.started_by}, {p.key}" for d, p in SIMPLE]
)
def test_every_example_is_what_the_program_answers(duty: Duty, pack: Pack) -> None:
    case = {} if duty.only_if is None else dict([duty.only_if])
    attributes: dict[str, object] = {"board_case": "permanent"} | case
    # Compulsory school age ends on the last Friday in June only.
    day = date(2026, 6, 26) if duty.id == "S19_EXIT" else date(2026, 2, 12)
    found = clocks({duty.started_by: day}, attributes, SCHOOL_YEAR, None, pack)
    (clock,) = [one for one in found if one.duty == duty]

    said = re.findall(r"^- \*\*For example:\*\* (.*)$", section_of(duty), flags=re.MULTILINE)

    if clock.due is None:
        assert said == []
        return
    (example_said,) = said
    assert f": {written_with_weekday(day)}." in example_said
    assert example_said.endswith(f"The day reached is {written_with_weekday(clock.due)}.")


@pytest.mark.parametrize(
    ("duty", "started_by", "first", "reached"),
    [
        # After Thursday 12 February: 13, 24 to 27 February, 2 March; the 23rd is an INSET day.
        ("DAY6_PEX", "permanent_exclusion.on", "12 February", "Monday 2 March 2026"),
        ("DAY6_SUSP", "suspension.first_day", "12 February", "Friday 27 February 2026"),
        # Absent from Monday 9 February: 9 to 13, 24 to 27 February, 2 March.
        ("REG_ATT_RETURN", "absence.codes", "9 February", "Monday 2 March 2026"),
        # Ill from 2 February: 2 to 13 are ten days, 24 to 27 four, 2 March the fifteenth.
        ("REG_SICK_CONSEC", "absence.codes", "2 February", "Monday 2 March 2026"),
        # Eight days from 3 November 2025, then 2, 3, 4, 5, 6, 9, 10 February.
        ("REG_SICK_TOTAL", "absence.codes", "3 November", "Tuesday 10 February 2026"),
        # Twenty days from 2 February: ten, 24 to 27 February, 2 to 6 March, 9 March.
        ("REG_DEL_UNEXPL", "absence.codes", "2 February", "Monday 9 March 2026"),
        # One day: 13, 24, 25, 26, 27 February.
        ("REG_N_TO_O", "absence.codes", "12 February", "Friday 27 February 2026"),
        # Eight sessions from 9 February, the ninth and tenth on 9 March.
        ("PN_SESSIONS", "absence.codes", "9 February", "Monday 9 March 2026"),
        # The older of two notices was issued on 4 November 2024.
        ("PN_MAX", "penalty_notices", "4 November", "Thursday 4 November 2027"),
    ],
)
def test_the_examples_that_add_up_are_right_by_hand(
    duty: str, started_by: str, first: str, reached: str
) -> None:
    (one,) = [d for d, _ in NATIONS if (d.id, d.started_by) == (duty, started_by)]

    (said,) = re.findall(r"\*\*For example:\*\* (.*)", section_of(one))

    assert f" {first} 202" in said
    assert said.endswith(f"The day reached is {reached}.")


def test_an_example_in_school_days_says_what_was_left_out() -> None:
    (pex,) = [d for d, _ in NATIONS if d.id == "DAY6_PEX"]

    assert (
        "Not counted: 16 February 2026 to 20 February 2026 (school holiday); "
        "23 February 2026 (INSET day)."
    ) in section_of(pex)


def test_a_duty_of_another_pack_has_no_example_in_the_nations() -> None:
    (refer,) = load("leeds").duties

    assert example(refer) is None
    assert example(refer, load("leeds")) is not None


def test_the_request_for_ones_own_data_says_when_it_stands_still_and_takes_longer() -> None:
    (sar,) = [d for d, _ in NATIONS if d.id == "SAR"]
    text = section_of(sar)

    assert (
        "- **Stands still between:** the day on which the authority asked what it needs "
        "(`sar.clarification_asked_on`) and the day on which it was told what it needs "
        "(`sar.clarification_given_on`), since 1 February 2026\n"
    ) in text
    assert (
        "- **Longer:** 3 months with the day on which the person was told that it takes longer "
        "(`sar.extended_on`)\n"
    ) in text


def test_what_ends_a_duty_is_listed_in_words() -> None:
    (outcome,) = [d for d, _ in NATIONS if d.id == "INYEAR_OUTCOME"]

    assert (
        "- **Ends with:** the day on which the parent was told the outcome in writing "
        "(`in_year.outcome_on`) or the day on which a school place was allocated "
        "(`place.allocated_on`)\n"
    ) in section_of(outcome)


def test_an_act_is_shown_as_not_in_force_and_authorities_by_name() -> None:
    act = PAGE.partition("## Acts that are not in force\n")[2].partition("\n## ")[0]
    local = PAGE.partition("## Rules of single authorities\n")[2].partition("\n## ")[0]

    assert load("act_2026").commencement_note in act
    assert "It would take the place of `SAO_NOTICE`.\n" in act
    headed = re.findall(r"^### ([^`\n]*)$", local, flags=re.MULTILINE)
    assert headed == ["Coventry", "Gloucestershire", "Leeds"]
    for key in ("coventry", "gloucestershire", "leeds"):
        assert f"Source: {load(key).cites}.\n" in local
        assert f"{load(key).note} " in local


@pytest.mark.parametrize("one", NUMBERS.values(), ids=list(NUMBERS))
def test_every_number_is_in_the_last_table(one: Number) -> None:
    table = PAGE.partition("## Numbers that are no clocks\n")[2].strip().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]

    (row,) = [row for row in rows if row[0] == f"`{one.id}`"]

    assert len(row) == len(rows[0]) == 6
    assert row[1].startswith(one.title)
    assert one.note in row[1]
    assert row[2] == f"{one.value} {one.unit}"
    assert row[3] == one.cites
    assert row[5] == f"{one.confidence}. {one.confidence.caution}".removesuffix(". ")


def test_the_same_page_is_made_every_time() -> None:
    assert page() == PAGE
    assert not re.search(r"\bNone\b|\bUnit\.|\bReading\.", PAGE)
