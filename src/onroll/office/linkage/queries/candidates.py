"""Reads of whom a search found: groups by cause, lists, one candidate with its evidence."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from onroll.matching.causes import CAUSES
from onroll.matching.explain import Person
from onroll.office.casework import kinds
from onroll.office.casework.models import Case
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.references import tidy_reference
from onroll.office.linkage.models import Answer, Candidate, Source
from onroll.office.linkage.queries.candidates_names import is_called, readable
from onroll.office.linkage.queries.candidates_order import SETTLED, in_order, is_of, with_known
from onroll.office.people import queries as people
from onroll.office.people.models import Child
from onroll.office.people.queries.asked import Asked
from onroll.office.people.queries.find import described
from onroll.office.people.queries.matches import SAME_CHILD_FROM
from onroll.statute.reasons import Place

ON_A_PAGE = 40
# From this chance on, the nearest entry tells which of two names is the family's.
_NEAR = 0.1
SEXES = {"F": "Female", "M": "Male"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records of a candidate as the lists have them, and the nearest on an education list.

    A record holds `key` and `source` (the list), `as_at`, `id`, and the columns of the list.
    """

    records: tuple[Mapping[str, str | None], ...]
    explanation: str = ""
    nearest: Mapping[str, str | None] | None = None
    nearest_probability: float = 0.0

    @property
    def newest(self) -> Mapping[str, str | None]:
        """The record of the newest list."""
        return max(self.records, key=lambda record: record.get("as_at") or "")

    @property
    def name(self) -> str:
        """The name that most lists have, in ordinary case."""
        nearest = self.nearest if self.nearest_probability >= _NEAR else None
        return readable(self.records, nearest) or "No name on any list"

    @property
    def born_on(self) -> date | None:
        """The date of birth that most records have."""
        days = [day for record in self.records if (day := record.get("born_on"))]
        return date.fromisoformat(max(days, key=days.count)) if days else None

    @property
    def address(self) -> str:
        """The address of the newest list."""
        return address_of(self.newest)

    def packed(self) -> bytes:
        """Return it encrypted, to be kept."""
        values = {
            "records": [dict(record) for record in self.records],
            "explanation": self.explanation,
            "nearest": dict(self.nearest) if self.nearest else None,
            "nearest_probability": self.nearest_probability,
        }
        return encryption.encrypt(json.dumps(values, ensure_ascii=False).encode())


def unpacked(kept: bytes | memoryview) -> Evidence:
    """Return what was packed."""
    values = json.loads(encryption.decrypt(bytes(kept)))
    return Evidence(
        tuple(values["records"]),
        values["explanation"],
        values["nearest"],
        values["nearest_probability"],
    )


def name_of(record: Mapping[str, str | None]) -> str:
    """Return the whole name of a record."""
    names = (record.get(part) for part in ("given_name", "middle_names", "family_name"))
    return " ".join(name for name in names if name)


def address_of(record: Mapping[str, str | None]) -> str:
    """Return the whole address of a record, in a line."""
    line = " ".join(part for part in (record.get("house"), record.get("street")) if part)
    return ", ".join(part for part in (line, record.get("postcode")) if part)


def person_of(record: Mapping[str, str | None]) -> Person:
    """Return a record as what a report says of a child, to be compared with children here."""
    born = record.get("born_on")
    return people.reported(
        " ".join(n for p in ("given_name", "middle_names") if (n := record.get(p))),
        record.get("family_name") or "",
        date.fromisoformat(born) if born else None,
        upn=record.get("upn") or "",
        nhs_number=record.get("nhs_number") or "",
        line_1=" ".join(p for p in (record.get("house"), record.get("street")) if p),
        postcode=record.get("postcode") or "",
    )


def followed_among(children: Iterable[int | None]) -> set[int]:
    """Return those of the children who are followed in an open case of missing education."""
    pks = [pk for pk in children if pk is not None]
    found = Case.objects.filter(child__in=pks, kind__in=kinds.missing(), closed_on__isnull=True)
    return set(found.values_list("child", flat=True))


def offered(among: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Return those who wait for an answer: not answered, not followed in an open case."""
    followed = Case.objects.filter(
        child=OuterRef("child"), kind__in=kinds.missing(), closed_on__isnull=True
    )
    waiting: Any = among
    found: QuerySet[Candidate] = waiting.unanswered().filter(
        ~Exists(followed), evidence__isnull=False
    )
    return found


def shown_to(actor: Actor, asked: Mapping[str, Any]) -> QuerySet[Candidate]:
    """Return whom a list shows, as it was narrowed, in the order of lists.

    Whoever was answered for is shown while their records are kept; totals go on counting them.
    """
    every = Candidate.objects.visible_to(actor)
    found: QuerySet[Candidate]
    if asked.get("answered"):
        found = every.answered().filter(evidence__isnull=False)
        if asked["answered"] != "any":
            found = found.filter(
                answers__superseded_at__isnull=True, answers__what=asked["answered"]
            )
    else:
        found = offered(every)
    if cause := asked.get("cause"):
        found = found.filter(cause=cause)
    if source := asked.get("source"):
        found = found.filter(sources__contains=[source])
    if area := asked.get("area"):
        found = found.filter(area__istartswith="".join(area.split()))
    if asked.get("least"):
        found = found.filter(probability__gte=int(asked["least"]) / 100)
    if asked.get("here"):
        found = found.filter(lives_here__gte=int(asked["here"]) / 100)
    if asked.get("youngest") is not None:
        found = found.filter(age__gte=asked["youngest"])
    if asked.get("oldest") is not None:
        found = found.filter(age__lte=asked["oldest"])
    found = with_known(found, actor)
    if known := asked.get("known"):
        found = found.filter(is_of(known))
    return in_order(found)


def called(found: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Return those with a record of the name that was typed.

    Names lie encrypted, so each is opened here; none of them ever stands in an address.
    """
    return [
        one
        for one in found
        if one.evidence is not None and is_called(unpacked(one.evidence).records, typed)
    ]


def standings_found(actor: Actor) -> dict[str, str]:
    """Return where the known children stood whom a search found, in words, for a filter."""
    found = with_known(Candidate.objects.visible_to(actor), actor).exclude(standing="")
    there = set(found.filter(is_of("yes")).values_list("standing", flat=True))
    return {str(place): place.says for place in Place if place in there}


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as a list shows it; `child` is the known child who this probably is."""

    candidate: Candidate
    evidence: Evidence | None
    child: people.FoundChild | None
    answer: Answer | None
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name, or words that say that the records have been forgotten."""
        return self.evidence.name if self.evidence else "Records forgotten"

    @property
    def per_cent(self) -> int:
        """The probability in hundredths."""
        return round(100 * self.candidate.probability)

    @property
    def here_per_cent(self) -> int:
        """How likely it is that the child still lives here, in hundredths."""
        return round(100 * self.candidate.lives_here)

    @property
    def nearest(self) -> str:
        """How near the nearest entry is, and of which list; "" where none comes near."""
        if self.evidence is None or self.evidence.nearest is None:
            return ""
        per_cent = round(100 * self.evidence.nearest_probability)
        return f"{per_cent}% {self.evidence.nearest.get('source')}" if per_cent else ""


def lines_of(candidates: Sequence[Candidate], *, by: Actor, on: date) -> list[Line]:
    """Return what a page shows of candidates: a few questions for all of them."""
    known = _known({c.child_id for c in candidates if c.child_id}, by=by, on=on)
    stands = {
        a.candidate_id: a
        for a in Answer.objects.as_known()
        .filter(candidate__in=[c.pk for c in candidates])
        .select_related("recorded_by", "referral")
    }
    names = source_names()
    return [
        Line(
            candidate=one,
            evidence=unpacked(one.evidence) if one.evidence is not None else None,
            child=known.get(one.child_id) if one.child_id else None,
            answer=stands.get(one.pk),
            sources=tuple(names.get(key, key) for key in one.sources),
        )
        for one in candidates
    ]


def _known(children: Iterable[int], *, by: Actor, on: date) -> dict[int, people.FoundChild]:
    visible = Child.objects.visible_to(by).filter(pk__in=list(children))
    pks = list(visible.values_list("pk", flat=True))
    found = described(pks, wanted=Asked(text=""), by=by, on=on) if pks else []
    return {one.pk: one for one in found}


def source_names() -> dict[str, str]:
    """Return what each list is called."""
    return dict(Source.objects.values_list("key", "name"))


def lists_of_residents() -> dict[str, str]:
    """Return what each list of who lives here is called: no other names whom a search found."""
    return dict(Source.objects.filter(evidence="residence").values_list("key", "name"))


def candidate_for(actor: Actor, ref: str) -> Candidate:
    """Return one candidate. Raises Unknown."""
    return _one(Candidate.objects.visible_to(actor), ref)


def sealed_candidate_for(actor: Actor, ref: str) -> Candidate:
    """Return one candidate who may be a sealed child, for somebody cleared. Raises Unknown."""
    return _one(Candidate.objects.sealed_for(actor), ref)


def _one(among: QuerySet[Candidate], ref: str) -> Candidate:
    found = among.filter(ref=tidy_reference(ref)[:20]).select_related("run", "before").first()
    if found is None:
        raise Unknown("There is no such candidate.")
    return found


def chosen(actor: Actor, refs: Sequence[str]) -> list[Candidate]:
    """Return those of the candidates named who wait for an answer, in the order of lists."""
    tidy = [tidy_reference(ref)[:20] for ref in refs[:1000]]
    every = Candidate.objects.visible_to(actor).filter(ref__in=tidy)
    return list(in_order(with_known(offered(every), actor)))


def sealed_candidates(actor: Actor) -> QuerySet[Candidate]:
    """Return who may be sealed children and are not yet referred, for somebody cleared."""
    found: Any = Candidate.objects.sealed_for(actor)
    waiting: QuerySet[Candidate] = found.unanswered().filter(evidence__isnull=False)
    return waiting.order_by("-probability", "pk")


def referred_to_keepers(actor: Actor) -> QuerySet[Candidate]:
    """Return who was referred to those who keep sealed records, for somebody cleared."""
    every = Candidate.objects.sealed_for(actor)
    found: QuerySet[Candidate] = every.answered().filter(evidence__isnull=False)
    return found.order_by("-pk")


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one likely cause: what it is, what to do, how many wait.

    `settled` are those who wait and whom the office knows as gone or educated: the others are the
    names to look at, and of them `chance` speaks.
    """

    key: str
    title: str
    says: str
    waiting: int = 0
    settled: int = 0
    answered: int = 0
    chance: float = 0.0  # the mean chance that they live here and are in no education list
    found: int = field(default=0)

    @property
    def to_look_at(self) -> int:
        """How many wait whom the office does not know as gone or educated."""
        return self.waiting - self.settled


def groups(actor: Actor) -> list[Group]:
    """Return each likely cause that a search found, or that somebody answered for."""
    every = Candidate.objects.counted_for(actor)
    waits = offered(every)
    waiting = dict(waits.values_list("cause").annotate(n=Count("pk")))
    settled = dict(
        waits.filter(SETTLED, child__isnull=False).values_list("cause").annotate(n=Count("pk"))
    )
    done = dict(every.answered().values_list("cause").annotate(n=Count("pk")))
    found = dict(every.values_list("cause").annotate(n=Count("pk")))
    sums = {c: s / n for c, n, s in every.exclude(SETTLED).values_list("cause").annotate(
        n=Count("pk"), s=Sum(F("probability") * F("lives_here")))}  # fmt: skip
    return [
        Group(
            key=key,
            title=cause.title,
            says=cause.says,
            waiting=waiting.get(key, 0),
            settled=settled.get(key, 0),
            answered=done.get(key, 0),
            chance=sums.get(key, 0.0),
            found=found[key],
        )
        for key, cause in CAUSES.items()
        if key in found
    ]


def batch_for(actor: Actor, batch: str) -> list[Answer]:
    """Return the answers that stand of those given together."""
    try:
        UUID(batch)
    except ValueError:
        return []
    visible = Candidate.objects.visible_to(actor)
    return list(Answer.objects.as_known().filter(batch=batch, candidate__in=visible))


def history_of(candidate: Candidate) -> list[Answer]:
    """Return every answer about a candidate and whoever was found before, newest first."""
    pks = [candidate.pk, *([candidate.before_id] if candidate.before_id else [])]
    return list(
        Answer.objects.filter(candidate__in=pks)
        .select_related("recorded_by", "superseded_by", "referral")
        .order_by("-pk")
    )


def likely_children(evidence: Evidence, *, by: Actor, on: date) -> list[people.Match]:
    """Return the known children who this may be, likeliest first; never one sealed from them."""
    found: dict[int, people.Match] = {}
    for record in evidence.records:
        told = person_of(record)
        for match in people.possible_matches(
            given_names=told.given_names, family_name=told.family_name, born_on=told.born_on,
            upn=told.upn, nhs_number=told.nhs_number, line_1=told.line_1,
            postcode=record.get("postcode") or "", by=by, on=on,
        ):  # fmt: skip
            held = found.get(match.child.pk)
            if held is None or match.score > held.score:
                found[match.child.pk] = match
    return sorted(found.values(), key=lambda match: -match.score)[:5]


def is_probably(match: people.Match) -> bool:
    """Return whether a known child is probably the candidate, and not only like them."""
    return match.score >= SAME_CHILD_FROM


def kept_from(actor: Actor) -> list[str]:
    """Return who may be sealed children, as the journal names them, for somebody not cleared."""
    if actor.may("sealed.read"):
        return []
    sealed = Candidate.objects.filter(is_sealed=True).values_list("pk", flat=True)
    return [f"{Candidate._meta.label}:{pk}" for pk in sealed]
