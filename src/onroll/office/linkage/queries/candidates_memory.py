"""Whom people have answered for already, so that nobody is asked about twice.

What has been answered is asked again only where the condition of its reason has changed; the table
`ASKED_AGAIN` says which. A date of birth that the lists correct makes another person of the hashes:
whatever the reason, that child is asked about again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.linkage.models import Answer, Candidate
from onroll.office.linkage.queries.candidates_prints import Prints, Record, every_print

Reason = Answer.Reason

AT_A_NEW_ADDRESS, NEVER = "new_address", "never"
ASKED_AGAIN: Mapping[str, str] = {
    Reason.INDEPENDENT: AT_A_NEW_ADDRESS,
    Reason.OTHER_AUTHORITY: AT_A_NEW_ADDRESS,
    Reason.HOME_EDUCATED: AT_A_NEW_ADDRESS,
    Reason.MOVED_AWAY: AT_A_NEW_ADDRESS,
    Reason.ON_A_ROLL: AT_A_NEW_ADDRESS,
    Reason.OTHER: AT_A_NEW_ADDRESS,
    Reason.AGE: NEVER,  # another date of birth is another person to the hashes
    Reason.KNOWN: NEVER,  # the office follows the child
    Reason.DIED: NEVER,
}
ASKED_AGAIN_WORDS: Mapping[str, str] = {
    AT_A_NEW_ADDRESS: "Asked again only if a list has the child at an address that is new, or "
    "with another date of birth.",
    NEVER: "Asked again only if a list has the child with another date of birth.",
}


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a person from earlier searches.

    `before` is the candidate of the last answer; `is_settled` says that nothing has changed since.
    `is_with_keepers`: that answer was to refer to those who keep sealed records, which settles
    nothing once the person no longer seems to be a sealed child. `earlier` is whom nobody has
    answered for yet.
    """

    before: Candidate | None = None
    is_settled: bool = False
    is_with_keepers: bool = False
    earlier: Candidate | None = None


@dataclass(slots=True)
class Memory:
    """The candidates of earlier searches by their hashes; read once for a whole search."""

    _by_record: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_person: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _candidates: dict[int, Candidate] = field(default_factory=dict)
    _answers: dict[int, Answer] = field(default_factory=dict)

    def of(self, records: Sequence[Record]) -> Remembered:
        """Return what is known of the person with these records."""
        every = every_print(records)
        alike = [self._candidates[pk] for pk in sorted(self._alike(every))]
        answered = [one for one in alike if one.pk in self._answers]
        earlier = next((one for one in alike if one.pk not in self._answers), None)
        if not answered:
            return Remembered(earlier=earlier)
        last = max(answered, key=lambda one: self._answers[one.pk].pk)
        known_places = {place for one in answered for place in one.places}
        is_elsewhere = any(
            known_places.isdisjoint(under)
            for under in zip(*(one.places for one in every), strict=True)
        )
        settled = _is_settled(self._answers[last.pk], is_elsewhere=is_elsewhere)
        is_with_keepers = self._answers[last.pk].what == Answer.What.KEEPERS
        return Remembered(last, settled, is_with_keepers, earlier)

    def _alike(self, every: Iterable[Prints]) -> set[int]:
        found: set[int] = set()
        for under in every:
            for record in under.records:
                found |= self._by_record.get(record, set())
            found |= {
                pk
                for pk in self._by_person.get(under.person, ())
                if not set(under.places).isdisjoint(self._candidates[pk].places)
            }
        return found


def memory() -> Memory:
    """Return everybody whom earlier searches found, without their records."""
    made = Memory()
    for candidate in Candidate.objects.defer("evidence").order_by("pk"):
        made._candidates[candidate.pk] = candidate
        if candidate.person:
            made._by_person[candidate.person].add(candidate.pk)
        for record in candidate.records:
            made._by_record[record].add(candidate.pk)
    stands = Answer.objects.as_known().select_related("referral", "referral__case")
    made._answers = {answer.candidate_id: answer for answer in stands}
    return made


def _is_settled(answer: Answer, *, is_elsewhere: bool) -> bool:
    if answer.what == Answer.What.KEEPERS:
        return True
    if answer.what == Answer.What.NOT_MISSING:
        return ASKED_AGAIN[answer.reason] == NEVER or not is_elsewhere
    referral = answer.referral
    if referral is None or referral.state in UNDECIDED:
        return True
    if referral.case is not None:
        # A case that closed, and a child in no list of education since: that is news.
        return referral.case.closed_on is None
    return not is_elsewhere
