"""A small authority in which everything about some children is a nonsense word, then sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.test import override_settings

from onroll.matching import normalise
from onroll.office.accounts.models import Locality, Team
from onroll.office.accounts.roles import BY_KEY, ROLES
from onroll.office.attendance.actions import registers
from onroll.office.casework.actions.referrals import receive
from onroll.office.casework.loaders.referrals import LOADERS
from onroll.office.casework.models import Attention, Case, Referral, Task
from onroll.office.casework.queries.answers import PersonTold, ReferralAnswers
from onroll.office.cme.models import Enquiry
from onroll.office.demo.build import build
from onroll.office.exchange.models import Migration
from onroll.office.intake import actions as intake
from onroll.office.intake.models import Load
from onroll.office.kernel import clock, encryption
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.facts import Fact
from onroll.office.kernel.references import new_receipt, new_reference
from onroll.office.linkage.actions import candidates, sources, sources_loads
from onroll.office.linkage.models import Answer, Candidate, Run
from onroll.office.linkage.queries.candidates import Evidence
from onroll.office.people import actions as people
from onroll.office.people.models import (
    Access,
    Carer,
    CarerAddress,
    Child,
    ChildAddress,
    ChildLocality,
    HouseholdHazard,
    Identifier,
    JoinAsked,
    Particulars,
    Relationship,
    SameChild,
    SealedFact,
    Sealing,
    SearchTerm,
    SearchWord,
    TwoChildren,
    YearTaught,
)
from onroll.office.people.queries.sealed import sealables
from onroll.office.provision.models import Judgement
from onroll.office.reporting.models import OwnPolicy
from onroll.office.schools.actions import load_enrolments
from onroll.office.schools.models import Enrolment, School
from tests import actors
from tests.canary.traces import Traces

SINCE = date(2026, 1, 5)
BUILT_ON = date(2026, 11, 18)
CHILDREN = 120
HIDDEN = 20
HIDDEN_FOUND = 6  # of whom a search had found so many before they were sealed
MOST_OPEN = 8

# What the program keeps about children without a word of their own in it.
KEPT_OTHERWISE = {
    Access, Answer, Candidate, JoinAsked, SameChild, SealedFact, Sealing, SearchTerm, SearchWord,
    TwoChildren,
}  # fmt: skip
# Columns that hold a key of a table in code, where a nonsense word would be a fault.
KEYS = {
    "people.Flag.flag",
    "provision.HomeEducation.reason",
    "provision.Plan.primary_need",
    "cme.Episode.reason",
    "schools.Enrolment.departure",
    "casework.Referral.on_roll_now",
    "casework.Referral.departure",
}
# Columns that a constraint leaves empty until something has happened.
ONLY_SOMETIMES = {"casework.Letter.why_withdrawn"}


@dataclass(slots=True)
class Hidden:
    """One sealed child with everything by which a page about the child could be asked for."""

    child: Child
    school: School
    former_schools: list[int]
    cases: list[Case]
    upn: str
    postcode: str
    born_on: date
    rows: dict[str, list[int]] = field(default_factory=dict)  # table: keys, before sealing
    candidate: str = ""  # the reference under which a search found the child
    referrals: list[Referral] = field(default_factory=list)
    migration: str = ""  # the reference of a migration from a former system, where there is one


@dataclass(slots=True)
class Authority:
    """The authority with the children whom nobody uncleared may find."""

    traces: Traces
    hidden: list[Hidden]
    today: date
    by: Actor  # who sealed them


def personal_models() -> Iterator[tuple[type[models.Model], dict[str, str]]]:
    """Yield every table of personal data about a child, with how its rows lead to one.

    {"child": "child"}, {"case": "case"}, {"carer": "carer"} …: what is linked, by which column.
    """
    for model in apps.get_models():
        if not model.__module__.startswith("onroll.") or model in KEPT_OTHERWISE:
            continue
        links = {
            {Child: "child", Case: "case", Carer: "carer", Referral: "referral"}[to]: f.name
            for f in model._meta.concrete_fields
            if f.is_relation and (to := f.related_model) in (Child, Case, Carer, Referral)
            and f.name not in ("completes",)
        }  # fmt: skip
        if model in (Child, Case, Carer):
            continue
        if links and getattr(model, "personal", ""):
            yield model, links


def plant(*, say: Any = lambda said: None) -> Authority:
    """Build the authority, take twenty children, fill them with words, seal them."""
    today = clock.today()
    build(children=CHILDREN, seed=7, today=BUILT_ON, say=say)
    traces = Traces()
    everyday = _days_in_use()
    chosen = _chosen()
    assert len(chosen) == HIDDEN, f"only {len(chosen)} children have a case and carers of their own"
    hidden = [fill(traces, child, everyday) for child in chosen]
    people.rebuild_terms([one.child.pk for one in hidden])
    _plant_found(hidden[:HIDDEN_FOUND])
    sealer = actors.dave()
    _give_to_colleagues(hidden, today)
    for one in hidden:
        _wait_in_triage(traces, one, today)
        people.seal(child=one.child, reason=traces.word(one.child.pk, "people.Sealing.reason"),
                    by=sealer, on=today)  # fmt: skip
        one.referrals = list(Referral.objects.filter(child=one.child)) + list(
            Referral.objects.filter(pk__in=one.rows.pop("waiting"))
        )
        for known in (*one.cases, *one.referrals):
            traces.value(known.ref, one.child.pk, f"{known._meta.label}.ref")
    return Authority(traces, hidden, today, sealer)


def plant_known() -> Hidden:
    """Build a small authority, take one child with an open case, fill it; nobody is sealed."""
    build(children=90, seed=7, today=BUILT_ON, say=lambda said: None)
    child = Child.objects.filter(
        cases__closed_on=None, cases__isnull=False, relationships__isnull=False, sealings=None
    )[0]
    waits = Referral.objects.filter(child=None)[:1].values("pk")
    Referral.objects.filter(pk__in=waits).update(child=child)
    one = fill(Traces(), child, set())
    one.referrals = list(Referral.objects.filter(child=child))
    home = ChildAddress.objects.filter(child=child, superseded_at=None, ends_on=None).first()
    assert home is not None
    hazard = HouseholdHazard.objects.create(place=home.place, hazard="A dog", starts_on=SINCE)
    one.rows["people.HouseholdHazard"] = [hazard.pk]
    locality = ChildLocality.objects.create(
        child=child, locality=Locality.objects.all()[0], starts_on=SINCE
    )
    one.rows["people.ChildLocality"] = [locality.pk]
    one.rows["people.Carer"] = [Relationship.objects.filter(child=child)[0].carer_id]
    one.migration = Migration.objects.create(
        ref=new_reference(8),
        origin="A former system",
        migrated_on=SINCE,
        folder="exports",
        digest="0",
    ).ref
    _plant_joins(one)
    policy = OwnPolicy.objects.create(
        key="missing-education", subject="children_missing", title="Missing education",
        edition="1", starts_on=SINCE,
    )  # fmt: skip
    one.rows["reporting.OwnPolicy"] = [policy.pk]
    one.rows["linkage.PopulationLoad"] = [a_list(colleague("analyst", [], clock.today()))]
    one.rows["linkage.Run"] = [_plant_found([one])]
    one.rows["attendance.RegisterFile"] = [registers_of(one)]
    one.candidate = Candidate.objects.get().ref
    return one


def _plant_found(those: list[Hidden]) -> int:
    """A search that is over and found these, each on one list under their own name and address."""
    run = Run.objects.create(as_at=SINCE, state=Run.State.DONE, finished_at=clock.now())
    found = [
        candidates.Found(
            Evidence(
                (
                    {
                        "key": "a-planted-list", "source": "A planted list",
                        "as_at": SINCE.isoformat(), "id": f"N{one.child.pk}",
                        "given_name": one.child.given_names,
                        "family_name": one.child.family_name,
                        "born_on": one.born_on.isoformat(), "house": "1", "street": "High Street",
                        "postcode": one.postcode,
                    },
                ),
                explanation=f"Seen in A planted list: {one.child}.",
            ),
            probability=0.9,
            cause="never_seen",
        )
        for one in those
    ]  # fmt: skip
    candidates.keep(run, found, clock.today())
    # The child's open case is no reason to leave out the only one whom every page shows.
    Candidate.objects.filter(run=run, is_sealed=False).update(child=None)
    return run.pk


def _plant_joins(one: Hidden) -> None:
    """Of other children, a join, one that waits, and a question to those who keep sealed records.

    The child whom every page is about has one record, so that a page costs what it costs.
    """
    kept, folded, third = Child.objects.exclude(pk=one.child.pk).filter(sealings=None)[:3]
    said = {"starts_on": SINCE, "why": "One passport"}
    asker = actors.person("Joiner", "cme_officer").pk
    join = SameChild.objects.create(child=kept, other=folded, beside=kept, **said)
    asked = JoinAsked.objects.create(child=kept, other=third, asked_by_id=asker, **said)
    question = JoinAsked.objects.create(child=third, asked_by_id=asker, **said)
    one.rows["people.SameChild"] = [join.pk]
    one.rows["people.JoinAsked"] = [asked.pk]
    one.rows["people.JoinAsked of keepers"] = [question.pk]


def a_list(by: Actor) -> int:
    """A source of its own with one list in use, of one synthetic child."""
    today = clock.today()
    source = sources.add(
        name="A planted list",
        kind="births",
        supplier="Registrars",
        lawful_basis="Section 436A",
        by=by,
        on=today,
    )
    content = b"record_id,given_name,family_name,born_on\n1,Wilma,Example,2014-03-05\n"
    load = sources_loads.send_in(
        source=source, filename="list.csv", content=content, as_at=today, by=by, on=today
    )
    return load.pk


def registers_of(one: Hidden) -> int:
    """Registers of this child's school that wait to be applied; another child is on no roll."""
    today = clock.today()
    rows = "".join(
        f"{upn},{one.school.name},{today:%d/%m/%Y},AM,/\n" for upn in (one.upn, "A999400126001")
    )
    with TemporaryDirectory() as folder, override_settings(MARKS=folder):
        file = registers.send_in(
            filename="registers.csv",
            content=f"UPN,School,Date,Session,Code\n{rows}".encode(),
            school=None,
            by=colleague("attendance_officer", [], today),
            on=today,
        )
    return file.pk


def a_file(by: Actor, today: date) -> Load:
    """A file of leavers that somebody sent in and nobody has applied."""
    columns = LOADERS[0].columns
    row = {column.name: column.example for column in columns}
    school = School.objects.filter(status="Open").exclude(urn=None)[0]
    row |= {"School": str(school.urn), "Last attended": "05/01/2026", "Given names": "Wanda"}
    content = "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (row, row.values()))
    return intake.receive(
        loader="referrals.leavers",
        filename="rows.csv",
        content=content.encode(),
        by=by,
        on=today,
        force=True,
    )


def _chosen() -> list[Child]:
    """Children with cases, most of them open, whose carers and houses are made nobody else's."""
    sealed = Sealing.objects.values("child")
    # A day of birth in the years of the calendars would be met as a day of term.
    known = Child.objects.exclude(pk__in=sealed).filter(
        relationships__isnull=False, born_on__lt=date(BUILT_ON.year - 6, 8, 1)
    )
    opened = list(known.filter(cases__closed_on=None, cases__isnull=False).distinct())
    closed = list(known.filter(cases__closed_on__isnull=False).distinct())
    chosen: dict[int, Child] = {}
    taken: set[int] = set()
    for n, child in enumerate([*opened, *closed]):
        carers = set(Relationship.objects.filter(child=child).values_list("carer", flat=True))
        is_wanted = n >= len(opened) or len(chosen) < MOST_OPEN
        if (
            not is_wanted
            or not carers
            or carers & taken
            or child.pk in chosen
            or len(chosen) == HIDDEN
        ):
            continue
        taken |= carers
        chosen[child.pk] = child
        Relationship.objects.filter(carer__in=carers).exclude(child=child).delete()
        places = list(ChildAddress.objects.filter(child=child).values_list("place", flat=True))
        ChildAddress.objects.filter(place__in=places).exclude(child=child).delete()
    return list(chosen.values())


def _days_in_use() -> set[date]:
    """Return every date in the database: a date of birth must be told from all of them."""
    found: set[date] = set()
    for model in apps.get_models():
        for f in model._meta.concrete_fields:
            if type(f) is models.DateField:
                found |= set(model._base_manager.values_list(f.name, flat=True).distinct())
    return found


def fill(traces: Traces, child: Child, everyday: set[date], school: School | None = None) -> Hidden:
    """Put a word into everything that is recorded of a child, and record what is not yet."""
    pk = child.pk
    assert child.born_on is not None
    born_on = child.born_on
    while born_on in everyday:
        born_on += timedelta(days=1)
    everyday.add(born_on)
    traces.day(born_on, pk)
    traces.value(child.ref, pk, "people.Child.ref")
    name = traces.word(pk, "schools.School.name", is_place=True)
    school = school or School.objects.create(name=f"{name} School", status="Open")
    former = list(Enrolment.objects.filter(child=child).values_list("school", flat=True).distinct())
    load_enrolments([{"child_id": pk, "school_id": school.pk, "starts_on": SINCE}], by=PROGRAM)
    cases = list(Case.objects.filter(child=child))
    rows: dict[str, list[int]] = {}
    for model, links in personal_models():
        rows[model._meta.label] = _rows(traces, model, links, child, cases, school)
    upn = Identifier.objects.filter(child=child, scheme="upn").first()
    number = f"X9987{pk:08d}"
    if upn is None:
        Identifier.objects.create(child=child, scheme="upn", value=number, starts_on=SINCE)
    else:
        Identifier.objects.filter(pk=upn.pk).update(value=number)
    traces.value(number, pk, "people.Identifier.value")
    home = ChildAddress.objects.filter(child=child, superseded_at=None).order_by("-starts_on")[0]
    for own in ("given_names", "family_name", "known_as"):
        setattr(child, own, traces.word(pk, f"people.Child.{own}"))
    Child.objects.filter(pk=pk).update(
        born_on=born_on,
        given_names=child.given_names,
        family_name=child.family_name,
        known_as=child.known_as,
    )
    Particulars.objects.filter(child=child).update(born_on=born_on)
    for carer in Carer.objects.filter(relationships__child=child).distinct():
        said = {
            name: traces.word(pk, f"people.Carer.{name}")
            for name in ("title", "given_names", "family_name", "first_language")
        }
        Carer.objects.filter(pk=carer.pk).update(**said)
    child.refresh_from_db()
    return Hidden(child, school, former, cases, number, home.postcode, born_on, rows)


def _rows(
    traces: Traces, model: type[models.Model], links: dict[str, str], child: Child,
    cases: list[Case], school: School,
) -> list[int]:  # fmt: skip
    """Make sure that the child has a row of this kind, and fill its rows with words."""
    ways = {
        "child": {"child": child},
        "case": {"case__child": child},
        "carer": {"carer__relationships__child": child},
        "referral": {"referral__child": child},
    }
    way_of = {
        column: {key.replace(linked, column, 1): value for key, value in ways[linked].items()}
        for linked, column in links.items()
    }
    owner = {
        "child": child,
        "case": cases[0],
        "carer": Carer.objects.filter(relationships__child=child)[0],
        "referral": Referral.objects.filter(child=child).first(),
    }
    required = {
        column: owner[linked]
        for linked, column in links.items()
        if not model._meta.get_field(column).null
    }
    every_kind = [required] if required else [{c: owner[k]} for k, c in links.items() if owner[k]]
    for linking in every_kind:
        if not model._base_manager.filter(**way_of[next(iter(linking))]).exists():
            _make(model, school, **linking)
    every: set[int] = set()
    for way in way_of.values():
        every |= set(model._base_manager.filter(**way).values_list("pk", flat=True))
    for row in model._base_manager.filter(pk__in=every):
        _word(traces, row, child.pk)
    # What is believed first: a page of a fact that is not believed any more is not found.
    gone: set[int] = set()
    if issubclass(model, Fact):
        believed = model._base_manager.filter(pk__in=every, superseded_at=None)
        gone = every - set(believed.values_list("pk", flat=True))
    return sorted(every, key=lambda pk: (pk in gone, pk))


def _make(model: type[models.Model], school: School, **linked: Any) -> None:
    values: dict[str, Any] = dict(linked)
    if model is Attention:
        aside = {"what": Attention.What.SET_ASIDE, "why": "Asked", "starts_on": clock.today()}
        values |= aside | {"ends_on": clock.today() + timedelta(days=27)}
    for f in model._meta.concrete_fields:
        is_given = f.name in values or f.primary_key or f.has_default() or f.null
        if is_given or f.db_default is not models.NOT_PROVIDED:
            continue
        if f.is_relation:
            found = f.related_model._base_manager.order_by("pk").first()
            values[f.name] = school if f.related_model is School else found
        elif f.choices:
            values[f.name] = f.choices[0][0]
        elif isinstance(f, models.UUIDField):
            values[f.name] = uuid4()
        elif f.name == "ref":
            values[f.name] = new_receipt()
        elif isinstance(f, models.DateField):
            values[f.name] = SINCE
        elif isinstance(f, models.DecimalField | models.IntegerField):
            values[f.name] = 5
        elif isinstance(f, models.BinaryField):
            values[f.name] = encryption.encrypt(b"")
        else:
            fixed = {"flag": "cin", "media_type": "text/plain", "is_met": True}
            values[f.name] = fixed.get(f.name, "")
    if model in (YearTaught, Judgement):
        values["ends_on"] = SINCE
    model._base_manager.create(**values)


def _word(traces: Traces, row: models.Model, child: int) -> None:
    """Put a word into every column of a row that holds words about somebody."""
    label = row._meta.label
    changes: dict[str, Any] = {}
    for name in str(row.personal).split():  # type: ignore[attr-defined]
        f = row._meta.get_field(name)
        where = f"{label}.{name}"
        is_place = label in sealables() and not _lives_elsewhere(row)
        if where in KEYS or getattr(f, "choices", None) or getattr(f, "max_length", None):
            continue
        if name == "postcode":
            changes[name] = traces.postcode(child, where, is_place=is_place)
        elif name == "upn":
            changes[name] = ""
        elif name == "content":
            changes[name] = encryption.encrypt(traces.word(child, where).encode())
        elif name == "carers":
            changes[name] = [
                {key: traces.word(child, f"{where}.{key}")
                 for key in ("name", "relationship", "telephone", "email", "address")}
            ]  # fmt: skip
        elif isinstance(f, models.TextField) and name not in ("place", "answers"):
            changes[name] = f"{traces.word(child, where, is_place=is_place)}"
    if isinstance(row, ChildAddress | CarerAddress):
        changes["place"] = normalise.house_and_postcode(changes["line_1"], changes["postcode"])
    if isinstance(row, Enquiry) and row.answered_on is not None:
        changes |= {"accepted_on": row.answered_on, "accepted_how": "email", "la_code": "383",
                    "result": "located"}  # fmt: skip
    elif isinstance(row, Enquiry):
        changes |= {"accepted_by": "", "accepted_reference": ""}  # nobody has answered yet
    together = {n: changes.pop(n) for n in list(changes) if f"{label}.{n}" not in ONLY_SOMETIMES}
    type(row)._base_manager.filter(pk=row.pk).update(**together)


def _lives_elsewhere(row: models.Model) -> bool:
    """Where a carer lives who does not live with the child tells no place of the child's."""
    carer = getattr(row, "carer_id", None)
    beside = Relationship.objects.filter(carer=carer)
    return carer is not None and not beside.exclude(lives_with=False).exists()


def _wait_in_triage(traces: Traces, one: Hidden, today: date) -> None:
    """A referral about the child that nobody has joined to the record yet."""
    pk = one.child.pk
    told = {
        name: traces.word(pk, f"casework.Referral.{name}")
        for name in ("address", "destination", "reason", "concerns", "referrer_name", "languages")
    }
    waits = receive(
        answers=ReferralAnswers(
            source="family",
            given_names=one.child.given_names,
            family_name=one.child.family_name,
            born_on=one.born_on,
            school_told=one.school.name,
            carers=(PersonTold(name=traces.word(pk, "casework.Referral.carers")),),
            **told,
        ),
        submission=uuid4(),
        route="public",
        by=Actor(pk=None, name="Public form"),
        on=today,
    )
    one.rows["waiting"] = [waits.pk]


def colleague(role: str, schools: list[int], today: date) -> Actor:
    """Somebody with one role, who belongs to every team or to each of these schools."""
    name = f"Canary-{role}"
    if BY_KEY[role].is_schools:
        for school in schools:
            made = actors.person(name, role, school=school, on=today)
    else:
        made = actors.person(name, role, on=today)
        for team in Team.objects.filter(is_current=True):
            made = actors.person(name, team=team, on=today)
    return made


def _give_to_colleagues(hidden: list[Hidden], today: date) -> None:
    """Sealed children had cases and tasks before: they belong to people who are not cleared."""
    staff = [
        colleague(role.key, [], today)
        for role in ROLES
        if not role.is_schools and "sealed.read" not in role.permissions
    ]
    for n, one in enumerate(hidden):
        owner = staff[n % len(staff)].pk
        Case.objects.filter(child=one.child).update(owner=owner)
        Task.objects.filter(case__child=one.child).update(owner=owner, due_on=today)
