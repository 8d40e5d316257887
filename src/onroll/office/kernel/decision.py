"""An answer to "may I?" that carries its reason, and the failures that every screen expects."""

from collections.abc import Sequence
from dataclasses import dataclass


class Unknown(LookupError):
    """There is no such thing, or none that this actor may know of: the two look alike."""


class Refused(PermissionError):
    """A decision was required and the answer was no; the message is the reason."""


class Stale(RuntimeError):
    """A colleague changed it first. `compared` holds (label, theirs, yours) for the screen, and
    `children` whose records that screen shows."""

    def __init__(
        self,
        subject: str,
        compared: Sequence[tuple[str, str, str]] = (),
        children: Sequence[int] = (),
    ) -> None:
        super().__init__(f"A colleague changed {subject} first.")
        self.subject = subject
        self.compared = tuple(compared)
        self.children = tuple(children)


class Faulty(ValueError):
    """The values given cannot be so; `faults` holds (field or row, plain sentence)."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__("; ".join(says for _, says in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes when `refusal` is empty, otherwise no with that reason."""

    refusal: str = ""

    def __bool__(self) -> bool:
        return not self.refusal

    def __and__(self, other: "Decision") -> "Decision":
        return self if self.refusal else other

    def __or__(self, other: "Decision") -> "Decision":
        return other if self.refusal else self

    def require(self) -> None:
        """Raise Refused with the reason unless the answer is yes."""
        if self.refusal:
            raise Refused(self.refusal)


YES = Decision()


def because(condition: bool, refusal: str) -> Decision:
    """Return yes when the condition holds, otherwise no with this reason."""
    return YES if condition else Decision(refusal)
