"""Telling the packages above that facts of children have changed.

What a package above works out from facts and keeps, such as what is due on a case, is worked out
again in the transaction in which they changed.
"""

from collections.abc import Callable, Iterable

Listener = Callable[[frozenset[int]], None]

_listeners: list[Listener] = []


def when_facts_change(listener: Listener) -> None:
    """Register what a package above does in the same transaction: `listener(children)`."""
    if listener not in _listeners:
        _listeners.append(listener)


def facts_changed(children: Iterable[int]) -> None:
    """Say that something was recorded, corrected or ended of these children.

    Called by every action that writes a fact by which clocks may run, when it has written it.
    """
    concerned = frozenset(children)
    for listener in _listeners if concerned else ():
        listener(concerned)
