"""Posts and who held them on a day, counted under one category however they were titled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from onroll.office.accounts import roles
from onroll.office.accounts.models import Post, PostDetail, PostHolding, Recording
from onroll.office.accounts.queries.authority import recording_caveat
from onroll.office.kernel.decision import Unknown

NOUGHT = Decimal(0)
SERIES = "posts."  # before a category, the series that is recorded


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people held posts of a category on a day, and what must be said of the number."""

    category: str
    on: date
    number: int
    full_time_equivalent: Decimal
    holders: tuple[str, ...]
    caveat: str
    by_employer: tuple[tuple[str, int, Decimal], ...]  # (employer in words, people, FTE)
    titles: tuple[str, ...] = ()  # what the posts are called, vacant ones too


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post as it was on a day with those who held it then."""

    post: Post
    detail: PostDetail
    holdings: tuple[PostHolding, ...]

    @property
    def is_vacant(self) -> bool:
        return not self.holdings


def category_title(category: str) -> str:
    """Return a category in words: a role's title where it is one."""
    role = roles.BY_KEY.get(category)
    return role.title if role else category.replace("_", " ").capitalize()


def categories() -> list[tuple[str, str]]:
    """Return the categories that can be counted: the roles of staff, and any in use."""
    used = set(PostDetail.objects.values_list("category", flat=True).distinct())
    staff = {r.key for r in roles.ROLES if not r.is_schools}
    return sorted(((key, category_title(key)) for key in used | staff), key=lambda pair: pair[1])


def headcount(
    category: str, on: date, known_at: datetime | None = None, *, employer: str | None = None
) -> Headcount:
    """Return how many people held posts of a category on that day, as known then or now.

    A post counts as what it was on that day, whatever it has become since. Somebody who held two
    such posts is one person. A caveat is given for a day before recording began: the number is
    then only what has been recorded since.
    """
    held = [
        (h, detail)
        for h, detail in _held(on, known_at)
        if detail.category == category and employer in (None, detail.employer)
    ]
    return _counted(category, on, held)


def headcounts(on: date, known_at: datetime | None = None) -> list[Headcount]:
    """Return the headcount of every category that has a post or a holder on that day, or whose
    recording began at some time: that nobody is recorded before it is then said with its caveat.
    """
    details = _details(on, known_at)
    series = Recording.objects.filter(series__startswith=SERIES).values_list("series", flat=True)
    by_category: dict[str, list[Held]] = {name.removeprefix(SERIES): [] for name in series}
    titles: dict[str, set[str]] = {}
    for detail in details.values():
        by_category.setdefault(detail.category, [])
        titles.setdefault(detail.category, set()).add(detail.title)
    for holding, detail in _held(on, known_at, details):
        by_category.setdefault(detail.category, []).append((holding, detail))
    counted = [
        _counted(category, on, found, titles.get(category, ()))
        for category, found in by_category.items()
    ]
    return sorted(counted, key=lambda count: category_title(count.category))


Held = tuple[PostHolding, PostDetail]


def _details(on: date, known_at: datetime | None) -> dict[int, PostDetail]:
    """Return what each post was on a day, as known then or now; those that were not, left out."""
    found = PostDetail.objects.on(on, known_at).select_related("post", "team")
    return {detail.post_id: detail for detail in found}


def _held(
    on: date, known_at: datetime | None, details: dict[int, PostDetail] | None = None
) -> list[Held]:
    known = _details(on, known_at) if details is None else details
    holdings = PostHolding.objects.on(on, known_at).order_by("holder")
    return [(h, known[h.post_id]) for h in holdings if h.post_id in known]


def _counted(category: str, on: date, held: list[Held], titles: Iterable[str] = ()) -> Headcount:
    by_employer = []
    for key, title in Post.Employer.choices:
        theirs = [h for h, detail in held if detail.employer == key]
        if theirs:
            time = sum((h.full_time_equivalent for h in theirs), NOUGHT)
            by_employer.append((str(title), len(_people(theirs)), time))
    holdings = [h for h, _ in held]
    return Headcount(
        category=category,
        on=on,
        number=len(_people(holdings)),
        full_time_equivalent=sum((h.full_time_equivalent for h in holdings), NOUGHT),
        holders=tuple(sorted({h.holder for h in holdings})),
        caveat=recording_caveat(f"{SERIES}{category}", on),
        by_employer=tuple(by_employer),
        titles=tuple(sorted(titles)),
    )


def _people(held: list[PostHolding]) -> set[object]:
    # Before this program many had no sign-in: then the name stands for the person.
    return {h.user_id if h.user_id is not None else h.holder for h in held}


def posts_on(on: date, known_at: datetime | None = None) -> list[PostLine]:
    """Return the posts that existed on that day as they were then, each with who held it."""
    details = _details(on, known_at)
    held: dict[int, list[PostHolding]] = {}
    for holding, _ in _held(on, known_at, details):
        held.setdefault(holding.post_id, []).append(holding)
    found = sorted(details.values(), key=lambda d: (category_title(d.category), d.title, d.post_id))
    return [PostLine(post=d.post, detail=d, holdings=tuple(held.get(d.post_id, ()))) for d in found]


def post_history(post: Post) -> list[PostDetail]:
    """Return what is believed of a post on all its days, newest first."""
    found = PostDetail.objects.as_known().filter(post=post).select_related("team")
    return list(found.order_by("-starts_on"))


def post(pk: int) -> Post:
    """Return one post. Raises Unknown."""
    found = Post.objects.filter(pk=pk).select_related("team").first()
    if found is None:
        raise Unknown("There is no such post.")
    return found


def post_holding(pk: int) -> PostHolding:
    """Return one current belief that somebody holds a post. Raises Unknown."""
    found: PostHolding | None = (
        PostHolding.objects.as_known().filter(pk=pk).select_related("post").first()
    )
    if found is None:
        raise Unknown("There is no such holder of a post.")
    return found
