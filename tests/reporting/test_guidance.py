"""Which edition governed on a day, what it replaced, what is to come, and our own beside it."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import LocalRules, Team
from onroll.office.casework.actions import cases
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.reporting.models import OwnPolicy
from onroll.office.reporting.queries.guidance import Guidance, Subject, guidance_on
from onroll.statute.editions import EXPECTED, SUBJECTS, governing
from tests import actors
from tests.reporting.conftest import shown

TODAY = date(2026, 11, 27)
IN_2017, IN_2020 = date(2017, 3, 3), date(2020, 3, 3)


@pytest.fixture
def mona(manager: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.ONROLL_REQUIRE_MFA = False
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return actors.signed_in(manager)


def of(found: Guidance, key: str) -> Subject:
    return next(subject for subject in found.subjects if subject.key == key)


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
@pytest.mark.parametrize("day", [IN_2020, date(2024, 8, 18), date(2024, 8, 19), TODAY])
def test_the_edition_of_the_day_is_the_one_that_the_law_library_gives(
    db: None, subject: str, day: date
) -> None:
    found = guidance_on(day, TODAY, subject=subject)

    assert [one.national for one in found.subjects] == (
        [governing(subject, day)] if found.subjects else []
    )


def test_an_edition_says_what_it_replaced_and_what_came_later(db: None) -> None:
    now, then = (of(guidance_on(day, TODAY), "children_missing") for day in (TODAY, IN_2020))

    assert now.national is not None
    assert now.replaced is not None
    assert (now.national.key, now.replaced.key) == (
        "children_missing_2025",
        "children_missing_2024",
    )
    assert [edition.key for edition in now.earlier] == [
        "children_missing_2024", "children_missing_2016",
    ]  # fmt: skip
    assert then.replaced is None
    assert [edition.key for edition in then.later] == [
        "children_missing_2024", "children_missing_2025",
    ]  # fmt: skip


def test_a_review_is_marked_once_its_day_has_passed(db: None) -> None:
    before, after = guidance_on(IN_2017, TODAY), guidance_on(IN_2020, TODAY)

    assert not of(before, "children_missing").is_review_due
    assert of(after, "children_missing").is_review_due
    assert (before.reviews_due, after.reviews_due) == (0, 1)


def test_changes_are_expected_from_today_on_and_not_of_a_day_gone_by(db: None) -> None:
    keys = {one.key for subject in guidance_on(TODAY, TODAY).subjects for one in subject.expected}

    assert "send_reform" in keys
    assert guidance_on(IN_2020, TODAY).expected == 0


def test_what_one_authority_expects_and_publishes_stands_apart_unless_it_is_this_one(
    db: None,
) -> None:
    def told() -> tuple[set[str], set[str], set[str]]:
        found = guidance_on(TODAY, TODAY)
        own = {one.title for subject in found.subjects for one in subject.own}
        return own, {e.key for e in found.others}, {e.key for e in found.others_expect}

    own, others, others_expect = told()
    LocalRules.objects.create(pack="coventry", starts_on=date(2020, 9, 1))
    as_coventry = told()

    assert own == set()
    assert {"coventry_eotas", "leeds_guide_21"} <= others
    assert others_expect == {"coventry_eotas_policy", "new_burdens"}
    assert "Policy on extended absence from school" in as_coventry[0]
    assert as_coventry[1] == others - {
        "coventry_report", "coventry_extended_absence", "coventry_eotas",
    }  # fmt: skip
    assert as_coventry[2] == set()


def test_every_change_that_is_expected_is_somewhere_on_the_page(mona: Client) -> None:
    page = shown(mona.get("/reports/guidance/"))

    for one in EXPECTED:
        assert one.title.replace("'", "&#x27;") in page


def test_the_page_shows_force_review_cautions_and_earlier_editions(mona: Client) -> None:
    page = shown(mona.get("/reports/guidance/", {"on": "3 March 2020"}))

    assert "In force on 3 March 2020" in page
    assert "Review is past" in page
    assert "Guidance, not statutory" in page
    assert "Read in a report of the source, not in the source itself." in page
    assert "Later, from 19 August 2024" in page
    assert "Expected to change" not in page


def test_what_changed_in_the_last_year_is_listed_with_our_own(mona: Client) -> None:
    for key, starts_on in (("new", date(2026, 9, 1)), ("old", date(2024, 9, 1))):
        OwnPolicy.objects.create(
            key=key, subject="attendance", title=f"Our {key} policy", edition="1",
            starts_on=starts_on,
        )  # fmt: skip

    page = shown(mona.get("/reports/guidance/"))

    assert "9 July 2026: Working together to improve school attendance, July 2026" in page
    assert "1 September 2026: Our new policy, 1" in page
    assert "1 September 2024: Our old policy" not in page


def test_a_case_leads_to_the_guidance_of_the_day_on_which_it_was_opened(
    child: Child, team: Team, manager: Actor, mona: Client
) -> None:
    opened = cases.open_case(
        kind="cme", child=child, team=team.pk, owner=manager.pk, by=manager, on=date(2026, 3, 5)
    )

    page = shown(mona.get(f"/cases/{opened.ref}/"))

    assert (
        '<a href="/reports/guidance/?on=2026-03-05">In force when this case was opened</a>' in page
    )
    assert "In force on 5 March 2026" in shown(mona.get("/reports/guidance/?on=2026-03-05"))


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(mona: Client) -> None:
    page = shown(mona.get("/reports/guidance/", {"on": "31 February 2024"}))

    assert "must be a real date" in page
    assert "In force today, 27 November 2026" in page


def test_a_subject_without_a_source_on_a_day_says_so(mona: Client) -> None:
    page = shown(mona.get("/reports/guidance/", {"on": "1 January 1950", "subject": "information"}))

    assert "Nothing is known of this subject" in page


def test_whoever_runs_reports_sees_it_and_a_school_s_user_does_not(mona: Client) -> None:
    alice, bob, mallory = map(actors.signed_in, (actors.alice(), actors.bob(), actors.mallory()))

    seen = [person.get("/reports/guidance/").status_code for person in (alice, bob, mallory)]

    assert seen == [200, 200, 403]
