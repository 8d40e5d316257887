"""What may stand in a pack's file, and every way in which it can be at fault."""

from datetime import date

import pytest

from onroll.statute.counting import Reading, Unit
from onroll.statute.duties import clocks
from onroll.statute.duty import Limit
from onroll.statute.packs import load, read_pack
from onroll.statute.reading import FaultyInput
from onroll.statute.sources import Confidence
from tests.statute.year_2026 import YEAR_2026

DUTY: dict[str, object] = {
    "id": "OURS_CALL",
    "title": "Telephone the family",
    "started_by": "family.asked_on",
    "n": 2,
    "unit": "working_day",
    "who": "authority",
    "cites": "Our procedure",
}
PACK: dict[str, object] = {"key": "ours", "title": "Ashcombe"}


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in DUTY.items() if name != key}


def faults_of(pack: dict[str, object]) -> list[str]:
    with pytest.raises(FaultyInput) as raised:
        read_pack(PACK | pack)
    return [str(fault) for fault in raised.value.faults]


def test_what_a_pack_leaves_out_is_read_as_the_cautious_thing() -> None:
    pack = read_pack(PACK | {"duty": [DUTY]})

    (duty,) = pack.duties
    assert (pack.act, pack.replaces, pack.also_counts) == (False, (), ())
    assert pack.whereabouts_unknown_days == 0
    assert (pack.authority_code, pack.since, pack.until) == (None, None, None)
    assert duty.confidence is Confidence.LOCAL
    assert (duty.jurisdiction, duty.authority) == ("local", "Ashcombe")
    assert duty.limit == Limit(2, Unit.WORKING_DAY, Reading.AFTER)
    assert duty.is_deadline
    assert duty.stopped_by == ()


def test_a_pack_is_read_in_full() -> None:
    pack = read_pack(
        PACK
        | {
            "authority_code": "998",
            "cites": "Our procedure",
            "note": "Not checked.",
            "since": date(2025, 9, 1),
            "until": "2026-08-31",
            "local_cme": {
                "also_counts": ["part_time_timetable", "destination_unknown"],
                "whereabouts_unknown_days": 10,
                "cites": "Our procedure, section 2",
            },
        }
    )

    assert pack.authority_code == "998"
    assert (pack.since, pack.until) == (date(2025, 9, 1), date(2026, 8, 31))
    assert pack.also_counts == ("part_time_timetable", "destination_unknown")
    assert pack.whereabouts_unknown_days == 10
    assert pack.local_cites == "Our procedure, section 2"
    assert (pack.cites, pack.note) == ("Our procedure", "Not checked.")


def test_coventry_says_from_how_many_days_a_case_is_an_extended_one() -> None:
    assert load("coventry").whereabouts_unknown_days == 10
    assert load("leeds").whereabouts_unknown_days == 0


@pytest.mark.parametrize(
    ("unit", "reading", "due"),
    [
        # From Monday 2 March; 6 March is an INSET day and no bank holiday.
        ("school_day", "after", date(2026, 3, 10)),  # 3, 4, 5, 9, 10
        ("school_day", "beginning_with", date(2026, 3, 9)),  # 2, 3, 4, 5, 9
        ("school_day", "before", date(2026, 2, 23)),  # 27, 26, 25, 24, 23 February
        ("working_day", "after", date(2026, 3, 9)),  # 3, 4, 5, 6, 9
        ("calendar_day", "after", date(2026, 3, 7)),
        ("calendar_day", "before", date(2026, 2, 25)),
        ("school_week", "after", date(2026, 4, 26)),  # 9, 16, 23 March, 13, 20 April
        ("month", "after", date(2026, 8, 2)),
        ("month", "beginning_with", date(2026, 8, 1)),
    ],
)
def test_a_pack_may_count_in_every_unit(unit: str, reading: str, due: date) -> None:
    pack = read_pack(PACK | {"duty": [DUTY | {"n": 5, "unit": unit, "reading": reading}]})

    (clock,) = clocks({"family.asked_on": "2026-03-02"}, {}, YEAR_2026, None, pack)

    assert clock.due == due


def test_a_pack_may_count_terms() -> None:
    pack = read_pack(PACK | {"duty": [DUTY | {"n": 1, "unit": "term"}]})

    (clock,) = clocks({"family.asked_on": "2026-03-02"}, {}, YEAR_2026, None, pack)

    assert clock.due == date(2026, 7, 21)


def test_words_may_stand_in_the_place_of_a_number() -> None:
    words = {name: value for name, value in DUTY.items() if name not in ("n", "unit")}
    pack = read_pack(PACK | {"duty": [words | {"says": "at once"}]})

    (clock,) = clocks({"family.asked_on": "2026-03-02"}, {}, YEAR_2026, None, pack)

    assert (clock.due, clock.limit_says) == (None, "at once")


@pytest.mark.parametrize(
    ("pack", "fault"),
    [
        ({"titel": "Ours"}, "titel: is not a key that is known here. Did you mean title or until?"),
        ({"key": "  "}, "key: '  ' is not text. Put the words in quotation marks."),
        ({"title": 7}, "title: 7 is not text. Put the words in quotation marks."),
        (
            {"authority_code": 331},
            "authority_code: is not an authority's number. "
            'Write three digits in quotation marks, such as "831".',
        ),
        (
            {"authority_code": "33"},
            "authority_code: is not an authority's number. "
            'Write three digits in quotation marks, such as "831".',
        ),
        ({"act": "yes"}, "act: 'yes' is neither true nor false. Write true or false."),
        ({"since": "1 September"}, "since: '1 September' is not a date. Write it as 2026-03-05."),
        ({"until": "2026-02-30"}, "until: there is no such day as 2026-02-30. Correct the date."),
        (
            {"act": True, "authority_code": "331"},
            "act: is not one authority's. Leave out authority_code and local_cme, or act.",
        ),
        (
            {"act": True, "local_cme": {"also_counts": ["destination_unknown"]}},
            "act: is not one authority's. Leave out authority_code and local_cme, or act.",
        ),
        (
            {"replaces": ["SAO_NOTICE"]},
            "replaces: is not for an authority's pack. "
            "Only the pack of an Act takes the place of national duties.",
        ),
        (
            {"act": True, "replaces": [""]},
            "replaces[0]: '' is not text. Put the words in quotation marks.",
        ),
        (
            {"act": True, "replaces": "SAO_NOTICE"},
            "replaces: 'SAO_NOTICE' is not a list. Write it in square brackets.",
        ),
        ({"duty": DUTY}, "duty: "),
        ({"local_cme": []}, "local_cme: [] is not an object. Write it in curly brackets."),
        (
            {"local_cme": {"counts": []}},
            "local_cme.counts: is not a key that is known here. Did you mean also_counts?",
        ),
        (
            {"local_cme": {"whereabouts_unknown_days": "ten"}},
            "local_cme.whereabouts_unknown_days: 'ten' is not a whole number of 0 or more. "
            "Give the number in figures.",
        ),
        (
            {"local_cme": {"whereabouts_unknown_days": -1}},
            "local_cme.whereabouts_unknown_days: -1 is not a whole number of 0 or more. "
            "Give the number in figures.",
        ),
        (
            {"duty": [DUTY, DUTY | {"title": "Again"}]},
            "duty: OURS_CALL is there twice. Keep one entry for each id and starting fact.",
        ),
    ],
)
def test_a_pack_at_fault_is_told_what_to_do(pack: dict[str, object], fault: str) -> None:
    (found,) = faults_of(pack)

    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("duty", "fault"),
    [
        (without("title"), "duty[0].title: null is not text."),
        (without("who"), "duty[0].who: null is not text."),
        (without("cites"), "duty[0].cites: null is not text."),
        (without("id"), "duty[0].id: null is not text."),
        (without("started_by"), "duty[0].started_by: null is not text."),
        (without("n"), "duty[0].n: null is not a whole number of 1 or more."),
        (without("unit"), "duty[0].unit: null is not allowed here."),
        (DUTY | {"n": 0}, "duty[0].n: 0 is not a whole number of 1 or more."),
        (DUTY | {"n": 40_000}, "duty[0].n: 40000 is too large."),
        (DUTY | {"unit": "week"}, "duty[0].unit: 'week' is not allowed here."),
        (DUTY | {"reading": "within"}, "duty[0].reading: 'within' is not allowed here."),
        (DUTY | {"id": "ours"}, "duty[0].id: 'ours' is not an id."),
        (DUTY | {"started_by": "asked"}, "duty[0]: 'asked' is not the key of a fact."),
        (DUTY | {"stopped_by": ["Family.called"]}, "duty[0]: 'Family.called' is not the key"),
        (DUTY | {"stopped_by": [7]}, "duty[0]: 7 is not the key of a fact."),
        (DUTY | {"stopped_by": "family.called_on"}, "duty[0].stopped_by: 'family.called_on' is"),
        (DUTY | {"says": "at once"}, "duty[0].says: stands beside a count. Keep says, or n and"),
        (without("n") | {"says": "at once"}, "duty[0].says: stands beside a count."),
        (
            {k: v for k, v in DUTY.items() if k not in ("n", "unit")} | {"says": ""},
            "duty[0].says: '' is not text.",
        ),
        (
            DUTY | {"unit": "term", "reading": "beginning_with"},
            "duty[0].reading: terms are counted after the day. Leave it out.",
        ),
        (
            DUTY | {"unit": "month", "reading": "before"},
            "duty[0].reading: months are not counted back. Count days instead.",
        ),
        (
            DUTY | {"unit": "month", "reading": "ending_with"},
            "duty[0].reading: months are not counted back.",
        ),
        (DUTY | {"confidence": "sure"}, "duty[0].confidence: 'sure' is not allowed here."),
        (DUTY | {"since": "soon"}, "duty[0].since: 'soon' is not a date."),
        (DUTY | {"until": 2026}, "duty[0].until: 2026 is not a date."),
        (DUTY | {"is_deadline": 0}, "duty[0].is_deadline: 0 is neither true nor false."),
        (DUTY | {"days": 3}, "duty[0].days: is not a key that is known here."),
    ],
)
def test_a_duty_at_fault_is_named_by_its_place(duty: dict[str, object], fault: str) -> None:
    (found,) = faults_of({"duty": [duty]})

    assert found.startswith(fault)


def test_an_act_cannot_rest_on_one_authoritys_word() -> None:
    local = DUTY | {"confidence": "local"}

    said = "duty[0].confidence: an Act is nobody's local rule. Say how sure it is."
    assert faults_of({"act": True, "duty": [DUTY]}) == [said]
    assert faults_of({"act": True, "duty": [local]}) == [said]
    sure = DUTY | {"confidence": "recalled"}
    assert read_pack(PACK | {"act": True, "duty": [sure]}).duties[0].jurisdiction == "national"


def test_two_duties_of_one_id_may_start_from_different_facts() -> None:
    other = DUTY | {"started_by": "family.moved_on"}

    assert len(read_pack(PACK | {"duty": [DUTY, other]}).duties) == 2
