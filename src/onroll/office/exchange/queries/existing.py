"""What is here already of the children whom a migration links, so that nothing is doubled."""

from collections.abc import Iterable
from datetime import date

from onroll.matching import normalise
from onroll.office.accounts.models import PostDetail, PostHolding, Recording, Team, User
from onroll.office.casework.models import Case
from onroll.office.cme.models import EnquiryTemplate, LocalReason
from onroll.office.people.models import ChildAddress, ChildName, Flag, Identifier, Relationship
from onroll.office.provision.models import HomeEducation
from onroll.office.schools.models import Enrolment

Days = tuple[date, date | None]


def numbers(children: Iterable[int]) -> set[tuple[int, str, str]]:
    """Return (child, scheme, number) of what is recorded."""
    found = Identifier.objects.as_known().filter(child__in=list(children))
    return set(found.values_list("child_id", "scheme", "value"))


def names(children: Iterable[int]) -> set[tuple[int, str, str]]:
    """Return (child, given names, family name) of every name that is recorded."""
    found = ChildName.objects.as_known().filter(child__in=list(children))
    return {
        (pk, normalise.plain(given), normalise.plain(family))
        for pk, given, family in found.values_list("child_id", "given_names", "family_name")
    }


def addresses(children: Iterable[int]) -> list[tuple[int, str, Days, str]]:
    """Return (child, use, days, place)."""
    found = ChildAddress.objects.as_known().filter(child__in=list(children))
    return [(a.child_id, a.use, (a.starts_on, a.ends_on), a.place) for a in found]


def flags(children: Iterable[int]) -> list[tuple[int, str, Days]]:
    """Return (child, flag, days)."""
    found = Flag.objects.as_known().filter(child__in=list(children))
    return [(f.child_id, f.flag, (f.starts_on, f.ends_on)) for f in found]


def carers(children: Iterable[int]) -> dict[tuple[int, str], int]:
    """Return the carers beside children, by child and name."""
    found = Relationship.objects.as_known().filter(child__in=list(children))
    return {
        (r.child_id, normalise.plain(f"{r.carer.given_names} {r.carer.family_name}")): r.carer_id
        for r in found.select_related("carer")
    }


def rolls(children: Iterable[int]) -> list[tuple[int, int, Days]]:
    """Return (child, school, days)."""
    found = Enrolment.objects.as_known().filter(child__in=list(children))
    return [(e.child_id, e.school_id, (e.starts_on, e.ends_on)) for e in found]


def home_education(children: Iterable[int]) -> list[tuple[int, Days]]:
    """Return (child, days)."""
    found = HomeEducation.objects.as_known().filter(child__in=list(children))
    return [(h.child_id, (h.starts_on, h.ends_on)) for h in found]


def open_cases(children: Iterable[int]) -> dict[tuple[int, str], str]:
    """Return the reference of each open case, by child and kind."""
    found = Case.objects.filter(child__in=list(children), closed_on=None)
    return {(c.child_id, c.kind): c.ref for c in found}


def cases_of(origin: str) -> dict[str, str]:
    """Return the cases that came from a former system before: what each says of its origin."""
    found = Case.objects.filter(origin__startswith=f"{origin}, case ")
    return dict(found.values_list("origin", "ref"))


def workers() -> dict[str, int]:
    """Return the people who sign in, by e-mail address in small letters."""
    return {email.casefold(): pk for email, pk in User.objects.values_list("email", "pk")}


def teams() -> dict[str, int]:
    """Return the teams, by name and by key."""
    known = {}
    for pk, key, name in Team.objects.values_list("pk", "key", "name"):
        known[key.casefold()] = known[name.casefold()] = pk
    return known


def local_reasons() -> dict[str, tuple[int, str]]:
    """Return the authority's own reasons, by key and title: its row and the national one."""
    known = {}
    # The current one of a key comes last, and is what the key means.
    rows = LocalReason.objects.order_by("is_current", "pk")
    for pk, key, title, national in rows.values_list("pk", "key", "title", "national"):
        known[key.casefold()] = known[title.casefold()] = (pk, national)
    return known


def enquiry_templates() -> dict[str, EnquiryTemplate]:
    """Return the kinds of enquiry, by key and by title."""
    known = {}
    for template in EnquiryTemplate.objects.order_by("is_current", "pk"):  # the current one last
        known[template.key.casefold()] = known[template.title.casefold()] = template
    return known


def holdings() -> list[tuple[str, str, Days]]:
    """Return (post, holder, days) of every post that is recorded."""
    found = PostHolding.objects.as_known().select_related("post")
    return [(h.post.title.casefold(), h.holder.casefold(), (h.starts_on, h.ends_on)) for h in found]


def holdings_of(posts: Iterable[int]) -> list[int]:
    """Return the keys of who held some posts."""
    found = PostHolding.objects.filter(post__in=list(posts))
    return list(found.order_by("pk").values_list("pk", flat=True))


def details_of(posts: Iterable[int]) -> list[int]:
    """Return the keys of what is written about some posts."""
    found = PostDetail.objects.filter(post__in=list(posts))
    return list(found.order_by("pk").values_list("pk", flat=True))


def recordings(series: Iterable[str]) -> dict[str, tuple[date, str]]:
    """Return since when series are recorded, and what is said of the time before."""
    found = Recording.objects.filter(series__in=list(series))
    return {r.series: (r.began_on, r.says) for r in found}
