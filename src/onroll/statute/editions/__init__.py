"""The sources beside the rules: regulations, guidance and local statements by edition, and changes.

Each edition says from which day it applies; its last day follows from the next edition of its
subject and is never typed. A subject stands for one document: the regulations on exclusions and
the guidance on them are two. What an authority has published is a series of its own.
"""

from datetime import date

from onroll.statute.editions.edition import SUBJECTS, Edition, Expected, Kind, followed
from onroll.statute.editions.expected import EXPECTED
from onroll.statute.editions.local import LOCAL
from onroll.statute.editions.national import NATIONAL

EDITIONS: tuple[Edition, ...] = followed((*NATIONAL, *LOCAL))


def history(subject: str, authority: str = "") -> tuple[Edition, ...]:
    """Return the editions of a subject, oldest first, those of no known day before the others.

    Without an authority those of the nation. Raises KeyError for a subject that there is not.
    """
    if subject not in SUBJECTS:
        raise KeyError(f"{subject!r} is not a subject.")
    found = [e for e in EDITIONS if (e.subject, e.authority) == (subject, authority)]
    return tuple(sorted(found, key=lambda edition: edition.applies_from or date.min))


def governing(subject: str, on: date, authority: str = "") -> Edition | None:
    """Return the edition that applies on a day; None where none is recorded for it.

    Without an authority the nation's. Raises KeyError for a subject that there is not.
    """
    return next((e for e in history(subject, authority) if e.governs(on)), None)


def changed_since(day: date) -> tuple[Edition, ...]:
    """Return the editions that were published or began to apply on a day or after it, in order."""
    dated = [
        (min(days), edition)
        for edition in EDITIONS
        if (days := [d for d in (edition.published_on, edition.applies_from) if d and d >= day])
    ]
    return tuple(edition for _, edition in sorted(dated, key=lambda pair: pair[0]))


__all__ = [
    "EDITIONS",
    "EXPECTED",
    "SUBJECTS",
    "Edition",
    "Expected",
    "Kind",
    "changed_since",
    "followed",
    "governing",
    "history",
]
