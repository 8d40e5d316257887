"""The evidence of the register of duties in words, on its pages and in its file."""

from collections.abc import Iterator
from dataclasses import dataclass

from onroll.office.reporting.forms import ASKED_OF, GAPS, KINDS
from onroll.office.reporting.queries.duties import Entry, Gap
from onroll.office.reporting.queries.standing import Standing
from onroll.office.reporting.queries.traces import act_in_words
from onroll.office.web.components import Badge, Colour
from onroll.statute.editions import SUBJECTS
from onroll.statute.responsibilities import Kind

GAP_COLOURS: dict[Gap, Colour] = {
    Gap.OVERDUE: "red", Gap.NOTHING: "orange", Gap.UNTRACED: "grey",
}  # fmt: skip
KIND_WORDS = {Kind.DUTY: "Duty", Kind.POWER: "Power", Kind.GUIDANCE: "Guidance"}
KIND_COLOURS: dict[Kind, Colour] = {
    Kind.DUTY: "blue", Kind.POWER: "teal", Kind.GUIDANCE: "purple", Kind.LOCAL: "grey",
}  # fmt: skip

# What is said of a gap where there is room for a sentence.
GAP_SENTENCES = {
    Gap.OVERDUE: "Clocks of open cases have run out and have not been stopped.",
    Gap.NOTHING: "Nothing was recorded in this period. Either nothing called for it, or what was "
    "done has not been written down.",
    Gap.UNTRACED: "Nothing in OnRoll records whether this is done. Show it in another way, such as "
    "minutes, a policy or another system.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A number with what it counts, and whether it is a warning."""

    count: int
    words: str
    is_late: bool = False


def counted_acts(entry: Entry) -> list[Part]:
    """Return the acts and letters of an entry of which there are any, the most first."""
    acts = [Part(n, act_in_words(verb, n)) for verb, n in entry.evidence.acts.items() if n]
    letters = [
        Part(n, f"{'letter' if n == 1 else 'letters'} “{title}” issued")
        for title, n in entry.evidence.letters.items()
        if n
    ]
    return sorted((*acts, *letters), key=lambda part: -part.count)


def counted_clocks(standing: Standing) -> Iterator[Part]:
    """Yield how clocks stand, leaving out what there is none of."""
    for count, words, is_late in (
        (standing.overdue, "overdue today", True),
        (standing.late, "met late", True),
        (standing.in_time, "met in time", False),
        (standing.running, "running", False),
        (standing.lapsed, "unmet when the case was closed", False),
        (standing.uncounted, "with no day to be late by", False),
    ):
        if count:
            yield Part(count, words, is_late)


def gap_badges(entry: Entry) -> list[Badge]:
    """Return what an entry lacks as badges."""
    overdue = entry.evidence.standing.overdue
    words = GAPS | {Gap.OVERDUE: f"{overdue} overdue today", Gap.NOTHING: "Nothing this period"}
    return [Badge(words[gap], GAP_COLOURS[gap], GAP_SENTENCES[gap]) for gap in entry.gaps]


def kind_badge(entry: Entry) -> Badge:
    """Return with what force an entry is asked, as a badge."""
    kind = entry.asked.kind
    own = "Own statement" if entry.owner.is_role else "Own rule"
    words = KIND_WORDS.get(kind) or (own if entry.is_ours else "Another authority")
    return Badge(words, KIND_COLOURS[kind], KINDS[kind])


def asked_of(entry: Entry) -> str:
    """Return who is asked, in words."""
    return ASKED_OF[entry.asked.asked_of]


HEADINGS = (
    "key", "what_is_asked", "asked_of", "force", "subject", "owned_by", "teams", "people",
    "source", "caution", "evidence", "acts", "letters", "clocks_met_in_time", "clocks_met_late",
    "clocks_overdue_today", "clocks_running", "clocks_unmet_at_closing", "clocks_without_a_day",
    "gaps",
)  # fmt: skip


def as_row(entry: Entry) -> tuple[object, ...]:
    """Return an entry as a row of the file, under HEADINGS."""
    asked, evidence, standing = entry.asked, entry.evidence, entry.evidence.standing
    return (
        asked.key,
        asked.title,
        asked_of(entry),
        kind_badge(entry).label,
        SUBJECTS[asked.subject],
        entry.owner.title,
        "; ".join(name for _, name in entry.owner.teams),
        entry.owner.people if entry.owner.is_role else None,
        asked.cites,
        asked.caution,
        "; ".join(f"{part.count} {part.words}" for part in counted_acts(entry)),
        sum(evidence.acts.values()),
        sum(evidence.letters.values()),
        standing.in_time,
        standing.late,
        standing.overdue,
        standing.running,
        standing.lapsed,
        standing.uncounted,
        "; ".join(GAPS[gap] for gap in entry.gaps),
    )
