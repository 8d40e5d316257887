"""Every clock that the law starts, against examples worked by hand from the law.

The examples are the tables of the folder `worked`, written to be read by those who do this work.
"""

from collections import Counter

import pytest

from onroll.statute.duties import PRACTICE, Clock, clocks, duties
from onroll.statute.packs import load
from tests.statute.worked_examples import (
    Example,
    days_counted,
    marks_of,
    read_calendars,
    read_examples,
)

CALENDARS = read_calendars()
EXAMPLES = read_examples()
PACKS = ("national", "coventry", "leeds", "gloucestershire", "act_2026")

# The ids of the table of rule parameters that start from an event, a line or two for each file.
LINES = (
    "REG_NEW_PUPIL REG_DELETE_RETURN REG_DEL_LEAVE REG_DEL_SUPPOSED REG_KEEP REG_BACKUP CTF_SEND",
    "REG_ATT_RETURN REG_SICK_CONSEC REG_SICK_TOTAL REG_DEL_UNEXPL REG_N_TO_O",
    "PN_SESSIONS PN_EARLY_PAY PN_FINAL_PAY PN_MAX NTI_MIN NTI_MAX",
    "DAY6_PEX PEX_FUND_DATE DAY6_SUSP EX_CAP",
    "EX_NOTIFY_PARENT EX_NOTIFY_LA_ALL EX_NOTIFY_SW_VSH",
    "EX_S104_NOTICE EX_PUBLIC_PLACE EX_PROV_DETAIL",
    "GB_PEX GB_OVER15 GB_EXAM GB_6_15_REPS GB_LE5_REPS",
    "IRP_APPLY IRP_HEAR IRP_PAPERS IRP_RECONSIDER IRP_DECISION IRP_TRAIN POST_DEEMED",
    "SAO_NOTICE SAO_CHOICE SAO_SCHOOL_OBJ ESO_LENGTH ESO_EXT ESO_REASONS",
    "INYEAR_OUTCOME INYEAR_AIM FAP_ALLOC FAP_OUT FAP_CINCP",
    "S19_HEALTH S19_EXIT OFFSITE_NOTICE OFFSITE_REVIEW EOTAS_PB_REVIEW",
    "FOI FOI_REVIEW_ASK SAR",
    "CME_LEEDS_REFER CME_GLOS_VISIT CME_GLOS_REFER EQA_CLAIM TSM_CADENCE",
    "CNIS_HOME CNIS_PARENT_INFO CNIS_PROVIDER_UPD CNIS_PREV_ADDR CNIS_CP_LOOKBACK SAO_NEW_PRELIM",
)
IDS = frozenset(duty for line in LINES for duty in line.split())


def clocks_of(example: Example) -> list[Clock]:
    """The clocks of the example's duty that its first fact starts."""
    calendar = CALENDARS[example.calendar]
    facts = dict(example.facts)
    if example.register:
        facts["absence.codes"] = marks_of(example, calendar)
    pack = load(example.pack)
    beside = PRACTICE if example.pack == "national" else ()
    found = clocks(facts, example.attributes, calendar, example.on, pack, beside)
    return [
        clock
        for clock in found
        if clock.id == example.id
        and clock.duty.started_by == example.started_by
        and example.n in (None, clock.n)
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.says for example in EXAMPLES])
def test_every_example_worked_by_hand(example: Example) -> None:
    found = clocks_of(example)

    if example.absent:
        assert found == []
        return
    (clock,) = found
    assert (clock.due, clock.needs) == (example.due, example.needs)
    assert (clock.status, clock.stopped_on) == (example.status, example.stopped_on)
    assert clock.n == (example.n or 1)
    assert clock.started_on == (example.starts_on or clock.started_on)
    if example.counting:
        assert sorted(clock.counted) == sorted(days_counted(example.counting, clock.started_on))
    if example.skipped is not None:
        assert [skip.on for skip in clock.skipped] == example.skipped
    assert all(skip.why for skip in clock.skipped)


def test_every_example_gives_one_answer_and_has_words_of_its_own() -> None:
    assert [example.says for example in EXAMPLES if example.answers != 1] == []
    assert [says for says, n in Counter(e.says for e in EXAMPLES).items() if n > 1] == []
    assert all(example.law for example in EXAMPLES)


def test_every_id_of_the_law_has_four_examples() -> None:
    worked = Counter(example.id for example in EXAMPLES)

    assert {duty: worked[duty] for duty in IDS if worked[duty] < 4} == {}


def test_every_duty_of_a_pack_is_among_the_ids_of_the_law() -> None:
    known = {duty.id for pack in PACKS for duty in duties(load(pack))}

    assert known == IDS


def test_a_counting_that_names_a_wrong_day_is_noticed() -> None:
    (example,) = (e for e in EXAMPLES if e.says.startswith("Excluded on the last Friday before"))
    (clock,) = clocks_of(example)

    assert days_counted(example.counting, clock.started_on) == list(clock.counted)
    for wrong in ("Tue 23 Feb 1", "Mon 23 Feb 2", "Mon 23 to Fri 27 Feb 1-4", "23 February"):
        with pytest.raises(AssertionError):
            days_counted(wrong, clock.started_on)
