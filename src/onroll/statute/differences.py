"""What would change if one policy pack took another's place."""

from collections.abc import Iterator
from dataclasses import dataclass

from onroll.statute.duties import duties
from onroll.statute.duty import Duty
from onroll.statute.packs import Pack
from onroll.statute.writing import written


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be otherwise.

    `what` says what happens: "duty added", "duty removed", "duty changed", "counted as missing",
    "no longer counted", "counted from". `before` and `after` are the two in words, empty where
    there is none.
    """

    what: str
    id: str
    title: str
    before: str = ""
    after: str = ""
    cites: str = ""

    def as_json(self) -> dict[str, str]:
        """The difference as the command prints it."""
        return {
            "what": self.what,
            "id": self.id,
            "title": self.title,
            "before": self.before,
            "after": self.after,
            "cites": self.cites,
        }


def differences(before: Pack, after: Pack) -> tuple[Difference, ...]:
    """What changes when `after` takes the place of `before`, duties first, in the table's order."""
    return (*_of_duties(before, after), *_of_counting(before, after))


def _of_duties(before: Pack, after: Pack) -> Iterator[Difference]:
    old, new = _by_key(before), _by_key(after)
    for key, duty in old.items():
        if key not in new:
            yield Difference("duty removed", duty.id, duty.title, in_words(duty), "", duty.cites)
        elif new[key] != duty:
            yield _changed(duty, new[key])
    for key, duty in new.items():
        if key not in old:
            yield Difference("duty added", duty.id, duty.title, "", in_words(duty), duty.cites)


def _by_key(pack: Pack) -> dict[tuple[str, str, str], Duty]:
    """Duties by what tells them apart: one event may start one twice, in two kinds of case."""
    return {(d.id, d.started_by, d.only_if[1] if d.only_if else ""): d for d in duties(pack)}


def _changed(old: Duty, new: Duty) -> Difference:
    before, after = in_words(old), in_words(new)
    for name, said in _ALSO.items():
        was, is_now = getattr(old, name), getattr(new, name)
        if was != is_now:
            before, after = f"{before}; {said}: {_told(was)}", f"{after}; {said}: {_told(is_now)}"
    return Difference("duty changed", new.id, new.title, before, after, new.cites)


# What `in_words` does not say of a duty, and a person should know of when it changes.
_ALSO = {
    "title": "called",
    "stopped_by": "ends with",
    "is_deadline": "somebody is late after it",
    "confidence": "confidence",
    "cites": "source",
    "authority": "rule of",
    "note": "note",
}


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "nothing"


def in_words(duty: Duty) -> str:
    """The count of a duty, who must act and when it is law, in one line."""
    words = f"{duty.count_says}, by the {duty.who}"
    if duty.since is not None:
        words += f", from {written(duty.since)}"
    if duty.until is not None:
        words += f", until {written(duty.until)}"
    return words


def _of_counting(before: Pack, after: Pack) -> Iterator[Difference]:
    for ground in after.also_counts:
        if ground not in before.also_counts:
            words = ground.replace("_", " ")
            yield Difference("counted as missing", ground, words, "", "yes", after.local_cites)
    for ground in before.also_counts:
        if ground not in after.also_counts:
            words = ground.replace("_", " ")
            yield Difference("no longer counted", ground, words, "yes", "", before.local_cites)
    old, new = before.whereabouts_unknown_days, after.whereabouts_unknown_days
    if old != new:
        yield Difference(
            "counted from",
            "whereabouts_unknown_days",
            "days of unknown whereabouts from which a case is an extended one",
            str(old or "no number"),
            str(new or "no number"),
            after.local_cites or before.local_cites,
        )
