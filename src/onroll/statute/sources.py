"""How sure the authors are of a rule, a number or a code."""

from enum import StrEnum


class Confidence(StrEnum):
    """How a rule, a number or a code came to be believed.

    Anything but VERIFIED is shown with a caution wherever it reaches a person.
    """

    VERIFIED = "verified"
    """Read in the law, the guidance or the published file itself."""
    SECONDARY = "secondary"
    """Read in what others report of the law, the guidance or the file, not in its own text."""
    LOCAL = "local"
    """Stated by one authority; its practice, not law."""
    DERIVED = "derived"
    """Worked out from verified facts; the source does not say it in so many words."""
    RECALLED = "recalled"
    """Known from practice and not checked against the text."""
    UNCONFIRMED = "unconfirmed"
    """Looked for and not found, or found in one unofficial place only."""

    @property
    def caution(self) -> str:
        """What to tell a person who sees the rule; empty when nothing needs to be said."""
        return {
            Confidence.VERIFIED: "",
            Confidence.SECONDARY: "Read in a report of the source, not in the source itself.",
            Confidence.LOCAL: "A local rule of one authority, not national law.",
            Confidence.DERIVED: "Worked out from the source, which does not state it in full.",
            Confidence.RECALLED: "Not checked against the source: check before relying on it.",
            Confidence.UNCONFIRMED: "No official source was found: do not rely on it.",
        }[self]
