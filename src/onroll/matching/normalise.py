"""Names, dates, postcodes and numbers as people write them, brought to one form to compare.

Everything here only compares. What was written is kept as it was written, elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise, permutations

from onroll.matching.nicknames import SHORT_FORMS
from onroll.statute.days import real_day

# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "þ": "th",
        "ı": "i", "ħ": "h", "ŋ": "ng", "ŧ": "t", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k",
        "ĸ": "k", "ĳ": "ij", "ŀ": "l", "ŉ": "n",
    }
)  # fmt: skip
# Marks that stand inside one word: O'Brien, D’Souza, N`Golo, Sa'ad, Ta‘lim.
_INSIDE_A_WORD = re.compile(r"['’‘`´ʻʼʾʿ′]")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")

# Short words before a family name that one office writes and another leaves out.
PARTICLES = frozenset(
    {
        "al", "el", "ul", "bin", "ibn", "bint", "ben", "abu", "de", "da", "do", "dos", "das", "del",
        "della", "di", "du", "des", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu",
        "st", "mac", "mc", "o", "ap", "ab",
    }
)  # fmt: skip
# Titles that are typed into a box for names.
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "master"])

# Spellings of one name in another alphabet, in the order in which they are folded. Derived by
# hand from the pairs in the tests; they join spellings and never decide that two people are one.
_FOLDS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"^(mo|mu)h?am+[ae]?[dt]+$", "mohamed"),
        (r"^(mo|mu)ham+[aeiou]d+h?$", "mohamed"),
        (r"^mhd$|^md$|^mohd$", "mohamed"),
        (r"^y(o|u|ou|oo)s+[aeiou]+(f|ph|v|b)$", "yusuf"),
        (r"(?:ay|ai|ei|ey)e?(?=.)", "ai"),
        (r"ph", "f"),
        (r"ck|q|kh(?=[aeiouy])", "k"),
        (r"c(?=[aourlk]|$)", "k"),
        (r"gh(?=[aeiouy])", "g"),
        (r"dh", "d"),
        (r"th(?=[aeiouyr]|$)", "t"),
        (r"tz|ts(?=[aeiouy])", "z"),
        (r"sz|sch", "sh"),
        (r"cz", "ch"),
        (r"au|ow(?=.)|ou|oo|u", "o"),
        (r"aa|ae|e(?=h)", "a"),
        (r"ee|ie|ey$|iy|yi|y", "i"),
        (r"e", "a"),
        (r"w|v", "v"),
        (r"(?<=.)h", ""),
        (r"j(?=i|$)|dj", "j"),
        (r"(.)\1+", r"\1"),
    )
)


def plain(text: str) -> str:
    """Return the text in small letters without accents; every other mark becomes one space."""
    small = text.casefold().translate(_WHOLE_LETTERS)
    apart = unicodedata.normalize("NFKD", small)
    letters = "".join(c for c in apart if not unicodedata.combining(c)).translate(_WHOLE_LETTERS)
    return _NOT_A_LETTER.sub(" ", _INSIDE_A_WORD.sub("", letters)).strip()


@lru_cache(maxsize=10_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name: titles dropped, a hyphen read as a space."""
    found = plain(name).split()
    kept = [w for w in found if w not in _TITLES]
    return tuple(kept or found)


@lru_cache(maxsize=10_000)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that everybody writes: without particles, unless all are."""
    found = words(name)
    return tuple(w for w in found if w not in PARTICLES) or found


@lru_cache(maxsize=10_000)
def search_words(name: str) -> frozenset[str]:
    """Return every word by which a name may be looked for.

    Its words, and its words run together with the particle before them or with each other:
    "Mc Donald" and "McDonald", "Smith-Jones" and "SmithJones".
    """
    found = words(name)
    joined = {a + b for a, b in pairwise(found)}
    return frozenset({*found, *joined})


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return one spelling for the usual ways of writing one name: Mohammed, Muhammad, Mohamed."""
    new = plain(word).replace(" ", "")
    for pattern, replacement in _FOLDS:
        new = pattern.sub(replacement, new)
        if new in ("mohamed", "yusuf"):
            return new
    return new


def short_forms(word: str) -> frozenset[str]:
    """Return what a given name is also called, and what it is short for; never the word itself."""
    return SHORT_FORMS.get(plain(word), frozenset())


def name_key(given_names: str, family_name: str) -> tuple[str, ...]:
    """Return a key that is equal for swapped names and for the usual spellings of each word."""
    return tuple(sorted(folded(w) for w in name_words(f"{given_names} {family_name}")))


def is_one_slip_away(one: str, other: str) -> bool:
    """Return whether one typing slip makes one word the other.

    A slip is a wrong letter, a missing letter, a letter too many, or two neighbours swapped.
    """
    if one == other:
        return False
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    if one[at + 1 :] == other[at + 1 :]:
        return True
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


def with_a_letter_missing(word: str) -> frozenset[str]:
    """Return the word and the word without each of its letters.

    Two words that are one slip apart share one of these, so that an index of them finds every
    slip (the symmetric-delete idea of W. Garbe's SymSpell). Words of one letter stay alone.
    """
    if len(word) < 2:
        return frozenset({word})
    return frozenset({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))})


# The shapes of a postcode; the area is not checked, so that fictional areas and the pseudo
# postcodes of the health service (ZZ99 …) pass.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})")


def postcode(typed: str) -> str:
    """Return a postcode as it is printed, or "" for what is not one: "zz14ab" is "ZZ1 4AB"."""
    compact = re.sub(r"[^A-Za-z0-9]", "", typed).upper()
    found = _POSTCODE.fullmatch(compact)
    return f"{found[1]} {found[2]}" if found else ""


def number(typed: str) -> str:
    """Return a number or reference in capitals without spaces, dashes, dots or slashes."""
    return re.sub(r"[\s\-./]+", "", unicodedata.normalize("NFKC", typed)).upper()


_HOUSE = re.compile(r"\b(?:flat|apartment|apt|unit|room|rm|no|number)\b\.?\s*", re.IGNORECASE)
_STREETS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "dr": "drive", "cl": "close",
    "ct": "court", "cres": "crescent", "gdns": "gardens", "gdn": "garden", "ln": "lane",
    "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "gr": "grove", "pk": "park",
}  # fmt: skip


# The kinds of street. They stand in so many addresses that they tell one from no other.
STREET_KINDS = frozenset(
    {*_STREETS, *_STREETS.values(), "street", "road", "avenue", "drive", "close", "lane", "way"}
) - {"park", "pk", "gr"}  # fmt: skip
_UNITS = frozenset(["flat", "apartment", "apt", "unit", "room", "rm", "no", "number", "house"])
# Words that join others and find nobody.
STOP_WORDS = frozenset(["the", "of", "and"])
_IN_NO_STREET = STREET_KINDS | _UNITS | STOP_WORDS
_NUMBER_OF_A_HOUSE = re.compile(r"[0-9]{1,4}[a-z]?")


def streets_in(line: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a line that name a street or a house, each with the number before it.

    "Flat 2, 14 Canal Street" has ("14", "canal"); "Old Mill Lane" has ("", "old") and
    ("", "mill"). Kinds of street are left out unless the line has nothing else.
    """
    number, found, kinds = "", [], []
    for part in plain(line).split():
        if _NUMBER_OF_A_HOUSE.fullmatch(part):
            number = part
        elif part in STREET_KINDS:
            kinds.append((number, part))
        elif part[0].isalpha() and len(part) > 1 and part not in _IN_NO_STREET:
            found.append((number, part))
            number = ""
    return tuple(found or kinds)


def is_number_of_a_house(part: str) -> bool:
    """Return whether a typed word can be a house's number: "14", "14a"; a year is none."""
    return bool(_NUMBER_OF_A_HOUSE.fullmatch(part)) and not re.fullmatch("(?:19|20)[0-9]{2}", part)


def is_unit(part: str) -> bool:
    """Return whether a typed word says what the number after it counts: "flat", "no"."""
    return part in _UNITS


# Words in the names of schools that say what kind of school it is, and those that say nothing.
_PHASES = {
    "infant": "infant", "infants": "infant", "junior": "junior", "juniors": "junior",
    "primary": "primary", "nursery": "nursery", "first": "first", "middle": "middle",
    "secondary": "secondary", "high": "high", "upper": "upper", "grammar": "grammar",
    "college": "college", "special": "special", "sixth": "sixth", "preparatory": "preparatory",
}  # fmt: skip
_SAY_NOTHING = STOP_WORDS | {
    "school", "schools", "academy", "sch", "for", "ce", "cofe", "rc", "va", "vc", "aided",
    "controlled", "voluntary", "community", "foundation",
}  # fmt: skip
_OF_A_CHURCH = re.compile(r"\b(?:church of england|c of e|roman catholic|catholic|c e|r c)\b")


@lru_cache(maxsize=4096)
def school_key(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what tells a school from others: the words of its name, and its phases.

    "St Brides" and "St Bride's C of E Primary School" have the same words.
    """
    parts = _OF_A_CHURCH.sub(" ", plain(name)).split()
    phases = frozenset(_PHASES[p] for p in parts if p in _PHASES)
    kept = [p for p in parts if p not in _PHASES and p not in _SAY_NOTHING]
    kept = kept or [p for p in parts if p not in _SAY_NOTHING] or parts
    spelt = ("st" if p == "saint" else p.removesuffix("s") if len(p) > 4 else p for p in kept)
    return frozenset(spelt), phases


def is_same_school(one: str, other: str) -> bool:
    """Return whether two spellings can be of one school; a phase left out contradicts none."""
    words_of_one, phases = school_key(one)
    words_of_other, others = school_key(other)
    return (
        bool(words_of_one)
        and words_of_one == words_of_other
        and (phases <= others or others <= phases)
    )


def house_and_postcode(line_1: str, postcode_typed: str) -> str:
    """Return one key for one house, however its first line was written.

    Numbers first, then the words: "Flat 2, 14 High St" and "2/14 High Street" are one place.
    Without a postcode the line alone has to serve, and joins less.
    """
    parts = plain(_HOUSE.sub(" ", line_1)).split()
    numbers = [p for p in parts if p[0].isdigit()]
    names = [_STREETS.get(p, p) for p in parts if not p[0].isdigit()]
    code = postcode(postcode_typed).replace(" ", "").lower()
    # A number and a postcode make a house; a street is often spelt wrong and adds nothing.
    kept = numbers if numbers and code else numbers + names
    return f"{'-'.join(kept)}|{code}"


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?:{'|'.join(_MONTHS)})[A-Za-z]*"
_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    rf"[0-9]{{1,4}}(?:st|nd|rd|th)?[\s/.,-]+(?:[0-9]{{1,2}}|{_MONTH})[\s/.,-]+[0-9]{{1,4}}"
    rf"|{_MONTH}[\s/.,-]+[0-9]{{1,2}}(?:st|nd|rd|th)?[\s/.,-]+[0-9]{{2,4}}"
    r"|(?:19|20)[0-9]{6}|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}"
    r")(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def dates_meant(typed: str) -> tuple[date, ...]:
    """Return every date that a typed date can mean, the British reading first.

    "3/4/2015" is 3 April and perhaps 4 March; "3 Apr 15" is one date. A year of two digits is
    read as in this century up to 39, in the last from 40: these are children's dates of birth.
    """
    found: dict[date, None] = {}
    for year, month, day in _readings(typed.strip()):
        try:
            found[real_day(year, month, day)] = None
        except ValueError:
            continue
    return tuple(found)


def _readings(typed: str) -> Iterator[tuple[int, int, int]]:
    parts = [p for p in re.split(r"[\s/.,-]+", typed.lower()) if p]
    if len(parts) == 1 and re.fullmatch(r"[0-9]{8}", parts[0]):
        run = parts[0]
        is_year_first = run[:2] in ("19", "20")
        parts = [run[:4], run[4:6], run[6:]] if is_year_first else [run[:2], run[2:4], run[4:]]
        if run[:2] in ("19", "20") and run[4:6] in ("19", "20"):
            # 20042015 may be 20 April 2015: the whole run is read both ways.
            yield from _numbers([run[:2], run[2:4], run[4:]])
    parts = [re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", p) for p in parts]
    if len(parts) != 3 or any(p.isdecimal() and len(p) > len("2026") for p in parts):
        return
    if named := [i for i, p in enumerate(parts) if p.isalpha()]:
        yield from _named(parts, named[0])
    else:
        yield from _numbers(parts)


def _named(parts: list[str], at: int) -> Iterator[tuple[int, int, int]]:
    month = parts[at][:3]
    if month not in _MONTHS:
        return
    one, other = (p for i, p in enumerate(parts) if i != at)
    if not (one.isdecimal() and other.isdecimal()):
        return
    if len(one) == 4:
        one, other = other, one
    yield _year(other), _MONTHS.index(month) + 1, int(one)


def _numbers(parts: list[str]) -> Iterator[tuple[int, int, int]]:
    if not all(p.isdecimal() and p.isascii() for p in parts):
        return
    one, two, three = parts
    if len(one) == 4:
        yield int(one), int(two), int(three)
        yield int(one), int(three), int(two)
    elif len(two) != 4:
        yield _year(three), int(two), int(one)
        yield _year(three), int(one), int(two)
        if len(three) == 2 and len(one) == 2:
            yield _year(one), int(two), int(three)


def _year(typed: str) -> int:
    year = int(typed)
    if len(typed) > 2:
        return year
    return year + (2000 if year < 40 else 1900)


def dates_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its dates, and the dates as typed."""
    found = [m.group() for m in _DATE.finditer(text) if dates_meant(m.group())]
    for typed in found:
        text = text.replace(typed, " ", 1)
    return text, tuple(found)


_POSTCODE_IN_TEXT = re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\b")


def postcodes_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its postcodes, and the postcodes."""
    found = tuple(postcode(m.group()) for m in _POSTCODE_IN_TEXT.finditer(text))
    return _POSTCODE_IN_TEXT.sub(" ", text), found


# A number of the United Kingdom's telephones, from home or from abroad, however spaced; not a date
# with the number of a house after it.
_TELEPHONE_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z+])(?![0-9]{1,2}[\s.-][0-9]{1,2}[\s.-](?:19|20)[0-9]{2}\b)"
    r"(?:(?:\+|00)44[\s().-]*(?:\(?0\)?)?|\(?0)((?:[\s().-]*[0-9]){9,10})(?![0-9A-Za-z])"
)


def telephones_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without telephone numbers, and the numbers as dialled at home."""
    found = tuple("0" + re.sub(r"\D", "", m[1]) for m in _TELEPHONE_IN_TEXT.finditer(text))
    return _TELEPHONE_IN_TEXT.sub(" ", text), found


def telephone(typed: str) -> str:
    """Return a telephone number as it is dialled at home, without spaces; "" for what is none.

    "+44 7700 900123" and "(07700) 900 123" are one number. One of another country keeps its
    digits only.
    """
    _, found = telephones_in(typed)
    digits = re.sub(r"\D", "", typed)
    return found[0] if found else digits if len(digits) > 4 else ""


# A UPN (letter and 12), a ULN or an NHS number (10), however spaced.
_NUMBER_IN_TEXT = re.compile(
    r"\b(?:[A-Za-z]\s?(?:[0-9][\s-]?){11}[0-9A-Za-z]|(?:[0-9][\s-]?){9}[0-9])\b"
)


def numbers_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without long numbers, and the numbers in their compact form."""
    found = tuple(number(m.group()) for m in _NUMBER_IN_TEXT.finditer(text))
    return _NUMBER_IN_TEXT.sub(" ", text), found


def swapped_day_and_month(day: date) -> date | None:
    """Return the date with its day and month changed over, or None where there is none."""
    if day.day == day.month:
        return None
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


def orders_of(name: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Return the words of a short name in every order; of a long one, as it is and reversed."""
    if len(name) <= 4:
        return frozenset(permutations(name))
    return frozenset({name, name[::-1]})
