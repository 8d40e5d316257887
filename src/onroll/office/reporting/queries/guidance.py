"""The sources of what is asked, edition by edition: the nation's and the authority's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.office.accounts.queries.rules import pack_on
from onroll.office.kernel.decision import Unknown
from onroll.office.reporting.models import OwnPolicy
from onroll.office.reporting.queries.duties import asked_here
from onroll.office.reporting.queries.owners import own_keys
from onroll.statute.editions import (
    EDITIONS,
    EXPECTED,
    SUBJECTS,
    Edition,
    Expected,
    changed_since,
    governing,
    history,
)
from onroll.statute.sources import Confidence

A_YEAR = timedelta(days=365)

SUBJECT_CHOICES: tuple[tuple[str, str], ...] = tuple(SUBJECTS.items())


@dataclass(frozen=True, slots=True)
class Own:
    """One statement of the authority's own: a policy that it wrote down (`key` is the policy's), or
    one that the law library knows of it. `before` are its earlier editions, newest first."""

    title: str
    edition: str
    applies_from: date | None
    applies_until: date | None
    review_on: date | None
    is_review_due: bool
    applies: bool  # on the day that is looked at
    address: str = ""
    note: str = ""
    key: str = ""
    before: Sequence[OwnPolicy] = ()

    @property
    def is_link(self) -> bool:
        """Whether its address can be followed."""
        return self.address.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Subject:
    """What governs one subject on a day, what did before, and what comes."""

    key: str
    title: str
    national: Edition | None  # in force on the day
    is_review_due: bool
    replaced: Edition | None  # the one before it
    earlier: Sequence[Edition]  # those before, newest first
    later: Sequence[Edition]  # those that apply after the day, the next first
    own: Sequence[Own]
    expected: Sequence[Expected]
    duties: int  # how much the register of duties says of it

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of it."""
        return not (self.national or self.earlier or self.later or self.own or self.expected)


@dataclass(frozen=True, slots=True)
class Changed:
    """One edition that began to apply lately."""

    on: date
    title: str
    edition: str
    subject: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """Every subject on one day."""

    subjects: Sequence[Subject]
    others: Sequence[Edition]  # what other authorities have published
    others_expect: Sequence[Expected]
    changed: Sequence[Changed]

    @property
    def in_force(self) -> int:
        """How many sources apply on the day, the authority's own included."""
        own = sum(one.applies for subject in self.subjects for one in subject.own)
        return own + sum(subject.national is not None for subject in self.subjects)

    @property
    def reviews_due(self) -> int:
        """How many of them should have been reviewed by then."""
        own = sum(one.is_review_due for subject in self.subjects for one in subject.own)
        return own + sum(subject.is_review_due for subject in self.subjects)

    @property
    def expected(self) -> int:
        """How many changes are expected."""
        return sum(len(subject.expected) for subject in self.subjects)


def guidance_on(day: date, today: date, *, subject: str = "") -> Guidance:
    """Return what governs each subject on a day, or one subject; what is expected, as of today."""
    pack = pack_on().pack
    ours = own_keys(pack.key)
    asked = Counter(one.subject for one in asked_here(pack) if one.authority in ("", *ours))
    policies = _policies()
    wanted = [subject] if subject in SUBJECTS else list(SUBJECTS)
    found = [_subject(key, day, today, ours, policies.get(key, {}), asked[key]) for key in wanted]
    return Guidance(
        subjects=[one for one in found if not one.is_empty],
        others=[
            edition for edition in EDITIONS
            if edition.is_local and edition.authority not in ours and edition.subject in wanted
        ],
        others_expect=[
            one for one in EXPECTED if _is_anothers(one, ours) and one.subject in wanted
        ],
        changed=[one for one in _changed(today, ours, policies) if one.subject in wanted],
    )  # fmt: skip


def _policies() -> Mapping[str, Mapping[str, list[OwnPolicy]]]:
    """Return the editions of each policy, newest first, by its key, by the subject of the last."""
    by_key: dict[str, list[OwnPolicy]] = {}
    for row in OwnPolicy.objects.as_known().order_by("-starts_on"):
        by_key.setdefault(row.key, []).append(row)
    found: dict[str, dict[str, list[OwnPolicy]]] = {}
    for key, rows in sorted(by_key.items(), key=lambda pair: pair[1][0].title):
        found.setdefault(rows[0].subject, {})[key] = rows
    return found


def _subject(
    key: str,
    day: date,
    today: date,
    ours: frozenset[str],
    policies: Mapping[str, list[OwnPolicy]],
    duties: int,
) -> Subject:
    series = history(key)
    national = governing(key, day)
    begun = [e for e in series if e.applies_from is None or e.applies_from <= day]
    earlier = [edition for edition in reversed(begun) if edition is not national]
    library = [e for authority in sorted(ours) for e in history(key, authority)]
    return Subject(
        key=key,
        title=SUBJECTS[key],
        national=national,
        is_review_due=national is not None and national.is_review_due(day),
        replaced=earlier[0] if national is not None and earlier else None,
        earlier=earlier,
        later=[e for e in series if e.applies_from is not None and e.applies_from > day],
        own=(
            *(_own_policy(rows, day) for rows in policies.values()),
            *(_own_statement(edition, day) for edition in library),
        ),
        expected=[
            one for one in EXPECTED
            if one.subject == key and not _is_anothers(one, ours) and day >= today
        ],
        duties=duties,
    )  # fmt: skip


def _own_policy(rows: Sequence[OwnPolicy], day: date) -> Own:
    """One policy by the edition that applies on the day; else by the last, which does not."""
    shown = next((row for row in rows if row.holds_on(day)), rows[0])
    return Own(
        title=shown.title,
        edition=shown.edition,
        applies_from=shown.starts_on,
        applies_until=shown.ends_on,
        review_on=shown.review_on,
        is_review_due=shown.is_review_due(day),
        applies=shown.holds_on(day),
        address=shown.address,
        note=shown.note,
        key=shown.key,
        before=[row for row in rows if row.starts_on < shown.starts_on],
    )


def _own_statement(edition: Edition, day: date) -> Own:
    return Own(
        title=edition.title,
        edition=edition.edition,
        applies_from=edition.applies_from,
        applies_until=edition.applies_until,
        review_on=edition.review_on,
        is_review_due=edition.is_review_due(day),
        applies=edition.governs(day),
        address=edition.cites,
        note=edition.note,
    )


def _is_anothers(expected: Expected, ours: frozenset[str]) -> bool:
    """Whether one authority waits for the change, and not this one."""
    named = expected.cites.casefold()
    is_ours = any(named.startswith(key.replace("_", " ")) for key in ours)
    return expected.confidence is Confidence.LOCAL and not is_ours


def _changed(
    today: date, ours: frozenset[str], policies: Mapping[str, Mapping[str, list[OwnPolicy]]]
) -> list[Changed]:
    """Return what began to apply in the last twelve months, the latest first."""
    since = today - A_YEAR
    known = [
        Changed(edition.applies_from, edition.title, edition.edition, edition.subject)
        for edition in changed_since(since)
        if edition.authority in ("", *ours)
        and edition.applies_from is not None
        and since <= edition.applies_from <= today
    ]
    written = [
        Changed(row.starts_on, row.title, row.edition, row.subject)
        for of_subject in policies.values()
        for rows in of_subject.values()
        for row in rows
        if since <= row.starts_on <= today
    ]
    return sorted((*known, *written), key=lambda one: (one.on, one.title), reverse=True)


def editions_of(key: str) -> list[OwnPolicy]:
    """Return the editions of one of the authority's policies, newest first. Raises Unknown."""
    found = list(
        OwnPolicy.objects.as_known()
        .filter(key=key)
        .select_related("recorded_by")
        .order_by("-starts_on")
    )
    if not found:
        raise Unknown(key)
    return found


def edition_for(key: str, pk: int) -> OwnPolicy:
    """Return one edition of a policy. Raises Unknown."""
    found = next((edition for edition in editions_of(key) if edition.pk == pk), None)
    if found is None:
        raise Unknown(f"There is no edition {pk} of the policy {key!r}.")
    return found
