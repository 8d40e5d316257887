"""The authority's own policies: editions that follow one another, corrections, and who may."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale, Unknown
from onroll.office.reporting import actions
from onroll.office.reporting.models import OwnPolicy
from onroll.office.reporting.queries.guidance import edition_for, editions_of, guidance_on
from tests import actors
from tests.reporting.conftest import shown

TODAY = date(2026, 3, 5)
KEY = "missing-education"
Span = tuple[str, date, date | None]


@pytest.fixture
def carol(db: None) -> Actor:
    return actors.carol()


@pytest.fixture
def first(carol: Actor) -> OwnPolicy:
    return actions.add_policy(
        title="Missing education", subject="children_missing", edition="1",
        starts_on=date(2023, 9, 1), review_on=date(2025, 9, 1),
        address="https://council.example/cme", by=carol,
    )  # fmt: skip


def edition(name: str, starts_on: date, by: Actor, **more: Any) -> OwnPolicy:
    values: dict[str, Any] = {"title": "Missing education", "subject": "children_missing"} | more
    return actions.add_edition(key=KEY, edition=name, starts_on=starts_on, by=by, **values)


def spans() -> list[Span]:
    return [(one.edition, one.starts_on, one.ends_on) for one in reversed(editions_of(KEY))]


def correct(policy: OwnPolicy, by: Actor, **changes: object) -> OwnPolicy:
    now = {field: getattr(policy, field) for field in actions.FIELDS}
    return actions.correct_edition(policy=policy, by=by, **(now | changes))


def test_an_edition_ends_the_one_before_it_and_makes_room_for_the_one_after(
    first: OwnPolicy, carol: Actor
) -> None:
    edition("3", date(2025, 9, 1), carol)
    edition("2", date(2024, 9, 1), carol)
    edition("0", date(2022, 9, 1), carol)

    assert spans() == [
        ("0", date(2022, 9, 1), date(2023, 8, 31)),
        ("1", date(2023, 9, 1), date(2024, 8, 31)),
        ("2", date(2024, 9, 1), date(2025, 8, 31)),
        ("3", date(2025, 9, 1), None),
    ]


@pytest.mark.parametrize(
    ("moved_to", "spans_then"),
    [
        (
            date(2024, 11, 1),
            [("1", date(2023, 9, 1), date(2024, 10, 31)),
             ("2", date(2024, 11, 1), date(2025, 8, 31)), ("3", date(2025, 9, 1), None)],
        ),
        (
            date(2024, 1, 1),
            [("1", date(2023, 9, 1), date(2023, 12, 31)),
             ("2", date(2024, 1, 1), date(2025, 8, 31)), ("3", date(2025, 9, 1), None)],
        ),
        (
            date(2026, 1, 1),
            [("1", date(2023, 9, 1), date(2025, 8, 31)),
             ("3", date(2025, 9, 1), date(2025, 12, 31)), ("2", date(2026, 1, 1), None)],
        ),
        (
            date(2023, 1, 1),
            [("2", date(2023, 1, 1), date(2023, 8, 31)),
             ("1", date(2023, 9, 1), date(2025, 8, 31)), ("3", date(2025, 9, 1), None)],
        ),
    ],
)  # fmt: skip
def test_the_editions_beside_follow_a_first_day_that_is_corrected(
    first: OwnPolicy, carol: Actor, moved_to: date, spans_then: list[Span]
) -> None:
    edition("2", date(2024, 9, 1), carol)
    edition("3", date(2025, 9, 1), carol)
    second = next(one for one in editions_of(KEY) if one.edition == "2")

    correct(second, carol, starts_on=moved_to)

    assert spans() == spans_then


def test_a_correction_keeps_what_was_believed_before_and_leaves_an_event(
    first: OwnPolicy, carol: Actor
) -> None:
    corrected = correct(first, carol, note="Adopted by the cabinet member")

    assert OwnPolicy.objects.filter(key=KEY).count() == 2
    assert editions_of(KEY) == [corrected]
    told = Event.objects.filter(verb="policies.edition_corrected").get()
    assert told.data["fields"] == ["note"]
    assert "cabinet" not in str(told.data)


def test_a_correction_that_changes_nothing_leaves_nothing(first: OwnPolicy, carol: Actor) -> None:
    assert correct(first, carol) == first
    assert OwnPolicy.objects.filter(key=KEY).count() == 1


def test_an_edition_written_down_in_error_is_taken_back_and_the_one_before_goes_on(
    first: OwnPolicy, carol: Actor
) -> None:
    second = edition("2", date(2024, 9, 1), carol)

    actions.withdraw_edition(policy=second, by=carol)

    assert spans() == [("1", date(2023, 9, 1), None)]
    assert OwnPolicy.objects.filter(key=KEY).count() > 1
    with pytest.raises(Stale):
        actions.withdraw_edition(policy=second, by=carol)


def test_a_policy_that_nothing_follows_ends_after_a_day(first: OwnPolicy, carol: Actor) -> None:
    ended = actions.end_policy(policy=first, ends_on=date(2026, 1, 31), by=carol)

    found = guidance_on(TODAY, TODAY, subject="children_missing").subjects[0].own[0]
    assert ended.ends_on == date(2026, 1, 31)
    assert not found.applies
    assert not found.is_review_due


def test_a_gap_between_two_editions_stays_one(first: OwnPolicy, carol: Actor) -> None:
    actions.end_policy(policy=first, ends_on=date(2024, 1, 31), by=carol)

    edition("2", date(2024, 9, 1), carol)

    assert spans() == [
        ("1", date(2023, 9, 1), date(2024, 1, 31)),
        ("2", date(2024, 9, 1), None),
    ]


def test_what_cannot_be_so_is_refused_with_the_field(first: OwnPolicy, carol: Actor) -> None:
    second = edition("2", date(2024, 9, 1), carol)
    tries = {
        "title": lambda: actions.add_policy(
            title="Missing Education", subject="attendance", edition="1", starts_on=TODAY, by=carol
        ),
        "starts_on": lambda: edition("2b", date(2024, 9, 1), carol),
        "edition": lambda: edition(" ", TODAY, carol),
        "subject": lambda: edition("3", TODAY, carol, subject="weather"),
        "review_on": lambda: edition("3", TODAY, carol, review_on=date(2020, 1, 1)),
    }
    ends = {
        date(2024, 8, 1): second,  # before it applied
        date(2026, 1, 1): editions_of(KEY)[1],  # another came after it
    }

    for field, do in tries.items():
        with pytest.raises(Faulty) as refused:
            do()
        assert field in dict(refused.value.faults)
    for ends_on, policy in ends.items():
        with pytest.raises(Faulty):
            actions.end_policy(policy=policy, ends_on=ends_on, by=carol)


@pytest.mark.parametrize("person", ["bob", "alice", "erin", "mallory"])
def test_who_keeps_no_letters_and_reasons_keeps_no_policies(first: OwnPolicy, person: str) -> None:
    somebody = getattr(actors, person)()
    tries = [
        lambda: actions.add_policy(
            title="T", subject="attendance", edition="1", starts_on=TODAY, by=somebody
        ),
        lambda: edition("2", TODAY, somebody),
        lambda: correct(first, somebody, note="x"),
        lambda: actions.end_policy(policy=first, ends_on=TODAY, by=somebody),
        lambda: actions.withdraw_edition(policy=first, by=somebody),
    ]

    for do in tries:
        with pytest.raises(Refused):
            do()
    assert spans() == [("1", date(2023, 9, 1), None)]
    assert Event.objects.filter(verb__startswith="policies.").count() == 1


def test_a_policy_and_an_edition_that_are_not_there_are_unknown(first: OwnPolicy) -> None:
    with pytest.raises(Unknown):
        editions_of("nothing")
    with pytest.raises(Unknown):
        edition_for(KEY, first.pk + 1)


# Its pages


@pytest.fixture
def hers(carol: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.ONROLL_REQUIRE_MFA = False
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return actors.signed_in(carol)


def typed(**changes: str) -> dict[str, str]:
    return {
        "title": "Extended absence", "subject": "section_19", "edition": "2",
        "starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2025",
    } | changes  # fmt: skip


OF = f"/reports/guidance/policies/of/{KEY}/"


def test_a_policy_is_recorded_and_stands_beside_the_national_edition(hers: Client) -> None:
    answer = hers.post("/reports/guidance/policies/add/", typed(), follow=True)

    page = shown(answer)
    assert "The policy is on record." in page
    assert 'href="/reports/guidance/policies/of/extended-absence/"' in page
    assert "No review is planned." in page
    assert hers.get("/reports/guidance/policies/of/extended-absence/").status_code == 200


def test_a_form_with_a_fault_says_what_to_do_and_records_nothing(hers: Client) -> None:
    answer = hers.post("/reports/guidance/policies/add/", typed(title="", starts_on_day="32"))

    assert answer.status_code == 200
    assert "Error" in shown(answer)
    assert not OwnPolicy.objects.exists()


def test_editions_are_added_corrected_ended_and_taken_back_on_its_page(
    first: OwnPolicy, hers: Client
) -> None:
    assert "Review is past" in shown(hers.get(OF))

    added = hers.post(f"{OF}add/", typed(title="Missing education", subject="children_missing"))
    second = editions_of(KEY)[0]
    hers.post(f"{OF}{second.pk}/", typed(title="Missing education", edition="2, relaunched"))
    third = editions_of(KEY)[0]
    page = shown(hers.get(OF))

    assert added.status_code == 302
    assert "2, relaunched" in page
    assert "1 September 2023 to 31 August 2025" in page
    assert "Applies today" in page
    hers.post(f"{OF}end/", {"ends_on_day": "1", "ends_on_month": "3", "ends_on_year": "2026"})
    ended = editions_of(KEY)[0]
    assert (ended.edition, ended.ends_on) == (third.edition, date(2026, 3, 1))
    assert "End this policy" not in shown(hers.get(OF))
    hers.post(f"{OF}{ended.pk}/withdraw/")
    assert [one.edition for one in editions_of(KEY)] == ["1"]
    last = editions_of(KEY)[0]
    assert hers.post(f"{OF}{last.pk}/withdraw/")["Location"] == "/reports/guidance/"
    assert hers.get(OF).status_code == 404


def test_whoever_runs_reports_reads_a_policy_and_only_its_keepers_see_how_to_change_it(
    first: OwnPolicy, hers: Client
) -> None:
    bob, mallory = actors.signed_in(actors.bob()), actors.signed_in(actors.mallory())

    assert "Add an edition" in shown(hers.get(OF))
    assert "Add an edition" not in shown(bob.get(OF))
    assert "Record a policy" not in shown(bob.get("/reports/guidance/"))
    for path in (f"{OF}add/", f"{OF}end/", f"{OF}{first.pk}/", "/reports/guidance/policies/add/"):
        assert bob.get(path).status_code == bob.post(path, typed()).status_code == 403
    assert bob.post(f"{OF}{first.pk}/withdraw/").status_code == 403
    assert hers.get(f"{OF}{first.pk}/withdraw/").status_code == 405
    assert mallory.get(OF).status_code == 403
    assert spans() == [("1", date(2023, 9, 1), None)]


@pytest.mark.parametrize(
    ("address", "is_link"),
    [("https://council.example/x", True), ("javascript:alert(1)", False), ("Shelf 3", False)],
)
def test_only_a_web_address_becomes_a_link(
    first: OwnPolicy, carol: Actor, hers: Client, address: str, is_link: bool
) -> None:
    correct(first, carol, address=address)

    for path in (OF, "/reports/guidance/?subject=children_missing"):
        page = shown(hers.get(path))
        assert (f'href="{address}"' in page) is is_link
