"""Families, children and three years of their schooling, invented from a seed.

The same seed, number of children and day give the same Ashcombe. What happens to children who
miss education is shaped like a real authority's: how many are open at once, for which reasons,
how long they last, how many are of primary age.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onroll.matching.normalise import short_forms
from onroll.office.demo.lives import InventedCarer, InventedChild, Place, Schooling
from onroll.office.demo.stories import tell, working
from onroll.office.demo.town import COMMUNITIES, STREETS, Community, InventedSchool, listed, schools
from onroll.statute.ages import school_year
from onroll.statute.identifiers import upn_letter

HISTORY_YEARS = 4  # the first only fills the books, so that three years can be compared
OPENED_A_YEAR = 600  # new cases of children missing education in a year
MOST_WITH_STORIES = 0.5  # of all children, where few are invented
PRIMARY, SECONDARY = range(1, 7), range(7, 12)  # year groups
PRIMARY_SHARE = 0.69  # some are in secondary school before their case closes
TO_SEPTEMBER = 285  # days from late November, when the history begins, to the school year


FLAG_SHARES = (
    ("sen_support", 0.14), ("ehcp", 0.05), ("cin", 0.03), ("cpp", 0.008), ("cla", 0.007),
    ("social_worker", 0.035), ("young_carer", 0.012), ("grt", 0.012), ("refugee", 0.012),
    ("asylum", 0.01), ("homeless", 0.008), ("youth_justice", 0.004), ("kinship", 0.005),
    ("da", 0.01), ("cce", 0.003), ("cse", 0.002),
)  # fmt: skip


def children(*, count: int, seed: int, today: date) -> list[InventedChild]:
    """Return that many invented children, as at a day."""
    chance = random.Random(f"ashcombe {seed}")  # noqa: S311 (a demonstration, not a secret)
    town = schools()
    made: list[InventedChild] = []
    for household in _households(chance, today):
        made.extend(household[: count - len(made)])
        if len(made) == count:
            break
    for child in made:
        _school(chance, child, town, today)
    _write_stories(chance, made, town, today)
    _forget_leavers(chance, made, today)
    for child in chance.sample(made, k=min(20, max(1, count // 250))):
        child.is_sealed = True
    return made


def _households(chance: random.Random, today: date) -> Iterator[list[InventedChild]]:
    streets = listed(STREETS)
    carer_key = child_key = 0
    while True:
        community = chance.choices(COMMUNITIES, [c.share for c in COMMUNITIES])[0]
        surname = chance.choice(community.families)
        home, earlier = _place(chance, streets), None
        if chance.random() < 0.35:
            earlier = _place(chance, streets)
        carers = []
        for kind in _carer_kinds(chance):
            carer_key += 1
            carers.append(_carer(chance, carer_key, kind, surname, community))
        siblings: list[InventedChild] = []
        born = _born(chance, today)
        for _ in range(chance.choices((1, 2, 3, 4), (48, 33, 13, 6))[0]):
            child_key += 1
            siblings.append(
                _child(
                    chance,
                    child_key,
                    surname,
                    community,
                    born,
                    home,
                    earlier,
                    tuple(carers),
                    frozenset(n for s in siblings for n in s.given_names.split()),
                )
            )
            born += timedelta(days=chance.randint(400, 1400))
            if chance.random() < 0.03:
                born = siblings[-1].born_on  # twins
            if born > today - timedelta(days=4 * 366):
                break
        yield siblings


def _born(chance: random.Random, today: date) -> date:
    youngest = date(today.year - (0 if today.month >= 9 else 1) - 4, 8, 31)
    return youngest - timedelta(days=chance.randint(0, 12 * 365 + 3))


def _place(chance: random.Random, streets: Sequence[str]) -> Place:
    street = chance.choice(streets)
    district = 1 + streets.index(street) % 9
    sector = 1 + streets.index(street) // 9
    unit = "ABDEFGHJLNPQRSTUWXYZ"[streets.index(street) % 20] + chance.choice("ABDEFGHJ")
    return Place(f"{chance.randint(1, 180)} {street}", "Ashcombe", f"ZZ{district} {sector}{unit}")


def _carer_kinds(chance: random.Random) -> tuple[str, ...]:
    return chance.choices(
        (("mother", "father"), ("mother",), ("father",), ("mother", "step_parent"),
         ("grandparent",), ("foster_carer",)),
        (58, 28, 4, 7, 2, 1),
    )[0]  # fmt: skip


def _carer(
    chance: random.Random, key: int, kind: str, surname: str, community: Community
) -> InventedCarer:
    is_woman = kind in {"mother", "grandparent", "foster_carer"} or (
        kind == "step_parent" and chance.random() < 0.2
    )
    given = chance.choice(community.girls if is_woman else community.boys)
    own = surname if chance.random() < 0.8 else chance.choice(community.families)
    return InventedCarer(
        key=key,
        title=chance.choice(("Ms", "Mrs")) if is_woman else "Mr",
        given_names=given,
        family_name=own,
        kind=kind,
        lives_with=not (kind == "father" and chance.random() < 0.2),
        mobile=f"07700 900{chance.randint(0, 999):03d}",
        email=f"{given}.{own}{key}@mail.example".lower().replace("'", "")
        if chance.random() < 0.6
        else "",
        language=community.language,
    )


def _child(
    chance: random.Random,
    key: int,
    surname: str,
    community: Community,
    born: date,
    home: Place,
    earlier: Place | None,
    carers: tuple[InventedCarer, ...],
    taken: frozenset[str],
) -> InventedChild:
    is_girl = chance.random() < 0.49
    names = [n for n in (community.girls if is_girl else community.boys) if n not in taken]
    given, second = chance.sample(names, k=2)
    if chance.random() < 0.3:
        given = f"{given} {second}"
    flags = tuple(flag for flag, share in FLAG_SHARES if chance.random() < share)
    moved = date(2019, 1, 1) + timedelta(days=chance.randint(0, 2300))
    return InventedChild(
        key=key,
        given_names=given,
        family_name=surname,
        known_as=_short(given) if chance.random() < 0.15 else "",
        former_family_name=chance.choice(community.families) if chance.random() < 0.05 else "",
        born_on=born,
        sex="F" if is_girl else "M",
        community=community,
        upn=_upn(key, born),
        nhs=_nhs(key),
        carers=carers,
        home=home,
        since=max(moved, born),
        earlier=earlier if moved > born else None,
        flags=flags,
        has_plan="ehcp" in flags,
    )


def _short(given: str) -> str:
    """Return what somebody of this name is called among friends, if people shorten it."""
    forms = sorted(f for f in short_forms(given.split()[0]) if len(f) < len(given))
    return forms[0].title() if forms else ""


def _upn(key: int, born: date) -> str:
    # The serial runs out after a thousand at one school: the school's number takes the rest.
    body = f"999{2000 + (key // 1000) % 7000:04d}{(born.year + 4) % 100:02d}{key % 1000:03d}"
    return upn_letter(body) + body


def _nhs(key: int) -> str:
    """Return a number that passes the check, from the block 999 that is never given out."""
    stem = f"999{key * 7919 % 1_000_000:06d}"
    total = sum(int(c) * w for c, w in zip(stem, range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return "" if check == 10 else f"{stem}{check % 11}"


def _starting_september(born: date, year: int) -> date:
    """Return the first day of term of the school year in which a child enters a year group."""
    reception = born.year + 4 if (born.month, born.day) <= (8, 31) else born.year + 5
    return date(reception + year, 9, 3)


def _school(
    chance: random.Random, child: InventedChild, town: Sequence[InventedSchool], today: date
) -> None:
    primaries = [s for s in town if s.phase == "Primary"]
    secondaries = [s for s in town if s.phase == "Secondary"]
    special = [s for s in town if s.type_code == "7"]
    into_reception = _starting_september(child.born_on, 0)
    into_year_7 = _starting_september(child.born_on, 7)
    leaves = date(into_reception.year + 12, 6, 26)
    if into_reception > today:
        return
    if child.has_plan and chance.random() < 0.5:
        here = chance.choice(special)
        child.schooling.append(
            Schooling(
                here.urn,
                into_reception,
                leaves if leaves < today else None,
                ground="l" if leaves < today else "",
            )
        )
        return
    first = chance.choice(primaries)
    end = date(into_year_7.year, 8, 31)
    moved_on = into_year_7 <= today
    child.schooling.append(Schooling(first.urn, into_reception, end if moved_on else None,
                                     ground="a" if moved_on else ""))  # fmt: skip
    if moved_on:
        second = chance.choice(secondaries)
        done = leaves < today
        child.schooling.append(Schooling(second.urn, into_year_7, leaves if done else None,
                                         ground="l" if done else ""))  # fmt: skip
    share = (0.02 if leaves > today else 0) if moved_on else 0.012
    if chance.random() < share:
        child.home_educated_from = today - timedelta(days=chance.randint(30, 700))


def _write_stories(
    chance: random.Random,
    made: Sequence[InventedChild],
    town: Sequence[InventedSchool],
    today: date,
) -> None:
    wanted = min(OPENED_A_YEAR * HISTORY_YEARS, round(len(made) * MOST_WITH_STORIES))
    began = date(today.year - HISTORY_YEARS, today.month, min(today.day, 28))
    cohorts: dict[int, list[InventedChild]] = {}
    for child in made:
        if child.schooling and not child.home_educated_from:
            cohorts.setdefault(_starting_september(child.born_on, 0).year, []).append(child)
    for cohort in cohorts.values():
        chance.shuffle(cohort)
    for n in range(wanted):
        told_on = min(began + timedelta(days=_day_of_year(chance, n, wanted)), today)
        years = PRIMARY if chance.random() < PRIMARY_SHARE else SECONDARY
        found = _somebody(chance, cohorts, school_year(told_on).first.year, years)
        if found is None:
            continue
        story = tell(chance, found, town, told_on=told_on, today=today)
        if story is not None:
            found.stories.append(story)
            found.schooling = story.schooling


def _forget_leavers(chance: random.Random, made: Sequence[InventedChild], today: date) -> None:
    """Let some pupils leave whose parents have not said where they go: soon, and long ago."""
    staying = [c for c in made if not c.stories and c.schooling and c.schooling[-1].last is None
               and not c.home_educated_from]  # fmt: skip
    leavers = chance.sample(staying, k=min(16, len(staying) // 10))
    for n, child in enumerate(leavers):
        days = chance.randint(3, 40) if n % 2 else -chance.randint(20, 700)
        last = working(max(today + timedelta(days=days), child.schooling[-1].first))
        child.schooling[-1] = replace(child.schooling[-1], last=last, ground="g")


def _somebody(
    chance: random.Random, cohorts: dict[int, list[InventedChild]], september: int, years: range
) -> InventedChild | None:
    """Take a child who was in one of these year groups in the school year of that September."""
    here = [pool for year in years if (pool := cohorts.get(september - year))]
    if not here:
        return None
    return chance.choices(here, [len(pool) for pool in here])[0].pop()


def _day_of_year(chance: random.Random, n: int, of: int) -> int:
    """Return a day of the history: a little fewer each year, more when a school year starts."""
    span = HISTORY_YEARS * 365
    day = int(span * ((n + chance.random()) / of) ** 1.12)
    if chance.random() < 0.3:
        day = 365 * (day // 365) + TO_SEPTEMBER + chance.randint(-10, 45)
    return min(day, span - 1)
