"""Every page that there is, as somebody sees it: by its name, by links, by searches."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from django.test import Client
from django.urls import (
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)

from onroll.office.accounts.roles import BY_KEY
from onroll.office.kernel.references import new_reference
from tests.canary.planting import Hidden
from tests.canary.traces import Traces

_LINK = re.compile(rb"(?:href|action|src)=\"(/[^\"#]*)")
_OPTION = re.compile(rb"<option (?![^>]*selected)[^>]*>[^<]*</option>")
_CHANGING = re.compile(
    rb"csrfmiddlewaretoken\" value=\"[^\"]*\"|nonce=\"[^\"]*\"|[0-9a-f]{8}-[0-9a-f]{4}-[^\"]{22,24}"
)
NOT_FOLLOWED = ("/static/", "/accounts/", "/style-guide/", "/theme.css")

# A school stands in the directory whoever goes there: the directory's pages may say its name, and
# so may those of attendance, which list every school, and the page that tells somebody in which
# schools they hold a role. No other page may, but the first page of a school's own people, which
# names their school.
NAMES_SCHOOLS = ("schools:", "attendance:", "accounts:profile")
NAMES_OWN_SCHOOLS = (*NAMES_SCHOOLS, "casework:my_work")

PARAMETERS: dict[str, str] = {
    "people:name": "people.ChildName",
    "people:identifier": "people.Identifier",
    "people:address": "people.ChildAddress",
    "people:carer_address": "people.CarerAddress",
    "people:carer": "people.Relationship",
    "people:carer_name": "people.Carer",
    "people:contact": "people.ContactPoint",
    "people:professional": "people.Professional",
    "people:flag": "people.Flag",
    "people:whereabouts": "people.Whereabouts",
    "people:hazard": "people.HouseholdHazard",
    "people:language": "people.Language",
    "people:year_taught": "people.YearTaught",
    "people:locality": "people.ChildLocality",
    "casework:contact": "casework.Contact",
    "casework:note": "casework.Note",
    "casework:task": "casework.Task",
    "casework:concern": "casework.Concern",
    "casework:challenge": "casework.Challenge",
    "casework:document": "casework.Document",
    "casework:letter": "casework.Letter",
    "casework:audit": "casework.AuditSample",
    "cme:answer": "cme.Enquiry",
    "cme:correct": "cme.Enquiry",
    "cme:plan": "cme.TransitionStep",
    "schools:outcome": "schools.InYearApplication",
    "schools:answer": "schools.Offer",
    "schools:start": "schools.Enrolment",
    "schools:leave": "schools.Enrolment",
    "schools:correct": "schools.Enrolment",
    "schools:drop": "schools.Enrolment",
    "provision:": "provision.Provision",
    "provision:judgement_": "provision.Judgement",
    "intake:": "intake.Load",
    "linkage:list": "linkage.PopulationLoad",
    "linkage:run": "linkage.Run",
    "attendance:register": "attendance.RegisterFile",
    "linkage:answer": "people.JoinAsked",
    "linkage:looked_into": "people.JoinAsked of keepers",
    "linkage:take_apart": "people.SameChild",
    "reporting:": "reporting.OwnPolicy",
}
WORDS = {
    "year": "2026", "kind": "general", "form": "csv", "what": "not-placed", "part": "buttons",
    "series": "cases.cme", "uid": "x", "token": "y", "name": "triage",
    "other": "nobody",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """One named address with the parameters that it takes."""

    name: str
    route: str
    parameters: tuple[str, ...]


def named_addresses() -> list[Named]:
    """Return every named address of the office's own packages."""
    return list(_named(get_resolver().url_patterns))


def _named(patterns: Iterable[Any], space: str = "", route: str = "") -> Iterator[Named]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.app_name}:" if pattern.app_name else space
            if inside != "web:":
                yield from _named(pattern.url_patterns, inside, here)
        elif isinstance(pattern, URLPattern) and pattern.name and space:
            taken = tuple(re.compile(pattern.pattern.regex).groupindex)
            yield Named(f"{space}{pattern.name}", here.lstrip("^"), taken)


KEYS = {
    "casework": "first_letter", "cme": "embassy", "reporting": "worklist",
    "intake": "referrals.leavers", "accounts": "cme", "exchange": "children",
    "linkage:source": "a-planted-list", "attendance": "900001",
    **dict.fromkeys(
        [f"linkage:source_{name}" for name in ("edit", "retire", "restore", "send")],
        "a-planted-list",
    ),
    "casework:risk_factor": "da", "casework:risk_factor_retire": "da",
    "casework:risk_factor_restore": "da",
    "reporting:duty": "identify_missing",
    **dict.fromkeys(
        [f"reporting:{name}" for name in (
            "policy", "policy_end", "edition_add", "edition_correct", "edition_withdraw",
        )],
        "missing-education",
    ),
}  # fmt: skip


NAMES = {"cme": "school_refuser"}


def address_of(named: Named, one: Hidden) -> str:
    """Return where this page would be if it were about this child."""
    values: dict[str, Any] = {}
    for parameter in named.parameters:
        if parameter == "ref":
            values["ref"] = _reference(named, one)
        elif parameter in ("pk", "corrects"):
            values[parameter] = _key(named, one)
        elif parameter == "key":
            package = named.name.split(":")[0]
            values["key"] = KEYS.get(named.name) or KEYS.get(package, "x")
        elif parameter == "name":
            values["name"] = NAMES.get(named.name.split(":")[0], WORDS["name"])
        else:
            values[parameter] = WORDS[parameter]
    if named.name.startswith("provision:") and "kind" in values:
        values["kind"] = "provision"
    return reverse(named.name, kwargs=values)


def _reference(named: Named, one: Hidden) -> str:
    if named.route.startswith("referrals/"):
        return one.referrals[-1].ref
    if named.route.startswith(("cases/", "cme/")):
        return one.cases[0].ref
    if named.name.startswith("exchange:"):
        return one.migration or one.child.ref
    if named.route.startswith("find-missing/found/"):
        return one.candidate or one.child.ref
    return one.child.ref


def _key(named: Named, one: Hidden) -> int:
    if named.route.startswith("schools/"):
        return one.school.pk
    for start in sorted(PARAMETERS, key=len, reverse=True):
        if named.name.startswith(start):
            return one.rows.get(PARAMETERS[start], [1])[0]
    return 1


@dataclass(slots=True)
class Visitor:
    """Somebody who opens pages, each of which is searched for what they must not see."""

    who: str
    client: Client
    traces: Traces
    probes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    leaks: dict[str, set[str]] = field(default_factory=dict)  # address: words
    _known: set[int] = field(default_factory=set)

    def get(self, path: str, **headers: str) -> Any:
        """Open a page."""
        return self._seen(path, self.client.get(path, headers=headers or None), ())

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """Send a form; what was sent may come back."""
        answer = self.client.post(path, data, headers=headers or None)
        return self._seen(path, answer, [str(value) for value in data.values()])

    def _seen(self, path: str, answer: Any, sent: Iterable[str]) -> Any:
        self.probes += 1
        self.statuses[answer.status_code] += 1
        body = steady(answer)
        head = "\n".join(f"{name}: {value}" for name, value in answer.items())
        head += "\n".join(str(cookie) for cookie in answer.cookies.values())
        mark = hash((body, head))
        if mark in self._known:
            return answer
        self._known.add(mark)
        found = self.traces.found_in(_OPTION.sub(b"", body)) | self.traces.found_in(head)
        found -= self.traces.found_in(" ".join([path, *sent])) if found else set()
        is_of_school = self.who in BY_KEY and BY_KEY[self.who].is_schools
        names = NAMES_OWN_SCHOOLS if is_of_school else NAMES_SCHOOLS
        if found and _name(path).startswith(names):
            found = {w for w in found if self.traces.planted[w].where != "schools.School.name"}
        if found:
            self.leaks.setdefault(path, set()).update(found)
        return answer

    def crawl(self, start: Iterable[str], *, most: int, each: int = 3) -> None:
        """Follow every link, not more than a few to pages of one kind."""
        waiting = deque(start)
        opened: set[str] = set()
        of_kind: Counter[str] = Counter()
        while waiting and len(opened) < most:
            path = waiting.popleft()
            kind = _name(path) + str(sorted(re.findall(r"[?&](\w+)=", path)))
            if path in opened or path.startswith(NOT_FOLLOWED) or of_kind[kind] >= each:
                continue
            opened.add(path)
            of_kind[kind] += 1
            answer = self.get(path)
            if answer.status_code in (301, 302) and answer["Location"].startswith("/"):
                waiting.append(answer["Location"])
            waiting.extend(
                link.decode().replace("&amp;", "&") for link in _LINK.findall(answer.content)
            )


def as_nobody(path: str, one: Hidden) -> str:
    """Return the same address with references that nobody has in place of the child's."""
    known = [
        one.child.ref,
        *([one.candidate] if one.candidate else []),
        *(c.ref for c in one.cases),
        *(r.ref for r in one.referrals),
    ]
    for ref in known:
        path = path.replace(ref, new_reference(len(ref) - 1))
    return path


def said(answer: Any, path: str) -> tuple[object, ...]:
    """Return all that an answer tells, but for the address that was asked for."""
    hidden = b"/the-address/"
    asked = [path.encode(), quote(path, safe="").encode(), quote(path).encode()]
    body = steady(answer)
    head = {n: v for n, v in answer.items() if n not in ("Content-Length", "X-Request-ID")}
    for each in asked:
        body = body.replace(each, hidden)
        head = {n: v.replace(each.decode(), hidden.decode()) for n, v in head.items()}
    return answer.status_code, body, tuple(sorted(head.items()))


def steady(answer: Any) -> bytes:
    """Return what an answer says, without what differs at every request."""
    return _CHANGING.sub(b"", answer.content)


def _name(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
