"""Which known children are worth comparing with what reports tell: one question for all of them.

So the queue of referrals can say for every row of a page what the page of each will show.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from onroll.matching import normalise
from onroll.matching.explain import Person, births_near
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, SearchWord
from onroll.office.people.queries import asked as asking

EACH = 40  # no report is compared with more; the likeliest by name, birth and number come first
# Of a word that more children have, the others of the name are asked for first; where all are so
# common, only children whose date of birth is near are compared: an equal name says little then.
COMMON = 5_000

_HOW_MANY = """
select w.word, (
  select count(*) from (
    select 1 from people_searchterm t where t.term = w.word and t.what = 'name' limit %(common)s
  ) as those
) from unnest(%(words)s::text[]) as w (word)
"""

# Children who have one word of the name and a date of birth that is near; who have every word (of
# three and more: all but one); or who have a number or postcode. By the birth date alone only
# where no name was told. The terms of each child who was led to are looked up by the child, one by
# one (hence `offset 0`): a planner who guesses that few are asked for may otherwise read all terms
# of every word for each of them, which took 25 s for one referral among 60,000 children.
_WORTH = """
with asked as (
  select * from unnest(
    %(n)s::int[], %(part)s::int[], %(word)s::text[], %(near)s::int[], %(leads)s::bool[]
  ) as a (n, part, word, near, leads)
), days as (
  select * from unnest(%(day_n)s::int[], %(day)s::date[]) as d (n, day)
), codes as (
  select * from unnest(%(code_n)s::int[], %(code)s::text[], %(worth)s::int[]) as c (n, code, worth)
), needs as (
  select * from unnest(%(need_n)s::int[], %(need)s::int[]) as r (n, least)
), led as materialized (
  select distinct a.n, t.child_id from asked a
  join people_searchterm t on t.term = a.word and t.what = 'name' where a.leads
), met as (
  select l.n, l.child_id, a.part, max(a.near + case when t.is_current then 3 else 0 end) as near
  from led l cross join lateral (
    select term, is_current from people_searchterm
    where child_id = l.child_id and what = 'name' offset 0
  ) t
  join asked a on a.n = l.n and a.word = t.term group by l.n, l.child_id, a.part
), found as (
  select m.n, m.child_id, sum(m.near) as points from met m join needs using (n)
  group by m.n, m.child_id, least having count(*) >= least
  union all
  select a.n, t.child_id, 100 + max(a.near) from days d
  join asked a on a.n = d.n
  join people_searchterm t on t.term = a.word and t.born_on = d.day and t.what = 'name'
  group by a.n, a.part, t.child_id
  union all
  select c.n, t.child_id, c.worth from codes c join people_searchterm t
  on t.term = c.code and t.what in ('number', 'postcode')
  union all
  select d.n, c.id, 100 from days d join people_child c on c.born_on = d.day
  where not exists (select 1 from needs r where r.n = d.n)
  and exists (select 1 from people_searchterm t where t.child_id = c.id)
), ranked as (
  select n, child_id,
         row_number() over (partition by n order by sum(points) desc, child_id) as place
  from found {among} group by n, child_id
)
select n, child_id from ranked where place <= %(each)s
"""


def worth_comparing(reports: Sequence[Person], *, by: Actor) -> list[set[int]]:
    """Return for each report the children worth comparing with it, none of them sealed."""
    values = _values(reports)
    among = ""
    if not by.may("children.find"):
        among = "where child_id = any(%(among)s)"
        values["among"] = list(Child.objects.visible_to(by).values_list("pk", flat=True))
    found: list[set[int]] = [set() for _ in reports]
    with connection.cursor() as cursor:
        cursor.execute(_WORTH.format(among=among), values)
        for n, pk in cursor.fetchall():
            found[n].add(pk)
    return found


def _values(reports: Sequence[Person]) -> dict[str, Any]:
    words = [list(_words(report)) for report in reports]
    near = _near_words({word for listed in words for word in listed})
    leading = _leading(words, near)
    asked = [
        (n, part, other, points, word in leading[n])
        for n, listed in enumerate(words)
        for part, word in enumerate(listed)
        for other, points in near[word].items()
    ]
    days = [
        (n, day)
        for n, report in enumerate(reports)
        if report.born_on is not None
        for day in (
            births_near(report.born_on)
            if words[n]
            else {report.born_on, normalise.swapped_day_and_month(report.born_on)} - {None}
        )
    ]
    codes = [
        (n, asking.code_term(code), worth)
        for n, report in enumerate(reports)
        for code, worth in (
            (report.upn, 400),
            (report.nhs_number, 400),
            *((postcode, 20) for postcode in report.postcodes),
        )
        if code
    ]
    needs = [(n, len(w) if len(w) < 3 else len(w) - 1) for n, w in enumerate(words) if w]
    return {
        "each": EACH,
        **_columns(asked, "n", "part", "word", "near", "leads"),
        **_columns(days, "day_n", "day"),
        **_columns(codes, "code_n", "code", "worth"),
        **_columns(needs, "need_n", "need"),
    }


def _leading(words: Sequence[Sequence[str]], near: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """Return for each name the words by which children are looked up who may have all of it.

    The rarest; of three words and more, of which one may be missing, the two rarest.
    """
    every = sorted({other for others in near.values() for other in others})
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY, {"words": every, "common": COMMON + 1})
        have: dict[str, int] = dict(cursor.fetchall())
    count = {word: sum(have[other] for other in others) for word, others in near.items()}
    return [
        {
            word
            for word in sorted(listed, key=lambda w: (count[w], w))[: 1 if len(listed) < 3 else 2]
            if count[word] <= COMMON
        }
        for listed in words
    ]


def _columns(rows: Sequence[tuple[Any, ...]], *names: str) -> dict[str, Any]:
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _words(report: Person) -> Iterator[str]:
    words = normalise.name_words(f"{report.given_names} {report.family_name}")
    yield from list(dict.fromkeys(w for w in words if len(w) > 1))[: asking.MOST_WORDS]


def _near_words(asked: set[str]) -> dict[str, dict[str, int]]:
    """Return what each word can stand for in a name: itself, its spellings, short forms, slips."""
    near = {word: {word: asking.WHOLE} for word in asked}
    for word, others in near.items():
        for short in normalise.short_forms(word):
            others.setdefault(short, asking.SHORT_FORM)
    folds: dict[str, list[str]] = {}
    slips: dict[str, list[str]] = {}
    for word in asked:
        folds.setdefault(normalise.folded(word), []).append(word)
        for shorter in normalise.with_a_letter_missing(word):
            slips.setdefault(shorter, []).append(word)
    same_fold = SearchWord.objects.filter(folded__in=folds)
    for other, folded in same_fold.values_list("word", "folded"):
        for word in folds[folded]:
            near[word].setdefault(other, asking.FOLDED)
    a_slip = SearchWord.objects.filter(shorter__overlap=list(slips))
    for other, parts in a_slip.values_list("word", "shorter"):
        for word in {w for part in parts for w in slips.get(part, ())}:
            if asking.is_a_slip(word, other):
                near[word].setdefault(other, asking.SLIP)
    return near
