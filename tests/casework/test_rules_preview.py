"""What other local rules would change on open cases is shown before they are chosen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onroll.office.accounts.models import LocalRules, Team
from onroll.office.accounts.queries import rules
from onroll.office.casework.actions import cases, work
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import standings
from onroll.office.casework.queries.rules_preview import Preview, address_of
from onroll.office.casework.queries.rules_preview import preview as preview_of
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.provision.models import HomeEducation
from onroll.office.schools.models import Enrolment, School
from onroll.statute import packs
from tests import actors
from tests.casework.own_rules import own_packs, proposed, text, write

__all__ = ["own_packs"]

TODAY = actors.TODAY
OPENED = date(2026, 2, 2)
Add = Callable[..., Child]
As = Callable[[Actor], Client]


@pytest.fixture
def ada(db: None) -> Actor:
    """An administrator who also manages a team: may change the rules and sees every case."""
    return actors.person("Ada", "administrator", "team_manager")


@pytest.fixture
def admin(db: None) -> Actor:
    """An administrator and nothing else, who opens no child's record."""
    return actors.person("Adam", "administrator")


def shown(actor: Actor, asked: rules.Proposed) -> Preview:
    before = rules.pack_on().pack
    after = rules.pack_proposed(asked, before)
    assert after is not None
    return preview_of(actor, asked, TODAY, before=before, after=after)


def says(found: Preview) -> list[tuple[str, list[str]]]:
    return [(str(one.child), [f"{t.clock} {t.says}".strip() for t in one.told])
            for one in found.listed]  # fmt: skip


def test_a_clock_with_less_time_falls_earlier_and_may_be_overdue_by_it(
    case: Case, ada: Actor
) -> None:
    found = shown(ada, proposed())

    assert says(found) == [
        (
            "Amelia Khan",
            [
                "Ring the family would fall 30 days earlier, on 12 February 2026 and not "
                "14 March 2026, and be overdue"
            ],
        )
    ]
    assert (found.looked_at, found.changed, found.late) == (1, 1, 1)
    (line,) = found.lines
    assert (line.title, line.begins, line.ends, line.moves, line.late) == (
        "Ring the family", 0, 0, 1, 1,
    )  # fmt: skip


def test_a_clock_of_the_former_rules_ends_and_one_of_the_new_begins(case: Case, ada: Actor) -> None:
    ended = shown(ada, proposed("national"))
    LocalRules.objects.update(pack="national")
    begun = shown(ada, proposed("fast"))

    assert says(ended)[0][1] == ["Ring the family would end: due on 14 March 2026"]
    assert says(begun)[0][1] == ["Ring the family would begin: overdue since 12 February 2026"]
    assert begun.late == 1


def test_a_clock_that_has_stopped_is_counted_and_nobody_has_to_look_at_it(
    case: Case, ada: Actor, alice: Actor
) -> None:
    cases.move(case=case, move="trace", by=alice, on=date(2026, 2, 6))

    found = shown(ada, proposed())

    assert (found.changed, found.done) == (0, 1)
    assert found.is_nothing


def test_other_limits_say_which_children_and_cases_would_be_listed(case: Case, ada: Actor) -> None:
    found = shown(ada, proposed("slow", quiet_after=60))

    assert says(found)[0][1] == [
        "would no longer be listed as “no action for 14 days”: last action on 2 February 2026"
    ]
    assert not found.differ


def test_a_child_whom_nobody_has_seen_is_listed_under_any_limit(case: Case, ada: Actor) -> None:
    assert shown(ada, proposed("slow", seen_within=3)).is_nothing


def test_a_child_seen_between_two_limits_is_listed_under_one(
    case: Case, ada: Actor, alice: Actor
) -> None:
    work.contact(
        case=case, on=date(2026, 2, 24), channel="visit", with_whom="parent", result="reached",
        account="At home.", child_seen=True, by=alice,
    )  # fmt: skip

    found = shown(ada, proposed("slow", seen_within=5))

    assert says(found)[0][1] == [
        "would be listed as “not seen for 5 days”: last seen or spoken to on 24 February 2026"
    ]


def test_children_are_counted_otherwise_with_a_case_and_without(
    case: Case, add: Add, school: School, ada: Actor
) -> None:
    at_home, part_time, whole = add("Ben", "Osei"), add("Chen", "Li"), add("Dora", "May")
    HomeEducation.objects.create(child=at_home, starts_on=OPENED)
    for child, is_part_time in ((part_time, True), (whole, False), (case.child, True)):
        Enrolment.objects.create(
            child=child, school=school, starts_on=OPENED, is_part_time=is_part_time
        )

    found = shown(ada, proposed("wide"))

    assert says(found) == [
        ("Amelia Khan", ["would be counted as missing education here (part time timetable)"]),
        ("Chen Li", ["would be counted as missing education here (part time timetable)"]),
        ("Ben Osei", ["would be counted as missing education here (home education not assessed)"]),
    ]
    assert (found.more.all, found.more.without_a_case, found.fewer.all) == (3, 2, 0)
    assert [one.case for one in found.listed] == [case, None, None]


@pytest.mark.parametrize("grounds", [[ground] for ground in packs.LOCAL_GROUNDS])
def test_asking_about_few_children_finds_whom_asking_about_all_would(
    add: Add, school: School, ada: Actor, alice: Actor, tmp_path: Path, grounds: list[str]
) -> None:
    at_home, part_time, lost = add("Ben", "Osei"), add("Chen", "Li"), add("Dora", "May")
    HomeEducation.objects.create(child=at_home, starts_on=OPENED)
    for child, is_part_time in ((part_time, True), (lost, False)):
        Enrolment.objects.create(
            child=child, school=school, starts_on=OPENED, is_part_time=is_part_time
        )
    people.conclude_whereabouts(
        child=lost, conclusion="unknown", starts_on=OPENED, by=alice, on=TODAY
    )
    write(tmp_path, "other", days=40, counts=tuple(grounds))

    found = shown(ada, proposed("other"))

    children = list(Child.objects.all())
    before = {pk: one.local_cme for pk, one in standings(children, TODAY).items()}
    LocalRules.objects.update(pack="other")
    after = {pk: one.local_cme for pk, one in standings(children, TODAY).items()}
    assert {one.child.pk for one in found.listed} == {
        pk for pk in before if before[pk] != after[pk]
    }


def test_the_days_before_whereabouts_count_as_unknown_are_compared_too(
    add: Add, school: School, ada: Actor, alice: Actor, tmp_path: Path
) -> None:
    lost = add()
    Enrolment.objects.create(child=lost, school=school, starts_on=OPENED)
    people.conclude_whereabouts(
        child=lost, conclusion="unknown", starts_on=OPENED, by=alice, on=TODAY
    )
    write(tmp_path, "now", days=40, counts=("whereabouts_unknown",))
    later = (tmp_path / "now.toml").read_text().replace('"now"', '"later"')
    counts = 'also_counts = ["whereabouts_unknown"]'
    (tmp_path / "later.toml").write_text(
        later.replace(counts, f"{counts}\nwhereabouts_unknown_days = 90")
    )
    LocalRules.objects.update(pack="now")

    found = shown(ada, proposed("later"))

    assert (found.more.all, found.fewer.all) == (0, 1)


def test_a_sealed_child_is_neither_counted_nor_listed_but_for_the_cleared(
    case: Case, ada: Actor
) -> None:
    people.seal(child=case.child, reason="Refuge", by=actors.dave(), on=TODAY)
    cleared = actors.person("Cleo", "administrator", "cme_coordinator")

    kept, known = shown(ada, proposed()), shown(cleared, proposed())

    assert (kept.looked_at, kept.changed, kept.unlisted, kept.done) == (0, 0, 0, 0)
    assert not kept.listed
    assert not kept.lines
    assert [one.case for one in known.listed] == [case]


def test_a_sealed_child_without_a_case_is_counted_for_the_cleared_alone(
    add: Add, school: School, ada: Actor
) -> None:
    child = add()
    Enrolment.objects.create(child=child, school=school, starts_on=OPENED, is_part_time=True)
    people.seal(child=child, reason="Refuge", by=actors.dave(), on=TODAY)
    cleared = actors.person("Cleo", "administrator", "cme_coordinator")

    assert shown(ada, proposed("wide")).is_nothing
    assert shown(cleared, proposed("wide")).more.all == 1


def test_whoever_opens_no_record_has_the_totals_and_no_names(
    case: Case, admin: Actor, as_: As
) -> None:
    page = text(as_(admin), proposed())

    assert "Your roles open no record of this child" in page
    assert "Open cases that would change" in page
    assert case.ref not in page
    assert "Amelia" not in page
    assert not Event.objects.filter(verb="children.viewed").exists()


def test_the_page_names_both_packs_and_the_day_and_its_look_is_journalled(
    case: Case, ada: Actor, as_: As
) -> None:
    page = text(as_(ada), proposed(starts_on=date(2026, 3, 2)))

    assert "<h1>Ashcombe fast in place of Ashcombe slow, from 2 March 2026</h1>" in page
    assert case.ref in page
    assert "Amelia Khan" in page
    assert "Switch from 2 March 2026" in page
    look = Event.objects.get(verb="children.viewed")
    assert look.children == [case.child_id]
    assert look.data["page"] == "casework:rules_preview"
    assert LocalRules.objects.get().pack == "slow"


def test_an_address_says_only_what_differs_from_now(ada: Actor, as_: As) -> None:
    page = as_(ada).get(reverse("casework:rules_preview")).content.decode()

    assert "Nothing: these are the rules that you have." in page
    assert "There is nothing to switch." in page


@pytest.mark.parametrize(
    "query",
    [
        "pack=nowhere",
        "from=2026-02-31",
        "from=",
        "seen=0",
        "seen=x",
        "seen=366",
        "quiet=9999999999",
    ],
)
def test_an_address_that_says_nothing_that_can_be_is_not_found(
    ada: Actor, as_: As, query: str
) -> None:
    assert as_(ada).get(f"{reverse('casework:rules_preview')}?{query}").status_code == 404


@pytest.mark.parametrize("role", ["analyst", "team_manager", "cme_coordinator", "school_user"])
def test_only_who_may_change_the_rules_may_look_at_others(
    case: Case, as_: As, role: str, team: Team
) -> None:
    person = actors.person("Bob", role, team=team)

    answer = as_(person).get(address_of(proposed()))

    assert answer.status_code == 403
    assert "Amelia" not in answer.content.decode()


def test_nothing_is_sent_to_the_page_itself(ada: Actor, as_: As) -> None:
    assert as_(ada).post(address_of(proposed())).status_code == 405


def test_fifty_stand_on_a_page(add: Add, alice: Actor, ada: Actor, as_: As, team: Team) -> None:
    for n in range(51):
        child = add(f"Child{chr(97 + n // 26)}{chr(97 + n % 26)}", "Many")
        cases.open_case(kind="cme", child=child, team=team.pk, by=alice, on=OPENED)

    first = text(as_(ada), proposed())
    second = as_(ada).get(f"{address_of(proposed())}&page=2").content.decode()

    assert "1 to 50 of 51 cases and children" in first
    assert second.count("onroll-name") == 1


def test_the_page_asks_as_much_for_many_cases_as_for_few(
    add: Add, case: Case, alice: Actor, ada: Actor, as_: As, team: Team
) -> None:
    client = as_(ada)
    client.get(address_of(proposed("wide", quiet_after=9)))
    with CaptureQueriesContext(connection) as few:
        client.get(address_of(proposed("wide", quiet_after=9)))
    for name in ("Ben", "Chen", "Dora", "Ela"):
        cases.open_case(kind="cme", child=add(name, "Osei"), team=team.pk, by=alice, on=OPENED)

    with CaptureQueriesContext(connection) as many:
        client.get(address_of(proposed("wide", quiet_after=9)))

    assert len(many) == len(few)
