"""Find a child: one box for names of today and before, dates, numbers, streets, telephones, and
the people around the child. How it is found is in `search`, why in `why`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core import signing
from django.utils.crypto import salted_hmac

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.office.people.models import Child, ChildAddress, ChildName
from onroll.office.people.queries.asked import Asked, asked
from onroll.office.people.queries.children import (
    age_words,
    page_of,
    told,
    year_group_words,
)
from onroll.office.people.queries.identity import heads_known_to
from onroll.office.people.queries.leads import Lead, leads
from onroll.office.people.queries.particulars import years_taught
from onroll.office.people.queries.sealed import cleared, sealed_children, sealed_rows
from onroll.office.people.queries.search import scored
from onroll.office.people.queries.why import why_matched
from onroll.office.web.components import Badge

PROOF = "people.find"
PROOF_LASTS_SECONDS = 30 * 60
PER_PAGE = 20
MOST = 200  # more are not counted, only said to be there


@dataclass(frozen=True, slots=True)
class FoundChild:
    """One child in a list of those found, and why."""

    pk: int
    ref: str
    name: str
    other_names: tuple[str, ...]
    born_on: date | None
    sex: str
    age: str = ""
    year_group: str = ""
    school: str = ""
    line_1: str = ""
    postcode: str = ""
    standing: Badge | None = None
    why_matched: str = ""
    score: int = 0
    is_sealed: bool = False

    @property
    def url(self) -> str:
        """The address of the child's own page."""
        return page_of(self.ref)


@dataclass(frozen=True, slots=True)
class FoundChildren:
    """One page of what a search found, how many there are, and the proof that somebody searched."""

    text: str
    children: tuple[FoundChild, ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    count: int = 0
    is_at_least: bool = False  # there are more than are counted
    is_enough: bool = True
    leads: tuple[Lead, ...] = ()  # what a case number or a receipt leads to
    proof: str = ""
    asked: Asked = field(default_factory=lambda: Asked(text=""))

    @property
    def is_more(self) -> bool:
        """Whether there is a next page."""
        return self.count > self.page * self.per_page

    @property
    def says(self) -> str:
        """How many there are, and which of them these are."""
        least = "At least " if self.is_at_least else ""
        noun = "child" if self.count == 1 else "children"
        found = f"{least}{self.count} {noun} found"
        if self.count <= self.per_page:
            return f"{found}."
        first = (self.page - 1) * self.per_page + 1
        return f"{found}, the best first. These are {first} to {first + len(self.children) - 1}."


def find(
    *, text: str, by: Actor, most: int = PER_PAGE, page: int = 1, on: date | None = None
) -> FoundChildren:
    """Return the children that somebody may know of and that fit what was typed, best first.

    Every word must be met by some name, present or former, in any order, spelling allowed for, or
    by the name of a carer or by a street, which count less; where nobody meets them all, those who
    meet all but one are shown. A day of birth narrows the names and, where that leaves few, the
    names are shown without it. A case number or a receipt leads to what it numbers.
    """
    wanted = asked(text, today=on)
    if not wanted.is_enough:
        return FoundChildren(text=wanted.text, is_enough=False, asked=wanted)
    scores, found_as = _in_use(scored(wanted, by=by, most=MOST + 1), by=by)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))
    count = min(len(best), MOST)
    page = max(1, min(page, -(-count // most)))
    shown = best[:count][(page - 1) * most : page * most]
    children = described(shown, wanted=wanted, scores=scores, by=by, on=on)
    return FoundChildren(
        text=wanted.text,
        children=tuple(_also(child, found_as.get(child.pk, ())) for child in children),
        page=page,
        per_page=most,
        count=count,
        is_at_least=len(best) > MOST,
        leads=leads(wanted.text, by=by),
        proof=proof_of_search(wanted.terms, by=by),
        asked=wanted,
    )


def _in_use(
    scores: Mapping[int, int], *, by: Actor
) -> tuple[dict[int, int], dict[int, tuple[str, ...]]]:
    """Put the record in use in place of those folded into it, and say by which it was found."""
    heads = heads_known_to(by, scores)
    best: dict[int, int] = {}
    for pk, score in scores.items():
        head = heads.get(pk, pk)
        best[head] = max(score, best.get(head, 0))
    found_as: dict[int, tuple[str, ...]] = {}
    for child in Child.objects.filter(pk__in=heads).order_by("pk") if heads else ():
        head = heads[child.pk]
        found_as[head] = (*found_as.get(head, ()), f"{child} ({child.ref})")
    return best, found_as


def _also(child: FoundChild, found_as: Sequence[str]) -> FoundChild:
    if not found_as:
        return child
    also = f"Also recorded as {'; '.join(found_as)}"
    why = f"{child.why_matched}. {also}" if child.why_matched else also
    return replace(child, why_matched=why)


def described(
    pks: Sequence[int],
    *,
    wanted: Asked,
    by: Actor,
    scores: Mapping[int, int] | None = None,
    on: date | None = None,
) -> list[FoundChild]:
    """Return what a list shows of these children, in their order, leaving out the unknowable."""
    children = Child.objects.visible_to(by).in_bulk(list(pks))
    kept = [pk for pk in pks if pk in children]
    names: dict[int, list[ChildName]] = {}
    for name in ChildName.objects.as_known().filter(child__in=kept).order_by("-starts_on", "-pk"):
        names.setdefault(name.child_id, []).append(name)
    sealed = sealed_children() if by.may("sealed.read") else set()
    homes = _homes(kept, by=by, sealed=sealed)
    others = {pk: _other_names(children[pk], names.get(pk, [])) for pk in kept}
    why = why_matched(
        [children[pk] for pk in kept], others=others, homes=homes, wanted=wanted, by=by
    )
    schools = told("school", kept, by=by, on=on) if on else {}
    standings = told("standing", kept, by=by, on=on) if on else {}
    taught = years_taught(kept, on) if on else {}
    rows = []
    for pk in kept:
        child, home = children[pk], next(iter(homes.get(pk, ())), None)
        standing = standings.get(pk)
        rows.append(
            FoundChild(
                pk=pk,
                ref=child.ref,
                name=str(child),
                other_names=others[pk],
                born_on=child.born_on,
                sex=child.get_sex_display(),
                age=age_words(child.born_on, on) if on else "",
                year_group=year_group_words(child, on, taught=taught.get(pk)) if on else "",
                school=str(schools.get(pk, "")),
                line_1=home.line_1 if home else "",
                postcode=home.postcode if home else "",
                standing=Badge(standing) if isinstance(standing, str) else standing,
                why_matched=why.get(pk, ""),
                score=(scores or {}).get(pk, 0),
                is_sealed=pk in sealed,
            )
        )
    return rows


def _homes(pks: Sequence[int], *, by: Actor, sealed: set[int]) -> dict[int, list[ChildAddress]]:
    rows = list(ChildAddress.objects.as_known().filter(child__in=pks))
    if by.may("sealed.read") and sealed.intersection(pks):
        with cleared(by):
            hidden = sealed_rows(ChildAddress, children=sealed.intersection(pks))
        rows += [r for r in hidden if r.superseded_at is None]
    # The home that still stands, and the newest of those, comes first.
    rows.sort(
        key=lambda r: (r.use == ChildAddress.Use.HOME, r.ends_on is None, r.starts_on),
        reverse=True,
    )
    found: dict[int, list[ChildAddress]] = {}
    for row in rows:
        found.setdefault(row.child_id, []).append(row)
    return found


def _other_names(child: Child, names: Sequence[ChildName]) -> tuple[str, ...]:
    shown = {str(child)}
    legal = f"{child.given_names} {child.family_name}"
    others = [legal, *(f"{n.given_names} {n.family_name}" for n in names)]
    return tuple(dict.fromkeys(n for n in others if n not in shown))


def proof_of_search(terms: Iterable[str], *, by: Actor) -> str:
    """Return the signed proof that somebody has just searched for these terms.

    It names the person and holds keyed digests, so that it tells nothing of the child.
    """
    return signing.dumps({"by": by.pk, "what": sorted({_digest(t) for t in terms})}, salt=PROOF)


def _digest(term: str) -> str:
    return salted_hmac(PROOF, term, algorithm="sha256").hexdigest()[:24]


def was_searched(proof: str, terms: Iterable[str], *, by: Actor) -> Decision:
    """Return whether this person searched for this child within the last half hour."""
    try:
        held = signing.loads(proof, salt=PROOF, max_age=PROOF_LASTS_SECONDS)
    except signing.SignatureExpired:
        return Decision("Your search was more than 30 minutes ago. Search for the child again.")
    except signing.BadSignature:
        return Decision("Search for the child before adding a record: the child may be known.")
    if held["by"] != by.pk:
        return Decision("Somebody else made that search. Search for the child yourself.")
    return because(
        bool(set(held["what"]) & {_digest(t) for t in terms}),
        "The search was for somebody else. Search by this child's name, date of birth or UPN.",
    )
