"""What posts, teams and services were called and counted as, on any day and as known then."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.accounts import queries
from onroll.office.accounts.actions import posts, structure
from onroll.office.accounts.actions.loads import load_organisation
from onroll.office.accounts.actions.rows import Organisation, PostRow, Span, TeamRow
from onroll.office.accounts.models import Post, PostDetail, Service, Team
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty
from tests import actors

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
APRIL = date(2018, 4, 1)
SINCE = Span(date(2010, 1, 1))
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def anne() -> Actor:
    return actors.person("Anne", "administrator")


@pytest.fixture
def loaded() -> Any:
    return load_organisation(
        organisation=Organisation(
            services=[("Education", ""), ("Inclusion", "Education")],
            teams=[TeamRow("cme", "Missing Pupils", services=[("Inclusion", SINCE)])],
            posts=[
                PostRow("Welfare Officer", "attendance_officer", date(2010, 1, 1), team="cme",
                        holders=[("Ann", SINCE, 1, "")]),
            ],
        ),
        by=PROGRAM,
        as_it_happened=True,
    )  # fmt: skip


@pytest.fixture
def post(loaded: Any) -> Post:
    return queries.post(loaded.posts[0])


def saved(post: Post, anne: Actor, **changes: Any) -> Post:
    before = {
        name: getattr(post, name)
        for name in ("title", "category", "employer", "established_on", "abolished_on", "team_id")
    }
    posts.save_post(post=post, by=anne, on=TODAY, **{**before, **changes})
    return queries.post(post.pk)


def test_a_post_counted_as_another_from_today_stays_what_it_was_on_a_day_before(
    post: Post, anne: Actor
) -> None:
    changed = saved(post, anne, category="analyst", employer="school", title="Analyst")

    assert queries.headcount("attendance_officer", APRIL).number == 1
    assert queries.headcount("analyst", APRIL).number == 0
    assert queries.headcount("analyst", TODAY, employer="school").number == 1
    assert [c.category for c in queries.headcounts(APRIL)] == ["attendance_officer"]
    assert [line.detail.title for line in queries.posts_on(APRIL)] == ["Welfare Officer"]
    assert (changed.title, changed.category) == ("Analyst", "analyst")


def test_a_post_wrong_from_the_beginning_is_corrected_and_was_what_it_was_as_known_then(
    post: Post, anne: Actor
) -> None:
    saved(post, anne, category="analyst", starts_on=post.established_on)

    assert queries.headcount("attendance_officer", APRIL).number == 0
    assert queries.headcount("analyst", APRIL).number == 1
    assert queries.headcount("attendance_officer", APRIL, known_at=LONG_AGO).number == 1


def test_the_days_of_a_post_are_corrected_without_rewriting_what_was_known(
    post: Post, anne: Actor
) -> None:
    saved(post, anne, established_on=date(2009, 1, 1), abolished_on=None)

    assert len(queries.posts_on(date(2009, 6, 1))) == 1
    assert queries.posts_on(date(2009, 6, 1), known_at=LONG_AGO) == []
    with pytest.raises(Faulty, match="before that day"):
        saved(post, anne, established_on=date(2012, 1, 1))


def test_an_abolished_post_is_no_post_after_its_last_day(post: Post, anne: Actor) -> None:
    (line,) = queries.posts_on(TODAY)
    posts.leave_post(holding=line.holdings[0], ends_on=date(2020, 12, 31), by=anne)

    saved(post, anne, abolished_on=date(2020, 12, 31))

    assert len(queries.posts_on(date(2020, 12, 31))) == 1
    assert queries.posts_on(date(2021, 1, 1)) == []
    assert len(queries.posts_on(date(2021, 1, 1), known_at=LONG_AGO)) == 1


def test_saving_a_post_unchanged_writes_nothing_new(post: Post, anne: Actor) -> None:
    saved(post, anne)

    assert PostDetail.objects.filter(post=post).count() == 1


def test_a_change_between_two_others_holds_until_the_next(post: Post, anne: Actor) -> None:
    saved(post, anne, title="Officer", starts_on=date(2020, 1, 1))
    now = saved(post, anne, title="Adviser", starts_on=date(2015, 1, 1))

    titles = [queries.posts_on(date(year, 6, 1))[0].detail.title for year in (2012, 2016, 2021)]
    assert titles == ["Welfare Officer", "Adviser", "Officer"]
    assert now.title == "Officer"


def test_a_team_renamed_has_its_old_name_on_the_days_before(loaded: Any, anne: Actor) -> None:
    team = queries.team("cme")

    structure.save_team(
        team=team, name="Children Missing Education", starts_on=date(2024, 9, 1), by=anne, on=TODAY
    )

    def name(on: date) -> str:
        return next(line.name for g in queries.structure_on(on).groups for line in g.teams)

    assert name(date(2024, 8, 31)) == "Missing Pupils"
    assert name(date(2024, 9, 1)) == "Children Missing Education"
    assert queries.team_names(APRIL) == {team.pk: "Missing Pupils"}
    assert queries.team("cme").name == "Children Missing Education"
    assert "Missing Pupils became Children Missing Education" in {
        change.says for change in queries.changes()
    }


def test_a_service_moved_under_another_stood_where_it_stood_before(
    loaded: Any, anne: Actor
) -> None:
    inclusion = queries.service(loaded.services["Inclusion"])

    structure.save_service(
        service=inclusion, name="Belonging", part_of=None, starts_on=date(2025, 4, 1), by=anne,
        on=TODAY,
    )  # fmt: skip

    def shape(on: date) -> list[tuple[str, int]]:
        return [(group.name, group.depth) for group in queries.structure_on(on).groups]

    assert shape(date(2025, 3, 31)) == [("Education", 0), ("Inclusion", 1)]
    assert shape(date(2025, 4, 1)) == [("Belonging", 0)]
    assert Service.objects.get(pk=inclusion.pk).part_of_id is None


def test_a_name_is_not_given_from_a_day_that_has_not_come(loaded: Any, anne: Actor) -> None:
    with pytest.raises(Faulty, match="when the day has come"):
        structure.save_team(
            team=queries.team("cme"), name="CME", starts_on=date(2027, 1, 1), by=anne, on=TODAY
        )
    assert Team.objects.get(key="cme").name == "Missing Pupils"


def test_a_wrong_holder_of_a_post_is_withdrawn_on_screen_and_still_known_then(
    post: Post, anne: Actor
) -> None:
    (line,) = queries.posts_on(TODAY)
    client = Client()
    client.force_login(actors.user_of(anne), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("accounts:post_withdraw", args=[line.holdings[0].pk])

    assert address in client.get(reverse("accounts:posts")).content.decode()
    assert "did not hold the post" in client.get(address).content.decode()
    assert client.post(address).status_code == 302

    assert queries.headcount("attendance_officer", APRIL).number == 0
    assert queries.headcount("attendance_officer", APRIL, known_at=LONG_AGO).number == 1
