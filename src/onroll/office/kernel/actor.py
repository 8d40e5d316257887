"""Who is acting: a person signed in, or the program itself, with what they hold today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """One person with the permissions, teams and schools that they hold on the day.

    A value, so that policies and rules can be tested without a sign-in. `covering` are the
    people whose work this person covers while they are away.
    """

    pk: int | None
    name: str
    email: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()
    covering: frozenset[int] = frozenset()
    is_program: bool = False  # the program itself: imports and rebuilds; never a request

    def may(self, permission: str) -> bool:
        """Return whether one of this person's roles carries the permission."""
        return permission in self.permissions

    @property
    def stands_for(self) -> frozenset[int]:
        """This person and everyone whose work they cover."""
        return self.covering | ({self.pk} if self.pk is not None else frozenset())

    def __str__(self) -> str:
        return self.name


PROGRAM = Actor(pk=None, name="OnRoll", is_program=True)
