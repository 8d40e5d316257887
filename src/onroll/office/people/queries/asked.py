"""What somebody typed into the one box, taken apart, and how near a word is to a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onroll.matching import normalise

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

# How much each way of agreeing is worth in a list; only their order matters.
WHOLE, FOLDED, BEGINNING, SHORT_FORM, SLIP, SIMILAR = 100, 90, 85, 80, 75, 55
MOST_WORDS = 5
LEAST_CODE = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, days of birth, years of birth, and numbers, postcodes or telephones.

    `streets` are those of the words that are meant as a street, each with the number of the house.
    """

    text: str
    words: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    years: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    streets: tuple[tuple[str, str], ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there is something to look for: two letters, a day, or three characters."""
        return bool(self.days or self.codes or any(len(w) > 1 for w in self.words))

    @property
    def is_an_address(self) -> bool:
        """Whether nothing but an address can be meant: a house's number and a kind of street."""
        return any(number for number, _ in self.streets) and any(
            w in normalise.STREET_KINDS for w in self.words
        )

    @property
    def as_names(self) -> "Asked":
        """The same, every word read as one of a name: "canal street" is perhaps Jane Street."""
        return replace(self, streets=())

    @property
    def as_address(self) -> "Asked":
        """The same, the words before a kind of street read as the street."""
        names = {word for _, word in self.streets}
        rest = [w for w in self.words if w not in names and w not in normalise.STREET_KINDS]
        return replace(self, words=tuple(rest))

    @property
    def terms(self) -> tuple[str, ...]:
        """Everything asked for, in one form for each, as a proof of search keeps it."""
        folded = (normalise.folded(w) for w in self.words)
        return (*folded, *(d.isoformat() for d in self.days), *self.codes)


def asked(text: str, *, today: date | None = None) -> Asked:
    """Return what a typed search asks for; words, dates, numbers and postcodes in any order."""
    rest, telephones = normalise.telephones_in(text)
    rest, dates = normalise.dates_in(rest)
    rest, postcodes = normalise.postcodes_in(rest)
    rest, numbers = normalise.numbers_in(rest)
    days = dict.fromkeys(d for typed in dates for d in normalise.dates_meant(typed))
    codes = [code_term(c) for c in (*telephones, *postcodes, *numbers)]
    words: list[str] = []
    years: list[int] = []
    streets: dict[str, str] = {}
    loose, house = "", ""
    parts = normalise.plain(rest).split()
    for at, part in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) else ""
        if _is_passed_over(part, following, parts):
            continue
        if not any(c.isdigit() for c in part):
            if house:
                streets[part] = house
            elif part in normalise.STREET_KINDS and words:
                streets.setdefault(words[-1], "")
            words.append(part)
            house = ""
        elif _YEAR.fullmatch(part) and not loose:
            years.append(int(part))
        elif not loose and _is_before_a_street(parts[at:]):
            house = part
        else:
            loose += part
    if len(loose) >= LEAST_CODE:
        codes.append(loose)
    kept = tuple(dict.fromkeys(words))[:MOST_WORDS]
    return Asked(
        text=" ".join(text.split()),
        words=kept,
        days=tuple(d for d in days if today is None or d <= today),
        years=tuple(years),
        codes=tuple(codes),
        streets=tuple((number, word) for word, number in streets.items() if word in kept),
    )


def _is_passed_over(part: str, following: str, parts: Sequence[str]) -> bool:
    """A word that joins others, or "flat" before its number: nobody is found by these."""
    if normalise.is_unit(part) and following[:1].isdigit():
        return True
    return part in normalise.STOP_WORDS and len(parts) > 1


def _is_before_a_street(parts: Sequence[str]) -> bool:
    """Whether numbers of a house begin here: one or two ("2/14"), and then a word."""
    run = list(_numbers_of_houses(parts))
    rest = parts[len(run) :]
    return 0 < len(run) <= 2 and bool(rest) and rest[0].isalpha() and len(rest[0]) > 1


def _numbers_of_houses(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if not normalise.is_number_of_a_house(part):
            return
        yield part


def code_term(code: str) -> str:
    """Return a number or postcode as it stands among the search terms."""
    return normalise.number(code).lower()


def house_term(number: str, street: str) -> str:
    """Return a house as it stands among the search terms."""
    return f"{number} {street}"


def nearness(typed: str, word: str) -> int:
    """Return how near a typed word is to a word of a name, 0 for not at all."""
    if typed == word:
        return WHOLE
    if normalise.folded(typed) == normalise.folded(word):
        return FOLDED
    if word.startswith(typed):
        return BEGINNING
    if word in normalise.short_forms(typed):
        return SHORT_FORM
    if is_a_slip(typed, word):
        return SLIP
    return 0


def is_a_slip(typed: str, word: str) -> bool:
    """Return whether one slip of typing explains the difference; not for words of two letters."""
    return min(len(typed), len(word)) > 1 and normalise.is_one_slip_away(typed, word)


def nearest(typed: str, words: frozenset[str]) -> tuple[int, str]:
    """Return the word of a name that is nearest to a typed word, and how near it is."""
    return max(((nearness(typed, w), w) for w in words), default=(0, ""))


def says(typed: str, word: str, near: int) -> str:
    """Return in words why a typed word brought up a name."""
    if near in (WHOLE, BEGINNING):
        return ""
    if near == FOLDED:
        return f"“{typed}” is another spelling of {word.capitalize()}"
    if near == SHORT_FORM:
        return f"“{typed}” goes with {word.capitalize()}"
    return f"“{typed}” is near {word.capitalize()}"
