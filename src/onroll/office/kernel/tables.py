"""Rows named by the table they are in ("people.Flag") and their key."""

from collections.abc import Iterator, Mapping, Sequence

from django.apps import apps
from django.db import models

from onroll.office.kernel.decision import Refused


def own_tables(
    package: str, made: Mapping[str, Sequence[int]]
) -> Iterator[tuple[type[models.Model], Sequence[int]]]:
    """Yield each table of a package with the keys of its rows, in the order given.

    Raises Refused, before the first is yielded, where one is another package's: each package
    takes back its own rows only.
    """
    strange = sorted(label for label in made if label.partition(".")[0] != package)
    if strange:
        raise Refused(
            f"{', '.join(strange)} is no table of {package}: ask the package that owns it."
        )
    yield from [(apps.get_model(label), keys) for label, keys in made.items()]
