"""Policy packs: what one authority does beside the law, and Acts that are not law yet, as TOML.

An authority's pack may widen whom it counts as missing education, and add duties of its own (a
time limit for referrals, the office's targets). It never changes a national duty or definition.
A pack of an Act of Parliament is national: it adds duties and may take the place of some, and is
not in force until a day is given from which it is.
"""

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from onroll.statute.packs.pack import LOCAL_GROUNDS, Pack, facts_of
from onroll.statute.packs.reader import read_pack, twice
from onroll.statute.reading import Fault, FaultyInput


def available() -> tuple[str, ...]:
    """The keys of the packs that come with the program."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def for_authority(code: str, on: date) -> "Pack":
    """The pack of the authority with this number on a day; the nation's where it has none.

    Where two hold on the day, the one that began later.
    """
    holding = [
        pack
        for pack in map(load, available())
        if pack.authority_code == code
        and (pack.since is None or pack.since <= on)
        and (pack.until is None or on <= pack.until)
    ]
    return max(holding, key=lambda pack: pack.since or date.min, default=NATIONAL)


def together(first: "Pack", *others: "Pack") -> "Pack":
    """One pack of several: an authority's rules with an Act beside them.

    Raises FaultyInput where two give one duty, or two authorities their numbers.
    """
    if not others:
        return first
    packs = (first, *others)
    again = twice(duty for pack in packs for duty in pack.duties)
    faults = [Fault("packs", f"{one} is in two of them.", "Choose one.") for one in again]
    codes = {pack.authority_code for pack in packs} - {None}
    if len(codes) > 1:
        faults.append(Fault("packs", "are of several authorities.", "Choose one authority's."))
    if faults:
        raise FaultyInput(faults)
    local = [pack for pack in packs if pack.also_counts or pack.whereabouts_unknown_days]
    return Pack(
        key="+".join(pack.key for pack in packs),
        title=", ".join(pack.title for pack in packs),
        authority_code=next(iter(codes), None),
        cites="; ".join(pack.cites for pack in packs if pack.cites),
        note=" ".join(pack.note for pack in packs if pack.note),
        since=max((pack.since for pack in packs if pack.since is not None), default=None),
        until=min((pack.until for pack in packs if pack.until is not None), default=None),
        act=any(pack.act for pack in packs),
        not_in_force=tuple(title for pack in packs for title in pack.not_in_force),
        replaces=tuple(one for pack in packs for one in pack.replaces),
        also_counts=tuple(dict.fromkeys(one for pack in packs for one in pack.also_counts)),
        whereabouts_unknown_days=max(pack.whereabouts_unknown_days for pack in packs),
        local_cites="; ".join(pack.local_cites for pack in local if pack.local_cites),
        local_title=", ".join(pack.local_title for pack in local),
        duties=tuple(duty for pack in packs for duty in pack.duties),
    )


@cache
def load(key: str) -> Pack:
    """Load a pack by its key. Raises FaultyInput when there is none or it is at fault."""
    if key not in available():
        raise FaultyInput(
            [Fault(key, "is not a pack that is known here.", f"Use {', '.join(available())}.")]
        )
    return _parse((resources.files(__name__) / f"{key}.toml").read_text("utf-8"), f"{key}.toml")


def with_acts(pack: Pack) -> Pack:
    """An authority's pack with the Acts that it puts in force, each from its day.

    Raises FaultyInput for an Act that there is not.
    """
    known = {act.key: act for act in map(load, available()) if act.act}
    strangers = [key for key, _ in pack.acts if key not in known]
    if strangers:
        remedy = f"Use {', '.join(known)}."
        raise FaultyInput([Fault(f"acts.{key}", "is no Act here.", remedy) for key in strangers])
    begun = (replace(known[key].from_day(day), note="") for key, day in pack.acts)
    both = together(pack, *begun)
    return replace(both, key=pack.key, since=pack.since, act=False, acts=pack.acts)


def load_file(path: Path) -> Pack:
    """Load an authority's own pack from a TOML file. Raises FaultyInput naming each fault."""
    try:
        text = path.read_text("utf-8")
    except OSError as problem:
        reason = problem.strerror or "unreadable"
        raise FaultyInput(
            [Fault(str(path), f"cannot be read ({reason}).", "Check the name of the file.")]
        ) from problem
    except UnicodeDecodeError as problem:
        raise FaultyInput(
            [Fault(str(path), "is not UTF-8 text.", "Save it again as UTF-8.")]
        ) from problem
    return _parse(text, path.name)


def _parse(text: str, name: str) -> Pack:
    try:
        given = tomllib.loads(text)
    except ValueError as problem:  # broken TOML, or a number longer than Python reads
        raise FaultyInput([Fault(name, f"is not TOML: {problem}.", "Correct it.")]) from problem
    except RecursionError as problem:
        raise FaultyInput([Fault(name, "is nested too deeply.", "Correct it.")]) from problem
    try:
        pack = read_pack(given)
        return with_acts(pack) if pack.acts else pack
    except FaultyInput as faulty:
        raise FaultyInput(
            replace(one, where=f"{name}: {one.where}") for one in faulty.faults
        ) from faulty


NATIONAL = load("national")

__all__ = [
    "LOCAL_GROUNDS",
    "NATIONAL",
    "Pack",
    "available",
    "facts_of",
    "for_authority",
    "load",
    "load_file",
    "read_pack",
    "together",
]
