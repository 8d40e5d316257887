"""Posts, and who held them from when to when."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from onroll.office.accounts import policy
from onroll.office.accounts.actions.details import stretched, written_from
from onroll.office.accounts.models import Post, PostDetail, PostHolding, User
from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty

POST_WRITTEN = verb("accounts.post_written", "wrote down a post of {category}", "category")
POST_HELD = verb(
    "accounts.post_held", "said who holds a post from {starts_on}", "starts_on", "ends_on"
)
POST_LEFT = verb("accounts.post_left", "said that a post was left after {ends_on}", "ends_on")
HOLDING_WITHDRAWN = verb("accounts.post_holding_withdrawn", "withdrew a holder of a post")

WHOLE = Decimal(1)


@transaction.atomic
def save_post(
    *,
    title: str,
    category: str,
    employer: str,
    established_on: date,
    by: Actor,
    on: date,
    team_id: int | None = None,
    abolished_on: date | None = None,
    post: Post | None = None,
    starts_on: date | None = None,
    source: str = "",
) -> Post:
    """Establish a post, or change what is written about one from a day on.

    `starts_on` is the day from which the title, category, employer and team are so: the day the
    post was established where they were wrong from the beginning. Left out, that day for a new
    post and today for another. What was counted for days before does not change.
    """
    policy.can_edit(by).require()
    if abolished_on is not None and abolished_on < established_on:
        raise Faulty(("abolished_on", "The last day must be the first day or later"))
    if post is not None:
        _refuse_holders_outside(post, established_on, abolished_on)
    detail: dict[str, Any] = {
        "title": title,
        "category": category,
        "employer": employer,
        "team_id": team_id,
    }
    existence = {"established_on": established_on, "abolished_on": abolished_on}
    if post is None:
        post = Post.objects.create(**detail, **existence)
        facts.state(
            PostDetail,
            by=by,
            post=post,
            starts_on=established_on,
            ends_on=abolished_on,
            source=source,
            **detail,
        )
    else:
        stretched(PostDetail, {"post": post}, first=established_on, last=abolished_on, by=by)
        first_day = max(starts_on or on, established_on)
        if abolished_on is not None:
            first_day = min(first_day, abolished_on)
        written_from(
            PostDetail,
            {"post": post},
            starts_on=first_day,
            by=by,
            on=max(on, established_on),
            source=source,
            **detail,
        )
        latest = PostDetail.objects.as_known().filter(post=post).latest("starts_on")
        now = {name: getattr(latest, name) for name in detail}
        Post.objects.filter(pk=post.pk).update(**now, **existence)
    record(POST_WRITTEN, by=by, subject=post, category=category)
    return post


def _refuse_holders_outside(post: Post, established_on: date, abolished_on: date | None) -> None:
    held = PostHolding.objects.as_known().filter(post=post)
    if held.filter(starts_on__lt=established_on).exists():
        raise Faulty(
            ("established_on", "Somebody held the post before that day: withdraw that first")
        )
    if abolished_on is not None:
        later = PostHolding.objects.during(abolished_on + timedelta(days=1), date.max)
        if later.filter(post=post).exists():
            raise Faulty(("abolished_on", "Somebody holds the post after that day: end that first"))


@transaction.atomic
def hold_post(
    *,
    post: Post,
    holder: str,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    full_time_equivalent: Decimal = WHOLE,
    user: User | None = None,
    source: str = "",
) -> PostHolding:
    """Record that somebody held a post; before this program many had no sign-in, only a name."""
    policy.can_edit(by).require()
    if ends_on is not None and ends_on < starts_on:
        raise Faulty(("ends_on", "The last day must be the first day or later"))
    if starts_on < post.established_on:
        raise Faulty(("starts_on", "The post was established later than that"))
    if post.abolished_on is not None and (ends_on or date.max) > post.abolished_on:
        raise Faulty(("ends_on", "The post was abolished before that"))
    clash = PostHolding.objects.during(starts_on, ends_on or date.max)
    if clash.filter(post=post, holder=holder).exists():
        raise Faulty(("holder", "This person already holds this post in that time"))
    held = facts.state(
        PostHolding,
        by=by,
        post=post,
        user=user,
        holder=holder,
        full_time_equivalent=full_time_equivalent,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    record(POST_HELD, by=by, subject=post, starts_on=starts_on, ends_on=ends_on)
    return held


@transaction.atomic
def leave_post(*, holding: PostHolding, ends_on: date, by: Actor) -> None:
    """Record the last day on which somebody held a post."""
    policy.can_edit(by).require()
    if ends_on < holding.starts_on:
        raise Faulty(("ends_on", "The last day must be the first day or later"))
    facts.end(holding, on=ends_on, by=by)
    record(POST_LEFT, by=by, subject=holding.post, ends_on=ends_on)


@transaction.atomic
def withdraw_holding(*, holding: PostHolding, by: Actor) -> None:
    """Stop believing that somebody held a post: it was recorded in error."""
    policy.can_edit(by).require()
    facts.supersede(holding, by=by, replace=False)
    record(HOLDING_WITHDRAWN, by=by, subject=holding.post)
