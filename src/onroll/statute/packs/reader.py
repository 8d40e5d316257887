"""Reads a policy pack as parsed from TOML, and names every fault."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onroll.statute.counting import Reading, Unit
from onroll.statute.duty import Duty, Limit
from onroll.statute.fact_keys import Shape, fact
from onroll.statute.packs.pack import LOCAL_GROUNDS, Pack
from onroll.statute.reading import Reader, shown
from onroll.statute.sources import Confidence

_PACK_KEYS = (
    "key", "title", "authority_code", "cites", "note", "since", "until", "act", "acts", "replaces",
    "local_cme", "duty",
)  # fmt: skip
_LOCAL_KEYS = ("also_counts", "cites", "whereabouts_unknown_days")
_DUTY_KEYS = (
    "id", "title", "started_by", "stopped_by", "n", "unit", "reading", "says", "who", "cites",
    "confidence", "since", "until", "is_deadline", "note",
)  # fmt: skip
_UNITS = {unit.name.lower(): unit for unit in Unit}
_READINGS = {reading.name.lower(): reading for reading in Reading}
_ID = re.compile(r"[A-Z][A-Z0-9_]*")
_FACT_KEY = re.compile(r"[a-z_]+\.[a-z_]+")


def read_pack(given: Mapping[str, object]) -> Pack:
    """Check a pack as parsed from TOML. Raises FaultyInput naming each fault."""
    reader = Reader()
    reader.known_keys(given, _PACK_KEYS, "")
    key = reader.text(given.get("key"), "key")
    title = reader.text(given.get("title"), "title")
    code = given.get("authority_code")
    if code is not None and not (isinstance(code, str) and re.fullmatch(r"[0-9]{3}", code)):
        remedy = 'Write three digits in quotation marks, such as "831".'
        reader.fault("authority_code", "is not an authority's number.", remedy)
    local = reader.mapping(given.get("local_cme", {}), "local_cme")
    reader.known_keys(local, _LOCAL_KEYS, "local_cme")
    where = "local_cme.also_counts"
    counts = reader.items(local.get("also_counts", []), where)
    also = [reader.one_of(c, f"{where}[{i}]", LOCAL_GROUNDS) for i, c in enumerate(counts)]
    unknown_for = local.get("whereabouts_unknown_days", 0)
    days = reader.whole_number(unknown_for, "local_cme.whereabouts_unknown_days")
    act = reader.truth(given.get("act", False), "act")
    span = [
        reader.a_date(given[name], name) if name in given else None for name in ("since", "until")
    ]
    _in_order(reader, span, "")
    if act and (code is not None or also or days):
        remedy = "Leave out authority_code and local_cme, or act."
        reader.fault("act", "is not one authority's.", remedy)
    replaced = reader.items(given.get("replaces", []), "replaces")
    replaces = [reader.text(one, f"replaces[{i}]") for i, one in enumerate(replaced)]
    if replaces and not act:
        remedy = "Only the pack of an Act takes the place of national duties."
        reader.fault("replaces", "is not for an authority's pack.", remedy)
    acts = reader.mapping(given.get("acts", {}), "acts")
    days_of_acts = {name: reader.a_date(day, f"acts.{name}") for name, day in acts.items()}
    if act and acts:
        reader.fault("acts", "stand in an authority's pack.", "Leave them out of an Act's own.")
    authority = "" if act else title or ""
    rows = reader.items(given.get("duty", []), "duty")
    duties = [_read_duty(reader, row, f"duty[{i}]", authority) for i, row in enumerate(rows)]
    for one in twice(duty for duty in duties if duty is not None):
        remedy = "Keep one entry for each id and starting fact."
        reader.fault("duty", f"{one} is there twice.", remedy)
    texts = {
        name: reader.words(where.get(name.rpartition(".")[2], ""), name)
        for name, where in (("cites", given), ("note", given), ("local_cme.cites", local))
    }
    reader.finish()
    pack = Pack(
        key=key or "",
        title=title or "",
        authority_code=code if isinstance(code, str) else None,
        cites=texts["cites"],
        note=texts["note"],
        since=span[0],
        until=span[1],
        act=bool(act),
        not_in_force=(title or "",) if act else (),
        acts=tuple((name, day) for name, day in days_of_acts.items() if day is not None),
        replaces=tuple((one, None) for one in replaces if one is not None),
        also_counts=tuple(ground for ground in also if ground is not None),
        whereabouts_unknown_days=days or 0,
        local_cites=texts["local_cme.cites"],
        local_title=title or "",
        duties=tuple(duty for duty in duties if duty is not None),
    )
    return pack.from_day(span[0]) if act and span[0] is not None else pack


def _in_order(reader: Reader, span: Sequence[date | None], where: str) -> None:
    """Note a fault where a time ends before it begins."""
    since, until = span
    if since is not None and until is not None and until < since:
        place = f"{where}.until" if where else "until"
        reader.fault(place, f"{until} is before {since}.", "Correct one of the dates.")


def twice(duties: Iterable[Duty]) -> list[str]:
    """The ids that start twice from one fact."""
    named = [(duty.id, duty.started_by) for duty in duties]
    return sorted({one[0] for one in named if named.count(one) > 1})


def _read_duty(reader: Reader, row: object, where: str, authority: str) -> Duty | None:
    given = reader.mapping(row, where)
    before = len(reader.faults)
    reader.known_keys(given, _DUTY_KEYS, where)
    words = {
        name: reader.text(given.get(name), f"{where}.{name}") or ""
        for name in ("id", "title", "started_by", "who", "cites")
    }
    if words["id"] and not _ID.fullmatch(words["id"]):
        remedy = "Use capitals, digits and underscores, such as LEEDS_REFER."
        reader.fault(f"{where}.id", f"{words['id']!r} is not an id.", remedy)
    stops = reader.items(given.get("stopped_by", []), f"{where}.stopped_by")
    for key in ([words["started_by"]] if words["started_by"] else []) + list(stops):
        if not (isinstance(key, str) and _FACT_KEY.fullmatch(key)):
            remedy = "Write it as subject.event, such as child_aware.missing_on."
            reader.fault(where, f"{shown(key)} is not the key of a fact.", remedy)
        elif fact(key).shape is not Shape.DATES:
            remedy = "Use the key of a fact that is a date."
            reader.fault(where, f"{key} is not a date, so no count goes from it.", remedy)
    limit, says = _read_limit(reader, given, where)
    sure = reader.one_of(
        given.get("confidence", "local"), f"{where}.confidence", [c.value for c in Confidence]
    )
    if sure == Confidence.LOCAL and not authority:
        reader.fault(f"{where}.confidence", "an Act is nobody's local rule.", "Say how sure it is.")
    span = [
        reader.a_date(given[name], f"{where}.{name}") if name in given else None
        for name in ("since", "until")
    ]
    _in_order(reader, span, where)
    is_deadline = reader.truth(given.get("is_deadline", True), f"{where}.is_deadline")
    note = reader.words(given.get("note", ""), f"{where}.note")
    if len(reader.faults) > before or sure is None:
        return None
    return Duty(
        id=words["id"],
        title=words["title"],
        started_by=words["started_by"],
        stopped_by=tuple(str(key) for key in stops),
        limit=limit,
        limit_says=says,
        who=words["who"],
        cites=words["cites"],
        confidence=Confidence(sure),
        since=span[0],
        until=span[1],
        jurisdiction="local" if authority else "national",
        authority=authority,
        is_deadline=is_deadline is not False,
        note=note,
    )


def _read_limit(
    reader: Reader, given: Mapping[str, object], where: str
) -> tuple[Limit | None, str]:
    """The count, or the words that stand in its place where the law gives none."""
    if "says" in given:
        if "n" in given or "unit" in given:
            reader.fault(f"{where}.says", "stands beside a count.", "Keep says, or n and unit.")
        return None, reader.text(given["says"], f"{where}.says") or ""
    n = reader.whole_number(given.get("n"), f"{where}.n", least=1)
    unit = reader.one_of(given.get("unit"), f"{where}.unit", tuple(_UNITS))
    reading = reader.one_of(given.get("reading", "after"), f"{where}.reading", tuple(_READINGS))
    if n is None or unit is None or reading is None:
        return None, ""
    if unit == "term" and reading != "after":
        reader.fault(f"{where}.reading", "terms are counted after the day.", "Leave it out.")
    if unit == "month" and _READINGS[reading].is_backward:
        reader.fault(f"{where}.reading", "months are not counted back.", "Count days instead.")
    return Limit(n, _UNITS[unit], _READINGS[reading]), ""
