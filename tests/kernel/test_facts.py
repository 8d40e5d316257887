"""Facts with two dates: what held, and what was believed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.office.accounts.models import Post, PostHolding
from onroll.office.kernel import facts
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.decision import Stale

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def post() -> Post:
    return Post.objects.create(title="Officer", category="officer", established_on=DAY)


def held(post: Post, first: date, last: date | None, at: datetime | None = None) -> PostHolding:
    return facts.state(
        PostHolding, by=PROGRAM, at=at, post=post, holder="Somebody", starts_on=first, ends_on=last
    )


def test_a_fact_holds_on_its_first_and_its_last_day_and_no_other(post: Post) -> None:
    held(post, DAY, DAY + timedelta(days=3))

    days = [n for n in range(-2, 7) if PostHolding.objects.on(DAY + timedelta(days=n))]
    assert days == [0, 1, 2, 3]


def test_a_fact_without_an_end_still_holds(post: Post) -> None:
    held(post, DAY, None)

    assert PostHolding.objects.on(date(2100, 1, 1)).exists()


def test_two_current_rows_of_one_key_cannot_overlap(post: Post) -> None:
    held(post, DAY, DAY + timedelta(days=10))

    with pytest.raises(IntegrityError, match="a_post_is_held_once"), transaction.atomic():
        held(post, DAY + timedelta(days=10), None)
    held(post, DAY + timedelta(days=11), None)


def test_a_fact_cannot_end_before_it_starts(post: Post) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        held(post, DAY, DAY - timedelta(days=1))


def test_a_correction_keeps_what_was_believed_before(post: Post) -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    wrong = held(post, DAY, None, at=monday)

    facts.supersede(wrong, by=PROGRAM, at=friday, starts_on=DAY + timedelta(days=1))

    as_known_wednesday = PostHolding.objects.on(DAY, monday + timedelta(days=2))
    assert [f.pk for f in as_known_wednesday] == [wrong.pk]
    assert not PostHolding.objects.on(DAY).exists()
    assert PostHolding.objects.on(DAY + timedelta(days=1)).exists()
    assert not PostHolding.objects.on(DAY, monday - timedelta(days=1)).exists()


def test_a_correction_may_name_another_thing_by_itself_or_by_its_key(post: Post) -> None:
    other = Post.objects.create(title="Other", category="officer", established_on=DAY)

    moved = facts.supersede(held(post, DAY, None), by=PROGRAM, post=other)
    back = facts.supersede(moved, by=PROGRAM, post_id=post.pk)

    assert (moved.post_id, back.post_id) == (other.pk, post.pk)


def test_the_second_of_two_corrections_of_one_row_is_stale(post: Post) -> None:
    fact = held(post, DAY, None)
    same = PostHolding.objects.get(pk=fact.pk)
    facts.end(fact, on=DAY, by=PROGRAM)

    with pytest.raises(Stale):
        facts.end(same, on=DAY + timedelta(days=1), by=PROGRAM)


def test_everything_in_one_act_has_one_instant(post: Post) -> None:
    first = held(post, DAY, DAY)
    second = held(post, DAY + timedelta(days=1), None)
    for fact in (first, second):
        fact.refresh_from_db()

    assert first.recorded_at == second.recorded_at


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 12) | st.none(), st.integers(0, 20)),
        max_size=6,
    ),
    st.integers(-3, 60),
    st.integers(0, 25),
)
def test_any_question_agrees_with_a_plain_reading_of_the_rows(
    rows: list[tuple[int, int | None, int]], asked: int, known: int
) -> None:
    """Each row replaces those before it that overlap, as a corrected record would."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    day = DAY + timedelta(days=asked)
    with transaction.atomic():
        post = Post.objects.create(title="P", category="p", established_on=DAY)
        plain: list[list[object]] = []
        for n, (first, length, _) in enumerate(sorted(rows, key=lambda row: row[2])):
            at = start + timedelta(days=n)
            begins = DAY + timedelta(days=first)
            ends = None if length is None else begins + timedelta(days=length)
            for other in PostHolding.objects.during(begins, ends or date.max).filter(post=post):
                facts.supersede(other, by=PROGRAM, at=at, replace=False)
            for row in plain:
                if (
                    row[3] is None
                    and row[0] <= (ends or date.max)
                    and (row[1] or date.max) >= begins
                ):
                    row[3] = at
            held(post, begins, ends, at=at)
            plain.append([begins, ends, at, None])
        instant = start + timedelta(days=known)

        answer = PostHolding.objects.on(day, instant).filter(post=post).count()
        expected = sum(
            1
            for begins, ends, recorded, superseded in plain
            if begins <= day <= (ends or date.max)
            and recorded <= instant
            and (superseded is None or superseded > instant)
        )
        assert answer == expected
        transaction.set_rollback(True)


def test_the_application_cannot_make_or_drop_tables() -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("create table mine (x int)")
