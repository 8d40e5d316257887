"""The one way into the journal: `record`, and `look` for reads."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import structlog
from django.db import models

from onroll.office.journal.models import Event
from onroll.office.journal.verbs import LOOKED, Verb, verb
from onroll.office.kernel.actor import Actor

__all__ = ["look", "record", "verb"]

Plain = str | int | bool | None | list[str | int]


def record(
    verb: Verb,
    *,
    by: Actor,
    subject: models.Model | str = "",
    children: Iterable[int] = (),
    **data: object,
) -> Event:
    """Write down one act, in the transaction of the act itself.

    Raises ValueError for a value that the verb does not declare: a journal is no place for
    what nobody decided to keep.
    """
    surplus = data.keys() - verb.keeps
    if surplus:
        raise ValueError(f"{verb.key} does not keep {', '.join(sorted(surplus))}")
    about = subject if isinstance(subject, str) else f"{subject._meta.label}:{subject.pk}"
    bound = structlog.contextvars.get_contextvars()
    return Event.objects.create(
        verb=verb.key,
        actor=by.pk,
        actor_name=by.name,
        subject=about,
        children=sorted(set(children)),
        data=_plain(data),
        request_id=str(bound.get("request_id", "")),
    )


def _plain(data: Mapping[str, object]) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    for key, value in data.items():
        match value:
            case None | bool() | int() | str():
                plain[key] = value
            case datetime() | date():
                plain[key] = value.isoformat()
            case list() | tuple() | frozenset() | set():
                plain[key] = [v if isinstance(v, int) else str(v) for v in value]
            case _:
                plain[key] = str(value)
    return plain


def look(*, by: Actor, children: Iterable[int], page: str) -> Event:
    """Write down which children somebody is about to be shown, before they are shown."""
    shown = sorted(set(children))
    return record(LOOKED, by=by, children=shown, page=page, count=len(shown))
