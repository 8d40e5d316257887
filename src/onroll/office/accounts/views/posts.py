"""Posts, who held them, and how many there were on any day."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.accounts import policy, queries
from onroll.office.accounts.actions import posts as actions
from onroll.office.accounts.forms.organisation import HoldForm, PostForm
from onroll.office.accounts.forms.users import LastDayForm
from onroll.office.accounts.views.asking import answers, as_at, ask, show
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.forms import GovukForm


def _editor(request: OfficeRequest) -> Actor:
    actor: Actor = request.actor
    policy.can_edit(actor).require()
    return actor


def posts(request: OfficeRequest) -> HttpResponse:
    """Headcount as at a day by category, with its caveats, and every post with who held it."""
    policy.can_see_posts(request.actor).require()
    today = clock.today()
    form, on = as_at(request, today)
    context = {
        "title": "Posts and headcount",
        "form": form,
        "on": on,
        "is_today": on == today,
        "counts": [(queries.category_title(c.category), c) for c in queries.headcounts(on)],
        "lines": [(queries.category_title(p.detail.category), p) for p in queries.posts_on(on)],
    }
    return show(request, "accounts/posts.html", "accounts:posts", context)


def post_add(request: OfficeRequest) -> HttpResponse:
    """Establish a post."""
    return ask(
        request,
        PostForm(answers(request), initial={"employer": "authority"}, is_new=True),
        partial(actions.save_post, by=_editor(request), on=clock.today()),
        title="Add a post",
        done="The post has been added. Now record who holds it.",
        back=reverse("accounts:posts"),
    )


def post_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a post, or abolish it by giving its last day."""
    actor, found = _editor(request), queries.post(pk)
    fields = ("title", "category", "employer", "team_id", "established_on", "abolished_on")
    today = clock.today()
    initial = {f: getattr(found, f) for f in fields} | {"starts_on": today}
    return ask(
        request,
        PostForm(answers(request), initial=initial),
        partial(actions.save_post, post=found, by=actor, on=today),
        title=f"Change the post “{found.title}”",
        done="The post has been changed.",
        back=reverse("accounts:posts"),
    )


def post_hold(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record that somebody holds or held a post."""
    actor, found = _editor(request), queries.post(pk)

    def hold(user: int | None, **given: object) -> None:
        person = queries.user(user) if user is not None else None
        actions.hold_post(post=found, user=person, by=actor, **given)  # type: ignore[arg-type]

    return ask(
        request,
        HoldForm(answers(request), people=queries.user_choices(on=clock.today())),
        hold,
        title="Record who holds the post",
        caption=found.title,
        done="The holder has been recorded.",
        back=reverse("accounts:posts"),
    )


def post_leave(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record the last day on which somebody held a post."""
    actor, held = _editor(request), queries.post_holding(pk)
    return ask(
        request,
        LastDayForm(answers(request), initial={"ends_on": clock.today()}),
        partial(actions.leave_post, holding=held, by=actor),
        title=f"{held.holder} leaves the post",
        caption=held.post.title,
        done="The last day has been recorded.",
        back=reverse("accounts:posts"),
        submit="Record the last day",
    )


def post_withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Stop believing that somebody held a post: it was recorded in error."""
    actor, held = _editor(request), queries.post_holding(pk)
    return ask(
        request,
        GovukForm(answers(request)),
        partial(actions.withdraw_holding, holding=held, by=actor),
        title=f"{held.holder} did not hold the post",
        caption=held.post.title,
        lead="Withdraw this only if it was recorded in error. The counts of past days change with "
        "it; asked as known before today, they still have it.",
        done="The holder has been withdrawn.",
        back=reverse("accounts:posts"),
        submit="Withdraw",
        danger=True,
    )
