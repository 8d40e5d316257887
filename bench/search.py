"""How long Find a child takes at 5,000, 60,000 and 250,000 children.

    python bench/search.py [--sizes 5000,60000,250000] [--seed 1] [--table bench/search.md]

Starts its own database, invents children with carers, homes of today and before and telephones,
asks the searches that officers type, each once to warm up and twice on the clock, and prints
the median and the 95th percentile in milliseconds by kind. Beside them it asks the same of the
same tables the way most programs do: `icontains` on each column, joined by or and and. It also
times the matches of a page of 25 referrals. The children are synthetic: syllables, a Zipf
distribution, and an area ZZ.
"""

import argparse
import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from onroll import postgres

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 3, 5)
LIMIT_MS = 300
QUERIES, ROUNDS = 150, 2
PEERS = 1  # of each kind of search, how many are asked of the peer, which is slow
PEER_WAITS_MS = 3_000  # and how long each is waited for

COMMON_GIVEN = [
    "olivia",
    "amelia",
    "isla",
    "ava",
    "mia",
    "freya",
    "lily",
    "grace",
    "oliver",
    "george",
    "noah",
    "arthur",
    "harry",
    "leo",
    "muhammad",
    "jack",
    "charlie",
    "oscar",
    "jacob",
    "henry",
    "thomas",
    "mohammed",
    "aisha",
    "fatima",
    "maryam",
    "zainab",
    "yusuf",
    "ibrahim",
    "ali",
    "omar",
    "sofia",
    "zofia",
    "jakub",
    "szymon",
    "maja",
    "andrei",
    "maria",
    "ana",
    "joao",
    "lucas",
    "chloe",
    "daniel",
    "samuel",
    "ethan",
    "logan",
]
COMMON_FAMILY = [
    "smith",
    "jones",
    "taylor",
    "brown",
    "williams",
    "wilson",
    "johnson",
    "davies",
    "patel",
    "wright",
    "khan",
    "ahmed",
    "hussain",
    "ali",
    "singh",
    "begum",
    "walker",
    "thompson",
    "white",
    "hughes",
    "evans",
    "thomas",
    "roberts",
    "green",
    "hall",
    "wood",
    "jackson",
    "clarke",
    "kowalski",
    "nowak",
    "popescu",
    "ionescu",
    "silva",
    "santos",
    "mohamed",
    "osei",
    "mensah",
    "okafor",
    "nguyen",
    "shah",
    "kaur",
]
ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "y",
    "z",
]
NUCLEI = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ie", "oo", "ou"]
CODAS = ["", "", "", "n", "r", "l", "s", "m", "ck", "nd", "rt", "ng", "th"]


@dataclass(frozen=True, slots=True)
class Invented:
    """One synthetic child."""

    pk: int
    given: str
    family: str
    former: str
    born_on: date
    upn: str
    house: int
    postcode: str
    street: str
    former_street: str
    mother: str
    telephone: str


class Town:
    """Invents children, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.given = [*COMMON_GIVEN, *self._words(2_500)]
        self.family = [*COMMON_FAMILY, *self._words(14_000)]
        # As in towns: many streets, some of which every town has, often called after people.
        kinds = ["Street", "Road", "Avenue", "Close", "Lane", "Drive"]
        called = ["high", "church", "station", "victoria", "mill", "green", "park", *self.family]
        self.streets = [f"{w.title()} {self.dice.choice(kinds)}" for w in called[:6_000]]

    def _words(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            syllables = self.dice.choice([1, 2, 2, 2, 3])
            word = "".join(
                self.dice.choice(ONSETS) + self.dice.choice(NUCLEI) for _ in range(syllables)
            )
            found[word + self.dice.choice(CODAS)] = None
        return [w for w in found if len(w) > 2]

    def _pick(self, names: list[str]) -> str:
        # Few names are borne by many and most by few.
        return names[min(int(self.dice.paretovariate(0.45)) - 1, len(names) - 1)]

    def child(self, pk: int) -> Invented:
        dice = self.dice
        family = self._pick(self.family)
        if dice.random() < 0.04:
            family = f"{family}-{self._pick(self.family)}"
        given = self._pick(self.given)
        if dice.random() < 0.4:
            given = f"{given} {self._pick(self.given)}"
        born_on = date(2008, 9, 1) + timedelta(days=dice.randrange(17 * 365))
        mother = (
            f"{self._pick(self.given)} {family if dice.random() < 0.6 else self._pick(self.family)}"
        )
        return Invented(
            pk=pk,
            given=given.title(),
            family=family.title(),
            former=self._pick(self.family).title() if dice.random() < 0.08 else "",
            born_on=born_on,
            upn=f"H{820_200_000_000 + pk:012d}",
            house=dice.randrange(1, 200),
            postcode=f"ZZ{dice.randrange(1, 30)} {dice.randrange(10)}"
            f"{dice.choice('ABDEFGHJLN')}{dice.choice('ABDEFGHJLN')}",
            street=self._pick(self.streets),
            former_street=self._pick(self.streets) if dice.random() < 0.5 else "",
            mother=mother.title(),
            telephone=f"07700 {pk:06d}",
        )


def load(children: list[Invented]) -> None:
    """Put the children and what they can be found by into the database, by COPY."""
    from django.db import connection

    from onroll.matching import normalise
    from onroll.office.people.queries.asked import code_term, house_term

    terms, words = [], set()
    for c in children:
        current = normalise.search_words(c.given) | normalise.search_words(c.family)
        former = normalise.search_words(c.former) - current
        words |= current | former
        terms += [(c.pk, "name", w, True, c.born_on) for w in current]
        terms += [(c.pk, "name", w, False, c.born_on) for w in former]
        terms.append((c.pk, "number", code_term(c.upn), True, c.born_on))
        terms.append((c.pk, "number", f"{c.pk:011d}0", True, c.born_on))
        terms.append((c.pk, "postcode", code_term(c.postcode), True, c.born_on))
        around = normalise.search_words(c.mother)
        terms += [(c.pk, "carer", w, True, c.born_on) for w in around]
        terms.append((c.pk, "telephone", normalise.telephone(c.telephone), True, c.born_on))
        streets = {}
        for street, is_current in ((c.former_street, False), (c.street, True)):
            for number, word in normalise.streets_in(f"{c.house} {street}") if street else ():
                streets[word] = is_current
                if number:
                    streets[house_term(number, word)] = is_current
        terms += [(c.pk, "street", w, is_so, c.born_on) for w, is_so in streets.items()]
        words |= around | {w for w in streets if " " not in w}
    blank = ("", "exact", "U", "", 1)
    tables: dict[str, Iterator[tuple[object, ...]]] = {
        "people_child (id, ref, given_names, family_name, born_on, known_as, birth_date_is, sex, "
        "ethnicity, version)": (
            (c.pk, f"{c.pk:011d}0", c.given, c.family, c.born_on, *blank) for c in children
        ),
        "people_childname (child_id, use, given_names, family_name, starts_on, source)": (
            (c.pk, use, c.given, family, c.born_on, "")
            for c in children
            for use, family in (("legal", c.family), ("former", c.former))
            if family
        ),
        "people_identifier (child_id, scheme, value, starts_on, source)": (
            (c.pk, "upn", c.upn, c.born_on, "") for c in children
        ),
        "people_childaddress (child_id, use, line_1, line_2, town, postcode, uprn, la_code, place, "
        "starts_on, source)": (
            (c.pk, "home", f"{c.house} {c.street}", "", "Zedham", c.postcode, "", "",
             f"{c.house}|{code_term(c.postcode)}", c.born_on, "")
            for c in children
        ),
        "people_childaddress (child_id, use, line_1, line_2, town, postcode, uprn, la_code, place, "
        "starts_on, ends_on, source)": (
            (c.pk, "home", f"{c.house} {c.former_street}", "", "Zedham", "", "", "", "",
             c.born_on - timedelta(days=900), c.born_on - timedelta(days=1), "")
            for c in children if c.former_street
        ),
        "people_carer (id, ref, given_names, family_name, title, first_language, "
        "needs_interpreter, version)": (
            (c.pk, f"{c.pk:011d}0", *c.mother.split(" ", 1), "", "", False, 1) for c in children
        ),
        "people_relationship (child_id, carer_id, kind, parental_responsibility, contact, "
        "priority, detail, starts_on, source)": (
            (c.pk, c.pk, "mother", "yes", "unknown", 1, "", c.born_on, "") for c in children
        ),
        "people_contactpoint (carer_id, kind, value, safe, starts_on, source)": (
            (c.pk, "mobile", c.telephone, "unknown", c.born_on, "") for c in children
        ),
        "people_searchterm (child_id, what, term, is_current, born_on)": iter(terms),
    }  # fmt: skip
    with connection.cursor() as cursor:
        for table, rows in tables.items():
            with cursor.copy(f"copy {table} from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.executemany(
            "insert into people_searchword (word, folded, shorter) values (%s, %s, %s) "
            "on conflict do nothing",
            [
                (w, normalise.folded(w), sorted(normalise.with_a_letter_missing(w)))
                for w in sorted(words)
            ],
        )


def searches(children: list[Invented], seed: int) -> list[tuple[str, str]]:
    """What officers type: (kind, text), 200 of them."""
    dice = random.Random(seed)

    def slip(word: str) -> str:
        at = dice.randrange(len(word))
        return word[:at] + word[at + 1 :] if dice.random() < 0.5 else word[:at] + "e" + word[at:]

    kinds: dict[str, Callable[[Invented], str]] = {
        "given and family name": lambda c: f"{c.given.split()[0]} {c.family}",
        "swapped": lambda c: f"{c.family}, {c.given.split()[0]}",
        "one slip": lambda c: f"{c.given.split()[0]} {slip(c.family.lower())}",
        "family name": lambda c: c.family,
        "common family name": lambda c: dice.choice(COMMON_FAMILY[:12]),
        "common name": lambda c: f"{dice.choice(COMMON_GIVEN)} {dice.choice(COMMON_FAMILY[:12])}",
        "beginnings": lambda c: f"{c.given[:3]} {c.family[:3]}",
        "two letters": lambda c: c.family[:2],
        "former name": lambda c: f"{c.given.split()[0]} {c.former or c.family}",
        "name and year": lambda c: f"{c.family} {c.born_on.year}",
        "name and date": lambda c: f"{c.family} {c.born_on:%d/%m/%Y}",
        "wrong date": lambda c: f"{c.given.split()[0]} {c.family} 01/02/2013",
        "date": lambda c: f"{c.born_on.day} {c.born_on:%B %Y}",
        "UPN": lambda c: c.upn,
        "postcode": lambda c: c.postcode,
        "name and postcode": lambda c: f"{c.family} {c.postcode}",
        "part of a postcode": lambda c: c.postcode[:-2],
        "parent's name": lambda c: c.mother,
        "parent's name, a slip": lambda c: f"{c.mother.split()[0]} {slip(c.mother.split()[1])}",
        "child and parent": lambda c: f"{c.given.split()[0]} {c.mother.split()[1]}",
        "house and street": lambda c: f"{c.house} {c.street}",
        "street": lambda c: c.street,
        "street, short": lambda c: c.street.replace("Street", "St").replace("Road", "Rd"),
        "common street": lambda c: dice.choice(["high street", "church road", "victoria road"]),
        "former street": lambda c: c.former_street or c.street,
        "child and street": lambda c: f"{c.given.split()[0]} {c.street}",
        "telephone": lambda c: c.telephone,
        "telephone, +44": lambda c: f"+44 {c.telephone[1:]}",
        "case number": lambda c: "1GKTY1A1Z",
        "nobody": lambda c: f"qx{c.given[:2]}zq {c.family}",
    }
    names = list(kinds)
    return [
        (names[n % len(names)], kinds[names[n % len(names)]](dice.choice(children)))
        for n in range(QUERIES)
    ]


Taken = dict[str, list[float]]


def timed(work: Callable[[], object]) -> float:
    """Return how long something takes, in milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measure(children: list[Invented], seed: int, *, on: date | None) -> Taken:
    """Return how long each kind of search took, in milliseconds.

    Without a day nothing is asked of the packages above: no school, no standing.
    """
    from onroll.office.kernel.actor import Actor
    from onroll.office.people import queries

    officer = Actor(pk=None, name="Bench", permissions=frozenset({"children.find"}))
    taken: Taken = {}
    for kind, text in searches(children, seed):
        queries.find(text=text, by=officer, on=on)
        for _ in range(ROUNDS):
            spent = timed(lambda text=text: queries.find(text=text, by=officer, on=on))
            taken.setdefault(kind, []).append(spent)
    return taken


def measure_peer(children: list[Invented], seed: int) -> Taken:
    """Return how long the same searches take by `icontains`: no spelling, no order of merit.

    Every word must be in some column; twenty children are fetched, and none after three
    seconds.
    """
    from django.db import OperationalError, connection, transaction
    from django.db.models import Q

    from onroll.office.people.models import Child

    fields = (
        "given_names", "family_name", "names__family_name", "identifiers__value",
        "addresses__line_1", "addresses__postcode", "relationships__carer__given_names",
        "relationships__carer__family_name", "relationships__carer__contact_points__value",
    )  # fmt: skip

    def ask(text: str) -> None:
        found = Child.objects.filter(erased_at__isnull=True)
        for word in text.replace(",", " ").split():
            anywhere = Q()
            for name in fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            found = found.filter(anywhere)
        with contextlib.suppress(OperationalError), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"set local statement_timeout = {PEER_WAITS_MS}")
            list(found.distinct().order_by("family_name", "given_names")[:20])

    taken: Taken = {}
    for kind, text in searches(children, seed):
        if len(taken.get(kind, [])) < PEERS:
            taken.setdefault(kind, []).append(timed(lambda text=text: ask(text)))
    return taken


def measure_queue(children: list[Invented], seed: int) -> list[float]:
    """Return how long it takes to match the 25 referrals of a page of the queue (the first four
    times), and the one of its own page."""
    from onroll.office.kernel.actor import Actor
    from onroll.office.people import queries

    officer = Actor(pk=None, name="Bench", permissions=frozenset({"children.find"}))
    dice = random.Random(seed)
    spent = []
    for size in (25,) * 4 + (1,) * 20:
        reports = [
            queries.reported(
                c.given, c.family, c.born_on, postcode=c.postcode, line_1=f"{c.house} {c.street}"
            )
            for c in dice.sample(children, size)
        ]
        spent.append(timed(lambda reports=reports: queries.alike(reports, by=officer)))
    return spent


def middle_and_high(spent: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    if len(spent) < 2:
        return spent[0], spent[0]
    return statistics.median(spent), statistics.quantiles(spent, n=20, method="inclusive")[18]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured at one size."""

    size: int
    words: int
    alone: Taken
    whole: Taken
    peer: Taken
    queue: list[float]


def every(taken: Taken) -> list[float]:
    """Return all times of all kinds."""
    return [spent for kind in taken.values() for spent in kind]


def run(sizes: list[int], seed: int, *, is_alone: bool, has_peer: bool) -> list[Measured]:
    """Measure at each size and print a line for each."""
    import django

    django.setup()
    from django.db import connection

    town, loaded, measured = Town(seed), [], []
    print("children    words    p50 ms   p95 ms   peer p50   peer p95   25 referrals", flush=True)
    for size in sorted(sizes):
        more = [town.child(pk) for pk in range(len(loaded) + 1, size + 1)]
        load(more)
        loaded += more
        subprocess.run(
            [sys.executable, __file__, "--vacuum"],
            check=True,
            env=os.environ | {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"]},
        )
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from people_searchword")
            ((words,),) = cursor.fetchall()
        alone = measure(loaded, seed, on=None)
        found = Measured(
            size=size,
            words=words,
            alone=alone,
            whole=alone if is_alone else measure(loaded, seed, on=TODAY),
            peer=measure_peer(loaded, seed) if has_peer else {},
            queue=measure_queue(loaded, seed),
        )
        measured.append(found)
        middle, high = middle_and_high(every(found.whole))
        peer, peer_high = middle_and_high(every(found.peer) or [0.0])
        print(
            f"{size:8,}  {words:7,}   {middle:7.1f}  {high:7.1f}   {peer:8.1f}   "
            f"{peer_high:8.1f}   {max(found.queue[:4]):8.1f}",
            flush=True,
        )
    return measured


def table(measured: list[Measured]) -> str:
    """Return the results as tables in Markdown."""
    lines = [
        "| Children | Words | Search p50 | p95 | With school and standing p50 | p95 | "
        "`icontains` p50 | p95 | 25 referrals matched, longest | One referral p50 | p95 |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for m in measured:
        times = [*middle_and_high(every(m.alone)), *middle_and_high(every(m.whole))]
        times += middle_and_high(every(m.peer)) if m.peer else (0.0, 0.0)
        times += [max(m.queue[:4]), *middle_and_high(m.queue[4:])]
        cells = " | ".join(f"{t:,.1f}" for t in times)
        lines.append(f"| {m.size:,} | {m.words:,} | {cells} |")
    last = measured[-1]
    lines += [
        "",
        f"By kind at {last.size:,} children, with school and standing:",
        "",
        "| Kind of search | p50 | p95 | `icontains` p50 |",
        "|---|---:|---:|---:|",
    ]
    for kind, spent in sorted(last.whole.items(), key=lambda row: -middle_and_high(row[1])[1]):
        middle, high = middle_and_high(spent)
        peer = f"{statistics.median(last.peer[kind]):,.1f}" if kind in last.peer else ""
        lines.append(f"| {kind} | {middle:,.1f} | {high:,.1f} | {peer} |")
    return "\n".join(lines) + "\n"


def vacuum() -> None:
    """Do what the database's own housekeeping does in time, as the owner."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("vacuum analyze")


def main() -> int:
    """Start a database, measure, and stop it."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sizes", default="5000,60000,250000")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--alone", action="store_true", help="leave school and standing out")
    asked.add_argument("--no-peer", action="store_true", help="leave `icontains` out")
    asked.add_argument("--table", type=Path, help="write the tables to this file")
    asked.add_argument("--vacuum", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.vacuum:
        vacuum()
        return 0
    sizes = [int(size) for size in given.sizes.split(",")]
    with contextlib.ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory(prefix="onroll-bench-"))
        server = running.enter_context(postgres.Server(Path(folder) / "database", fast=True))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "onroll.office.config.settings",
            "ONROLL_DEMO": "true",
            "DATABASE_URL": server.url(),
            "DATABASE_OWNER_URL": server.url(postgres.OWNER),
        }
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
            check=True,
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"]},
        )
        measured = run(sizes, given.seed, is_alone=given.alone, has_peer=not given.no_peer)
        if given.table:
            given.table.write_text(table(measured))
        else:
            print(table(measured))
    return 0 if all(middle_and_high(every(m.whole))[1] < LIMIT_MS for m in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
