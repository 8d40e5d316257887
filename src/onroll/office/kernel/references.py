"""References that people read out over the telephone and that reveal nothing."""

import secrets
from datetime import timedelta

from django.core import signing

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown

# Thirty-one characters, a prime: no I, L, O, U or V, so that nothing is misread or spelt, and the
# check catches every single slip.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTWXYZ"

SHOWN_FOR = timedelta(hours=12)  # a day at work: the page loaded again says what it said
_SHOWN = "onroll.shown"


def check_character(body: str) -> str:
    """Return the character that catches any one mistyped, and any two swapped neighbours.

    Holds for up to 29 characters, since no weight may be a multiple of 31.
    """
    total = sum(ALPHABET.index(c) * weight for weight, c in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(length: int = 11) -> str:
    """Return a random reference with its check character last; 4.95 bits a character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return body + check_character(body)


def new_receipt() -> str:
    """Return a receipt's reference: 84 random bits and a check character."""
    return new_reference(17)


def new_child_reference() -> str:
    """Return a child's reference, for addresses of pages: random, never a number that counts."""
    return new_reference(11)


def tidy_reference(typed: str) -> str:
    """Return what was meant by a reference as typed: no spaces or dashes, look-alikes mended."""
    kept = "".join(c for c in typed.upper() if c.isalnum())
    return kept.replace("O", "0").replace("I", "1").replace("L", "1")


def is_well_formed(reference: str) -> bool:
    """Return whether the check character agrees."""
    return (
        len(reference) > 1
        and all(c in ALPHABET for c in reference)
        and check_character(reference[:-1]) == reference[-1]
    )


def shown_once(ref: str, *, by: Actor) -> str:
    """Return a reference as it stands in the address of the page to which one person is sent.

    Signed for that person: nobody makes up a page that says that something was recorded.
    """
    return signing.dumps([by.pk, ref], salt=_SHOWN)


def read_shown(token: str, *, by: Actor) -> str:
    """Return the reference. Raises Unknown for one that was made up, is old or is another's."""
    try:
        whose, ref = signing.loads(token, salt=_SHOWN, max_age=SHOWN_FOR)
    except (signing.BadSignature, ValueError):
        raise Unknown("There is no such receipt.") from None
    if whose != by.pk:
        raise Unknown("There is no such receipt.")
    return str(ref)
