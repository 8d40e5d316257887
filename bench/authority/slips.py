"""Slips of hand and eye, in words, dates and numbers."""

from datetime import date
from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NEIGHBOURS = {
    "a": "qwsz", "b": "vghn", "c": "xdfv", "d": "serfcx", "e": "wsdr", "f": "drtgvc",
    "g": "ftyhbv", "h": "gyujnb", "i": "ujko", "j": "huikmn", "k": "jiolm", "l": "kop",
    "m": "njk", "n": "bhjm", "o": "iklp", "p": "ol", "q": "wa", "r": "edft", "s": "awedxz",
    "t": "rfgy", "u": "yhji", "v": "cfgb", "w": "qase", "x": "zsdc", "y": "tghu", "z": "asx",
}  # fmt: skip
LOOKALIKES = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("l", "1"), ("I", "l"), ("l", "i"),
    ("o", "0"), ("O", "0"), ("vv", "w"), ("w", "vv"), ("e", "c"), ("h", "b"), ("n", "ri"),
    ("u", "v"), ("S", "5"), ("B", "8"), ("g", "q"), ("t", "f"), ("a", "o"), ("nn", "m"),
    ("ii", "u"), ("J", "T"), ("K", "R"), ("F", "P"),
)  # fmt: skip
DIGIT_LOOKALIKES = {"1": "7", "7": "1", "3": "8", "8": "3", "5": "6", "6": "5", "0": "8", "4": "9"}
UNUSABLE_DATES = ("1900-01-01", "9999-12-31", "0001-01-01", "2999-12-31")


def mistyped(rng: Random, word: str) -> str:
    """A word with one slip of the hand: a letter lost, doubled, beside the right one, or moved."""
    if len(word) < 2:
        return word
    manner = rng.random()
    place = int(rng.random() * len(word)) if rng.random() < 0.12 else rng.randrange(1, len(word))
    letter = word[place]
    if manner < 0.26:
        return word[:place] + word[place + 1 :]
    if manner < 0.40:
        return word[:place] + letter.lower() + word[place:]
    if manner < 0.50:
        near = NEIGHBOURS.get(letter.lower(), LETTERS)
        return word[:place] + rng.choice(near) + word[place:]
    if manner < 0.72:
        near = rng.choice(NEIGHBOURS.get(letter.lower(), LETTERS))
        return word[:place] + (near.upper() if letter.isupper() else near) + word[place + 1 :]
    if manner < 0.82 and letter in "aeiou":
        return word[:place] + rng.choice("aeiou") + word[place + 1 :]
    place = min(place, len(word) - 2)
    first, second = word[place], word[place + 1]
    if first.isupper():
        first, second = first.lower(), second.upper()
    return word[:place] + second + first + word[place + 2 :]


def misread(rng: Random, word: str) -> str:
    """A word as a scanner or a tired eye reads it."""
    fitting = [(seen, taken) for seen, taken in LOOKALIKES if seen in word]
    if not fitting:
        return word
    seen, taken = rng.choice(fitting)
    return word.replace(seen, taken, 1)


def wrong_digit(rng: Random, number: str, first: int = 0) -> str:
    """A number with one digit wrong, or two changed over, from a place on."""
    place = rng.randrange(first, len(number))
    if rng.random() < 0.35 and place + 1 < len(number) and number[place] != number[place + 1]:
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    digit = number[place]
    if not digit.isdigit():
        return number[:place] + rng.choice(LETTERS.upper().replace(digit, "")) + number[place + 1 :]
    wrong = DIGIT_LOOKALIKES.get(digit) if rng.random() < 0.4 else None
    wrong = wrong or str((int(digit) + rng.randrange(1, 10)) % 10)
    return number[:place] + wrong + number[place + 1 :]


def wrong_date(rng: Random, born_on: date) -> date:
    """A birth date with the day or the month wrong by a slip; always a date that exists."""
    for _ in range(20):
        day, month = born_on.day, born_on.month
        manner = rng.random()
        if manner < 0.35:
            day += rng.choice((-1, 1))
        elif manner < 0.50:
            day += rng.choice((-10, 10, 20, -20))
        elif manner < 0.65:
            day = int(f"{day:02}"[::-1])
        elif manner < 0.80:
            day = rng.randint(1, 28)
        else:
            month += rng.choice((-1, 1, -1, 1, rng.randint(2, 9)))
        try:
            wrong = born_on.replace(day=day, month=month)
        except ValueError:
            continue
        if wrong != born_on:
            return wrong
    return born_on


def changed_over(born_on: date) -> date:
    """A birth date with day and month changed over, where both can be either."""
    return born_on.replace(day=born_on.month, month=born_on.day) if born_on.day <= 12 else born_on


def another_year(rng: Random, born_on: date) -> date:
    """A birth date a year out, or now and then ten."""
    year = born_on.year + rng.choice((-1, -1, 1, 1, -1, 1, 10, -10))
    try:
        return born_on.replace(year=year)
    except ValueError:
        return born_on.replace(year=year, day=28)
