"""Numbers that look right and belong to nobody: UPNs and NHS numbers."""

from collections import Counter

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
OUR_CODE = "999"  # no authority has it
OTHER_CODES = ("998", "997", "996", "995")
SPAN = 1_000_000  # how many numbers share three leading digits


def upn_check_letter(body: str) -> str:
    """The first letter for the twelve characters after it."""
    total = sum(
        (UPN_LETTERS.index(character) if character.isalpha() else int(character)) * weight
        for weight, character in enumerate(body, 2)
    )
    return UPN_LETTERS[total % 23]


def is_upn(upn: str) -> bool:
    """Whether the shape and the check letter are right; a temporary number ends in a letter."""
    return (
        len(upn) == 13
        and upn[0] in UPN_LETTERS
        and upn[1:12].isdigit()
        and (upn[12].isdigit() or upn[12] in UPN_LETTERS)
        and upn_check_letter(upn[1:]) == upn[0]
    )


def nhs_check_digit(body: str) -> int:
    """The tenth digit for nine; 10 means that the nine cannot be used."""
    total = sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True))
    return -total % 11


def is_nhs_number(number: str) -> bool:
    """Whether ten digits end in the right check digit."""
    return len(number) == 10 and number.isdigit() and nhs_check_digit(number[:9]) == int(number[9])


class Issuer:
    """Hands out numbers, each once, in an order that the seed decides."""

    def __init__(self, start: int, *, block: int = 999) -> None:
        self._block = block
        self._next_nhs = start % SPAN
        self._nhs_given = 0
        self._serials: Counter[tuple[str, str, int]] = Counter()

    def nhs_number(self) -> str:
        """The next number from 999 down: 999 is for tests, and no block from 900 is in use."""
        while True:
            turn, place = divmod(self._nhs_given, SPAN)
            self._nhs_given += 1
            serial = (self._next_nhs + place * 387_420_489) % SPAN
            body = f"{self._block - turn}{serial:06}"
            check = nhs_check_digit(body)
            if check < 10:
                return f"{body}{check}"

    def upn(self, *, authority: str, school: int, year: int, temporary: bool = False) -> str:
        """The next number that a school gives in a year; a full school's are its neighbour's."""
        while True:
            key = (authority, f"{school:04}{year % 100:02}", int(temporary))
            serial = self._serials[key]
            if serial < 1_000:
                break
            school = 2_000 + (school - 1_999) % 6_000
        self._serials[key] += 1
        tail = f"{serial // 23 % 100:02}{UPN_LETTERS[serial % 23]}" if temporary else f"{serial:03}"
        body = authority + key[1] + tail
        return upn_check_letter(body) + body
