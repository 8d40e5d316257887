"""How many held posts of a category on a day, however the posts were titled."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from onroll.office.accounts import queries
from onroll.office.accounts.actions import posts as actions
from onroll.office.accounts.actions.loads import load_organisation
from onroll.office.accounts.actions.rows import Organisation, PostRow, Span, TeamRow, UserRow
from onroll.office.accounts.models import Membership, User
from onroll.office.demo.organisation import organisation
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.reporting.reports import Question, by_key
from onroll.office.schools.models import School
from tests import actors

pytestmark = pytest.mark.django_db

APRIL = date(2018, 4, 1)
CATEGORY = "attendance_officer"
WHOLE, HALF = Decimal(1), Decimal("0.5")


def _post(title: str, holder: str, since: date, share: Decimal = WHOLE, **more: object) -> PostRow:
    return PostRow(
        title=title,
        category=str(more.get("category", CATEGORY)),
        employer=str(more.get("employer", "authority")),
        established_on=date(2010, 1, 1),
        holders=[(holder, Span(since, more.get("until")), share, "")],  # type: ignore[arg-type]
    )


@pytest.fixture
def posts() -> tuple[int, ...]:
    rows = [
        _post("Education Welfare Officer", "Ann", date(2012, 1, 1)),
        _post("Attendance Improvement Officer", "Ben", date(2015, 1, 1), HALF),
        _post("School Attendance Officer", "Ben", date(2016, 1, 1), HALF),
        _post("Welfare Officer", "Cat", date(2017, 1, 1), employer="school"),
        _post("Welfare Officer", "Dan", date(2012, 1, 1), until=date(2018, 3, 31)),
        _post("Analyst", "Eve", date(2012, 1, 1), category="analyst"),
    ]
    organisation = Organisation(
        posts=rows, recordings=[(f"posts.{CATEGORY}", date(2017, 9, 1), "")]
    )
    return load_organisation(organisation=organisation, by=PROGRAM).posts


def test_posts_of_different_titles_count_together_and_a_person_counts_once(
    posts: tuple[int, ...],
) -> None:
    count = queries.headcount(CATEGORY, APRIL)

    assert (count.number, count.full_time_equivalent) == (3, Decimal(3))
    assert count.holders == ("Ann", "Ben", "Cat")
    assert count.by_employer == (("The authority", 2, Decimal(2)), ("A school", 1, Decimal(1)))
    assert count.caveat == ""


@pytest.mark.parametrize(
    ("on", "number", "has_caveat"),
    [
        (date(2013, 4, 1), 0, True),
        (date(2018, 4, 1), 5, False),
        (date(2023, 5, 1), 7, False),
    ],
)
def test_the_demonstration_council_answers_how_many_officers_it_had(
    db: None, on: date, number: int, *, has_caveat: bool
) -> None:
    school = School.objects.create(name="Riverside", la_code="999")
    load_organisation(organisation=organisation(school=school.pk), by=PROGRAM)
    report = by_key("posts")
    assert report is not None

    answer = report.answer(Question(as_at=on, known_at=None, by=PROGRAM))
    (row,) = [row for row in answer.rows if row["category"] == CATEGORY]
    (count,) = [count for count in queries.headcounts(on) if count.category == CATEGORY]

    assert (row["headcount"], count.number) == (number, number)
    assert f"Attendance officer {number}" in answer.headline
    caveat = str(row["note"])
    assert ("this post did not exist" in caveat) is has_caveat
    assert (caveat in answer.notes) is has_caveat
    assert ("note", "Note") in answer.columns
    called = "" if not number else "Local authority attendance officer"
    assert row["posts"] == called


def test_those_whom_the_authority_employs_are_counted_apart(posts: tuple[int, ...]) -> None:
    assert queries.headcount(CATEGORY, APRIL, employer="authority").number == 2


def test_a_day_before_recording_began_carries_its_caveat(posts: tuple[int, ...]) -> None:
    count = queries.headcount(CATEGORY, date(2016, 4, 1))

    assert count.number == 3
    assert "Recording began on 1 September 2017" in count.caveat


def test_a_holder_recorded_later_changes_what_is_known_now_and_not_what_was_known_then(
    posts: tuple[int, ...],
) -> None:
    load_organisation(
        organisation=Organisation(posts=[_post("Officer", "Flo", date(2014, 1, 1))]),
        by=PROGRAM,
        as_it_happened=True,
    )

    now = queries.headcount(CATEGORY, APRIL)
    then = queries.headcount(CATEGORY, APRIL, known_at=datetime(2018, 4, 2, tzinfo=UTC))

    assert now.number == 4
    assert then.holders == ("Flo",)


def test_a_post_is_not_held_before_it_was_established_or_twice_by_one_person(
    posts: tuple[int, ...],
) -> None:
    anne, post = actors.person("Anne", "administrator"), queries.post(posts[0])

    with pytest.raises(Faulty, match="established later"):
        actions.hold_post(post=post, holder="Gus", starts_on=date(2009, 1, 1), by=anne)
    with pytest.raises(Faulty, match="already holds this post"):
        actions.hold_post(post=post, holder="Ann", starts_on=date(2020, 1, 1), by=anne)


def test_only_an_administrator_records_who_holds_a_post(posts: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="Only an administrator"):
        actions.hold_post(
            post=queries.post(posts[0]), holder="Gus", starts_on=APRIL, by=actors.alice()
        )

    assert queries.headcount(CATEGORY, APRIL).number == 3


def test_a_loaded_organisation_is_known_from_its_own_days_when_asked(db: None) -> None:
    rows = Organisation(
        services=[("Education", "")],
        teams=[TeamRow(key="cme", name="CME", services=[("Education", Span(date(2019, 1, 1)))])],
        users=[
            UserRow(
                email="ann@example.org",
                name="Ann",
                roles={"cme_officer": Span(date(2019, 1, 1))},
                teams={"cme": Span(date(2019, 1, 1))},
            )
        ],
    )

    loaded = load_organisation(
        organisation=rows, by=PROGRAM, password="four words so unrelated", as_it_happened=True
    )

    ann = User.objects.get(pk=loaded.users["ann@example.org"])
    assert ann.check_password("four words so unrelated")
    assert queries.actor_for(ann, date(2019, 1, 1)).teams == {loaded.teams["cme"]}
    assert queries.actor_for(ann, date(2018, 12, 31)).roles == frozenset()
    known = datetime(2019, 6, 1, tzinfo=UTC)
    assert Membership.objects.on(date(2019, 6, 1), known).count() == 1


def test_a_load_that_names_no_such_role_writes_nothing(db: None) -> None:
    row = UserRow(email="x@example.org", name="X", roles={"wizard": Span(APRIL)})

    with pytest.raises(Faulty, match="no such roles: wizard"):
        load_organisation(organisation=Organisation(users=[row]), by=PROGRAM)

    assert not User.objects.exists()


def test_letters_carry_the_team_s_own_numbers_and_the_authority_s_where_it_has_none(
    db: None,
) -> None:
    rows = Organisation(
        authority={
            "name": "Ashcombe",
            "address": "1 High Street\nAshcombe",
            "email": "a@example.org",
            "telephone": "01632 960000",
            "po_box": "PO Box 1",
        },
        teams=[TeamRow(key="cme", name="CME team", email="cme@example.org")],
    )
    load_organisation(organisation=rows, by=PROGRAM)

    head = queries.letterhead(queries.team("cme"))

    assert head.lines == ("PO Box 1", "1 High Street", "Ashcombe")
    assert (head.email, head.telephone) == ("cme@example.org", "01632 960000")
