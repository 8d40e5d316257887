"""What counts as evidence of a duty, by whom it is counted, by team and by school."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from onroll import office
from onroll.office.accounts.actions.structure import save_service
from onroll.office.accounts.models import Team
from onroll.office.casework.actions import cases, work
from onroll.office.casework.models import (
    Case,
    Contact,
    Deadline,
    Document,
    Letter,
    LetterTemplate,
)
from onroll.office.cme.models import MissingEducation
from onroll.office.journal.verbs import all_verbs
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.reporting.queries import shares
from onroll.office.reporting.queries.acts import TRACED, Asked, count_acts
from onroll.office.reporting.queries.duties import asked_here, entry_of, register
from onroll.office.reporting.queries.periods import Period
from onroll.office.reporting.queries.standing import Standing, standings
from onroll.office.reporting.queries.traces import WORDS
from onroll.office.schools.models import Enrolment, School
from onroll.statute import packs
from onroll.statute.responsibilities import RESPONSIBILITIES
from tests import actors
from tests.casework.referral_answers import a_school, refer

OPENED, TODAY = date(2026, 2, 2), date(2026, 3, 5)
TERM = Period(date(2026, 1, 5), date(2026, 3, 27), "This term")
BEFORE = Period(date(2025, 9, 3), date(2025, 12, 19), "The autumn term")
A_DAY = timedelta(days=1)


@pytest.fixture
def school(db: None) -> School:
    return a_school()


@pytest.fixture
def case(child: Child, team: Team, school: School, manager: Actor) -> Case:
    opened = cases.open_case(
        kind="cme", child=child, owner=manager.pk, team=team.pk, by=manager, on=OPENED
    )
    MissingEducation.objects.filter(case=opened).update(last_school=school)
    return opened


def visit(case: Case, by: Actor, on: date, corrects: Contact | None = None) -> Contact:
    return work.contact(
        case=case, channel="visit", with_whom="child", result="spoke", account="Seen.", by=by,
        on=on, corrects=corrects,
    )  # fmt: skip


def counted(verb: str, by: Actor, period: Period = TERM) -> int:
    return count_acts(Asked(by, period), [verb])[verb]


def test_every_act_that_a_responsibility_names_can_be_counted_and_has_words() -> None:
    for found in pkgutil.walk_packages(office.__path__, "onroll.office."):
        if ".actions" in found.name:
            importlib.import_module(found.name)
    named = {act for entry in RESPONSIBILITIES for act in entry.acts}

    assert named <= WORDS.keys()
    assert WORDS.keys() | TRACED <= {verb.key for verb in all_verbs()}


def test_a_contact_counts_once_by_the_day_on_which_it_took_place(
    case: Case, manager: Actor
) -> None:
    made = visit(case, manager, date(2026, 2, 9))
    visit(case, manager, date(2026, 2, 10), corrects=made)

    assert counted("cases.contact", manager) == 1
    assert counted("cases.contact", manager, BEFORE) == 0
    a_day = Period(date(2026, 2, 9), date(2026, 2, 9), "One day")
    assert counted("cases.contact", manager, a_day) == 1


def test_an_act_that_leaves_no_dated_row_counts_in_the_journal_by_the_day_of_writing(
    db: None,
) -> None:
    admin = actors.person("Ada", "administrator")
    today = clock.today()
    now, ago = Period(today, today, "Today"), Period(TODAY, TODAY, "Long ago")

    save_service(name="Inclusion", by=admin, on=TODAY)

    assert counted("accounts.structure_written", admin, now) == 1
    assert counted("accounts.structure_written", admin, ago) == 0


def test_the_first_state_of_a_case_is_no_move(case: Case, manager: Actor) -> None:
    before = counted("cases.moved", manager)

    cases.move(case=case, move="trace", by=manager, on=OPENED + A_DAY)

    assert (before, counted("cases.moved", manager)) == (0, 1)


def test_a_sealed_child_is_in_no_count_of_those_not_cleared(
    case: Case, child: Child, school: School, manager: Actor
) -> None:
    carol = actors.carol()
    visit(case, manager, date(2026, 2, 9))
    Enrolment.objects.create(
        child=child, school=school, starts_on=date(2024, 9, 1), ends_on=date(2026, 1, 30),
        deletion_ground="j",
    )  # fmt: skip
    Deadline.objects.create(
        case=case, duty="ASHCOMBE_FIRST_ACTION", started_by="referral.received_on",
        started_on=OPENED, due_on=OPENED,
    )  # fmt: skip
    acts = ["cases.contact", "cases.opened", "cases.allocated", "cme.begun", "roll.removed"]

    def found(by: Actor) -> tuple[list[int], int]:
        clocks = standings(Asked(by, TERM), TODAY, packs.NATIONAL)
        return [counted(act, by) for act in acts], sum(one.total for one in clocks.values())

    everybody = found(manager)
    people.seal(child=child, reason="At risk", by=actors.dave(), on=TODAY)

    assert everybody[0] == [1, 1, 1, 1, 1]
    assert everybody[1] > 0
    assert found(manager) == ([0, 0, 0, 0, 0], 0)
    assert found(carol) == everybody
    assert not shares.by_team(
        entry_of("informal_enquiries", by=manager, period=TERM, today=TODAY).asked,
        by=manager, period=TERM, today=TODAY,
    )  # fmt: skip


CLOSED = {"closed_on": date(2026, 2, 20), "outcome": "not_cme", "state": "closed"}


@pytest.mark.parametrize(
    ("row", "of_the_case", "stands"),
    [
        ({"due_on": TODAY, "stopped_on": TODAY}, {}, Standing(in_time=1)),
        ({"due_on": TODAY - A_DAY, "stopped_on": TODAY}, {}, Standing(late=1)),
        ({"due_on": TODAY - A_DAY}, {}, Standing(overdue=1)),
        ({"due_on": TODAY}, {}, Standing(running=1)),
        ({"due_on": None}, {}, Standing(running=1)),  # at once, by no number of days
        ({"due_on": None, "needs": "Term dates needed"}, {}, Standing(uncounted=1)),
        ({"due_on": None, "stopped_on": TODAY}, {}, Standing(uncounted=1)),
        ({"due_on": TODAY - A_DAY, "is_deadline": False}, {}, Standing(uncounted=1)),
        ({"due_on": TODAY - A_DAY}, CLOSED, Standing(lapsed=1)),
        ({"due_on": OPENED, "stopped_on": OPENED}, CLOSED, Standing(in_time=1)),
    ],
)
def test_each_clock_stands_in_one_way(
    case: Case, manager: Actor, row: dict[str, object], of_the_case: dict[str, object],
    stands: Standing,
) -> None:  # fmt: skip
    Deadline.objects.all().delete()
    given = {"started_on": OPENED, "started_by": "case.opened_on", "duty": "X"} | row
    Deadline.objects.create(case=case, **given)
    Case.objects.filter(pk=case.pk).update(**of_the_case)

    found = standings(Asked(manager, TERM), TODAY, packs.NATIONAL)

    assert found == {"X": stands}
    assert stands.total == 1


@pytest.mark.parametrize(
    ("started", "stopped", "closed", "is_in"),
    [
        (date(2025, 12, 1), None, None, True),
        (date(2025, 12, 1), date(2025, 12, 8), None, False),
        (date(2025, 12, 1), TERM.first, None, True),
        (date(2025, 12, 1), None, date(2025, 12, 20), False),
        (TERM.last, None, None, True),
        (TERM.last + A_DAY, None, None, False),
    ],
)
def test_a_clock_counts_that_ran_on_a_day_of_the_period(
    case: Case, manager: Actor, started: date, stopped: date | None, closed: date | None,
    is_in: bool,
) -> None:  # fmt: skip
    Deadline.objects.all().delete()
    Deadline.objects.create(
        case=case, duty="X", started_by="case.opened_on", started_on=started, due_on=TODAY,
        stopped_on=stopped,
    )  # fmt: skip
    if closed is not None:
        given = CLOSED | {"closed_on": closed, "opened_on": date(2025, 11, 1)}
        Case.objects.filter(pk=case.pk).update(**given)

    found = standings(Asked(manager, TERM), TODAY, packs.NATIONAL)

    assert ("X" in found) is is_in


def test_a_school_s_time_to_refer_counts_on_each_referral_of_the_period(
    school: School, manager: Actor
) -> None:
    for late in (0, 3, 8, None):
        given = refer(school_id=school.pk, on=date(2026, 2, 9))
        type(given).objects.filter(pk=given.pk).update(days_late=late)
    pack = packs.load("example")

    found = standings(Asked(manager, TERM), TODAY, pack)
    rule = next(one for one in asked_here(pack) if one.key == "rule_ashcombe_refer")

    assert found["ASHCOMBE_REFER"] == Standing(in_time=1, late=2)
    assert standings(Asked(manager, BEFORE), TODAY, pack) == {}
    assert rule.duties == ("ASHCOMBE_REFER",)


def test_letters_count_that_were_issued_and_stand(case: Case, manager: Actor) -> None:
    template = LetterTemplate.objects.get(key="first_letter", is_current=True)
    document = Document.objects.create(
        case=case, title="L", filename="l.pdf", media_type="application/pdf", size=1, digest="0",
        content=b"", scan="ours", on=OPENED,
    )  # fmt: skip
    for state, more in (
        ("draft", {}),
        ("issued", {"issued_on": date(2026, 2, 9), "document": document}),
        ("issued", {"issued_on": date(2025, 10, 9), "document": document}),
        ("withdrawn", {"issued_on": date(2026, 2, 9), "withdrawn_on": TODAY,
                       "why_withdrawn": "Wrong name"}),
    ):  # fmt: skip
        Letter.objects.create(
            case=case, template=template, recipient="A parent", subject="S", body="B",
            written_on=OPENED, state=state, **more,
        )  # fmt: skip

    found = entry_of("informal_enquiries", by=manager, period=TERM, today=TODAY)

    assert found.evidence.letters[template.title] == 1
    (share,) = shares.by_team(found.asked, by=manager, period=TERM, today=TODAY)
    assert (share.name, share.letters) == ("Children missing education", 1)


def test_acts_and_clocks_are_told_by_team_and_by_school(
    case: Case, school: School, manager: Actor
) -> None:
    visit(case, manager, date(2026, 2, 9))
    refer(school_id=school.pk, on=date(2026, 2, 9))
    entry = next(one for one in RESPONSIBILITIES if one.key == "leeds_school_refers")
    Deadline.objects.create(
        case=case, duty="CME_LEEDS_REFER", started_by="child_aware.missing_on",
        started_on=OPENED, due_on=TODAY - A_DAY,
    )  # fmt: skip

    def asked(found: Callable[..., list[shares.Share]]) -> shares.Share:
        (share,) = found(entry, by=manager, period=TERM, today=TODAY)
        return share

    of_school, of_team = asked(shares.by_school), asked(shares.by_team)
    assert (of_school.name, of_school.school) == (school.name, school.pk)
    assert of_school.acts == {"referrals.received": 1}
    assert of_school.standing == of_team.standing == Standing(overdue=1)
    assert of_team.name == "Children missing education"


def test_what_no_school_is_asked_is_not_told_by_school(case: Case, manager: Actor) -> None:
    entry = next(one for one in RESPONSIBILITIES if one.key == "informal_enquiries")
    visit(case, manager, date(2026, 2, 9))

    assert shares.by_school(entry, by=manager, period=TERM, today=TODAY) == []


def test_every_entry_can_be_told_by_act_by_team_and_by_school(case: Case, manager: Actor) -> None:
    asked = {"by": manager, "period": TERM, "today": TODAY}

    for entry in register(**asked):
        assert entry_of(entry.asked.key, **asked) == entry
        shares.by_team(entry.asked, **asked)
        shares.by_school(entry.asked, **asked)
