"""What an officer is told would change if one pack took another's place."""

from dataclasses import replace
from datetime import date

from onroll.statute.counting import Reading, Unit
from onroll.statute.differences import Difference, differences, in_words
from onroll.statute.duties import NATIONAL_DUTIES
from onroll.statute.duty import Limit
from onroll.statute.packs import NATIONAL, Pack, load
from tests.statute.test_packs_of_acts import ACT, IN_FORCE

LEEDS = load("leeds")
REFER = LEEDS.duties[0]
FOUR_WEEKS = (
    "28 calendar days, counted from the day after, which is day 1, by the school, "
    "from 1 November 2024"
)


def found(before: Pack, after: Pack) -> list[tuple[str, str]]:
    return [(one.what, one.id) for one in differences(before, after)]


def test_a_pack_differs_in_nothing_from_itself() -> None:
    for pack in (NATIONAL, LEEDS, ACT, load("coventry")):
        assert differences(pack, pack) == ()


def test_a_duty_that_the_second_adds_is_told_with_its_count_and_source() -> None:
    assert differences(NATIONAL, LEEDS) == (
        Difference("duty added", REFER.id, REFER.title, "", FOUR_WEEKS, REFER.cites),
    )


def test_a_duty_that_only_the_first_has_would_go() -> None:
    assert differences(LEEDS, NATIONAL) == (
        Difference("duty removed", REFER.id, REFER.title, FOUR_WEEKS, "", REFER.cites),
    )


def test_the_act_takes_one_duty_away_and_adds_its_own() -> None:
    assert found(NATIONAL, ACT) == [
        ("duty removed", "SAO_NOTICE"),
        ("duty added", "CNIS_HOME"),
        ("duty added", "CNIS_PARENT_INFO"),
        ("duty added", "CNIS_PROVIDER_UPD"),
        ("duty added", "CNIS_PREV_ADDR"),
        ("duty added", "CNIS_CP_LOOKBACK"),
        ("duty added", "SAO_NEW_PRELIM"),
    ]


def test_from_its_day_the_act_shortens_the_time_of_what_it_replaces() -> None:
    notice = next(d for d in differences(NATIONAL, IN_FORCE) if d.id == "SAO_NOTICE")

    assert notice.what == "duty changed"
    assert notice.before.endswith("by the parent, from 1 November 1996")
    assert notice.after == f"{notice.before}, until 31 August 2027"


def test_another_number_is_a_change_with_both_in_words() -> None:
    longer = replace(REFER, limit=Limit(29, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH))

    (one,) = differences(LEEDS, replace(LEEDS, duties=(longer,)))

    assert (one.what, one.before) == ("duty changed", FOUR_WEEKS)
    assert one.after == (
        "29 calendar days, counted from the day itself, which is day 1, by the school, "
        "from 1 November 2024"
    )


def test_where_only_the_title_changes_both_titles_are_told() -> None:
    renamed = replace(REFER, title="Tell the authority of the child")

    (one,) = differences(LEEDS, replace(LEEDS, duties=(renamed,)))

    assert one.title == "Tell the authority of the child"
    assert one.before == f"{FOUR_WEEKS}; called: {REFER.title}"
    assert one.after == f"{FOUR_WEEKS}; called: Tell the authority of the child"


def test_a_day_after_which_nobody_is_late_any_more_is_told() -> None:
    no_deadline = replace(REFER, is_deadline=False)

    (one,) = differences(LEEDS, replace(LEEDS, duties=(no_deadline,)))

    assert one.before == f"{FOUR_WEEKS}; somebody is late after it: yes"
    assert one.after == f"{FOUR_WEEKS}; somebody is late after it: no"


def test_one_id_from_two_facts_is_two_duties() -> None:
    coventry = load("coventry")
    yearly = [d for d in coventry.duties if d.started_by == "eotas_budget.reviewed_on"]
    rest = tuple(d for d in coventry.duties if d not in yearly)

    assert found(coventry, replace(coventry, duties=rest)) == [("duty removed", "EOTAS_PB_REVIEW")]


def test_whom_an_authority_counts_is_told_by_name() -> None:
    north = load("north_yorkshire")

    assert differences(NATIONAL, north) == (
        Difference(
            "counted as missing", "irregular_attendance", "irregular attendance", "", "yes",
            north.local_cites,
        ),
        Difference(
            "counted as missing", "whereabouts_unknown", "whereabouts unknown", "", "yes",
            north.local_cites,
        ),
    )  # fmt: skip
    assert [(d.what, d.before, d.after, d.cites) for d in differences(north, NATIONAL)] == [
        ("no longer counted", "yes", "", north.local_cites),
        ("no longer counted", "yes", "", north.local_cites),
    ]


def test_what_both_count_is_no_difference() -> None:
    counting = [d for d in found(load("north_yorkshire"), load("example")) if "duty" not in d[0]]

    assert counting == [("no longer counted", "irregular_attendance")]


def test_from_how_many_days_a_case_is_extended_is_told_both_ways() -> None:
    coventry = load("coventry")

    def days(before: Pack, after: Pack) -> Difference:
        return next(d for d in differences(before, after) if d.what == "counted from")

    added, gone = days(NATIONAL, coventry), days(coventry, NATIONAL)
    assert (added.before, added.after, added.cites) == ("no number", "10", coventry.local_cites)
    assert (gone.before, gone.after, gone.cites) == ("10", "no number", coventry.local_cites)
    assert added.as_json() == {
        "what": "counted from",
        "id": "whereabouts_unknown_days",
        "title": "days of unknown whereabouts from which a case is an extended one",
        "before": "no number",
        "after": "10",
        "cites": coventry.local_cites,
    }


def test_a_duty_in_words_says_the_count_who_must_act_and_when_it_is_law() -> None:
    ended = replace(REFER, until=date(2026, 8, 31))
    words = {duty.id: in_words(duty) for duty in NATIONAL_DUTIES}

    assert in_words(ended) == f"{FOUR_WEEKS}, until 31 August 2026"
    assert words["EX_NOTIFY_LA_ALL"] == (
        "without delay, by the head teacher, from 1 September 2022"
    )
    assert words["CTF_SEND"] == (
        "15 school days, counted from the day after, which is day 1, by the school"
    )
