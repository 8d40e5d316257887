"""How one cell is read: text in, a value out, or ValueError with one plain sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from onroll.office.web.forms import read_day
from onroll.statute.days import EARLIEST, LATEST
from onroll.statute.identifiers import check_upn


def a_text(text: str) -> str:
    """Any text."""
    return text


def text_of(most: int) -> Callable[[str], str]:
    """Return a reader of text with at most so many characters."""

    def read(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"is {len(text)} characters long; the most is {most}.")
        return text

    return read


def a_date(text: str) -> date:
    """A date: 5/3/2026, 05-03-2026, 5 March 2026 or 2026-03-05; the day always before the month."""
    bare = re.sub(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$", "", text)
    try:
        day = read_day(bare)
    except ValueError:
        raise ValueError(
            f"“{text}” is not a real date. Write it as 05/03/2026, day first and the year in full."
        ) from None
    if day < EARLIEST:
        raise ValueError(f"“{text}” is too long ago to be right.")
    if day > LATEST:
        raise ValueError(f"“{text}” is too far ahead to be right.")
    return day


def a_whole_number(text: str) -> int:
    """A whole number, not negative."""
    if not re.fullmatch(r"\d{1,9}", text.replace(",", "")):
        raise ValueError(f"“{text}” is not a whole number.")
    return int(text.replace(",", ""))


def a_year_group(text: str) -> int:
    """A year group: R or 0 for Reception, N for nursery, 1 to 14, with or without “Year”."""
    bare = re.sub(r"^(year|yr|y)\s*", "", text.strip().casefold())
    named = {"r": 0, "reception": 0, "n": -1, "nursery": -1, "n2": -1, "n1": -2}
    if bare in named:
        return named[bare]
    if not re.fullmatch(r"[0-9]{1,2}", bare) or int(bare) > 14:
        raise ValueError(f"“{text}” is not a year group. Write R for Reception, or 1 to 14.")
    return int(bare)


def yes_or_no(text: str) -> bool:
    """Yes or no, however it is shortened."""
    answers = {"yes": True, "y": True, "true": True, "1": True}
    answers |= {"no": False, "n": False, "false": False, "0": False}
    if text.casefold() not in answers:
        raise ValueError(f"“{text}” should be Yes or No.")
    return answers[text.casefold()]


def one_of(answers: Mapping[str, str]) -> Callable[[str], str]:
    """Return a reader of a listed answer, given by its key or by its words."""
    known = {key.casefold(): key for key in answers}
    known |= {words.casefold(): key for key, words in answers.items()}

    def read(text: str) -> str:
        if text.casefold() not in known:
            listed = ", ".join(answers.values())
            raise ValueError(f"“{text}” is not one of the answers: {listed}.")
        return known[text.casefold()]

    return read


def a_upn(text: str) -> str:
    """A unique pupil number whose check letter is right."""
    checked = check_upn(text)
    if wrong := [p.says for p in checked.problems if p.severity == "error"]:
        raise ValueError(wrong[0])
    return checked.value


def an_email(text: str) -> str:
    """An e-mail address."""
    if not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", text):
        raise ValueError(f"“{text}” is not an e-mail address.")
    return text


def a_postcode(text: str) -> str:
    """A postcode in its usual form, capitals with one space."""
    bare = re.sub(r"\s+", "", text).upper()
    if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|ZZ99\d[A-Z]{2}", bare):
        raise ValueError(f"“{text}” is not a postcode.")
    return f"{bare[:-3]} {bare[-3:]}"
