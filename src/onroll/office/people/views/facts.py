"""Recording, correcting and ending each kind of fact, with its history in view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people import actions, policy, queries
from onroll.office.people.forms import facts as forms
from onroll.office.web.components import Tab
from onroll.office.web.views import page

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Screen:
    """One kind of fact as a screen: what it is called, its form, and the action that records it."""

    key: str
    path: str
    title: str
    one: str
    form: type[forms.FactForm]
    record: Callable[..., Any]
    note: str = ""

    def url(self, ref: str) -> str:
        """The address of the list."""
        return reverse(f"people:{self.key}", args=[ref])


def _record_contact(*, child: Any, whose: str, **values: Any) -> Any:
    carer = queries.carer_of(child, int(whose)) if whose else None
    return actions.record_contact_point(child=child, carer=carer, **values)


def _record_carer_address(*, child: Any, whose: str, **values: Any) -> Any:
    carer = queries.carer_of(child, int(whose))
    return actions.record_carer_address(child=child, carer=carer, **values)


def _record_carer(*, child: Any, by: Actor, existing: str = "", **values: Any) -> Any:
    if not existing:
        return actions.record_carer(child=child, by=by, **values)
    for own in ("title", "given_names", "family_name", "first_language", "needs_interpreter"):
        values.pop(own)
    carer = queries.known_carer(child, int(existing), by=by)
    return actions.record_relationship(child=child, carer=carer, by=by, **values)


SCREENS: Mapping[str, Screen] = {
    screen.key: screen
    for screen in (
        Screen(
            "name", "names", "Names", "name", forms.NameForm, actions.record_name,
            "A new legal name ends the one before. Every name is kept and finds the child.",
        ),
        Screen(
            "identifier", "numbers", "Numbers", "number", forms.IdentifierForm,
            actions.record_identifier,
            "A UPN whose check letter is wrong is refused.",
        ),
        Screen(
            "address", "addresses", "Addresses", "address", forms.AddressForm,
            actions.record_address,
            "A new address ends the one of the same use the day before.",
        ),
        Screen(
            "locality", "locality", "Locality", "locality", forms.LocalityForm,
            actions.record_locality,
            "A child is counted in the locality of the home, by its postcode. Record one here only "
            "where the child is to be counted elsewhere.",
        ),
        Screen(
            "carer", "carers", "Carers", "carer", forms.CarerForm, _record_carer,
            "Contact that nobody has checked is held as if it were refused.",
        ),
        Screen(
            "contact", "contacts", "Telephone and e-mail", "contact point", forms.ContactForm,
            _record_contact,
            "A number or address that nobody has checked is not used.",
        ),
        Screen(
            "carer_address", "carer-addresses", "Carers’ addresses", "carer’s address",
            forms.CarerAddressForm, _record_carer_address,
            "No letter goes to an address that nobody has checked.",
        ),
        Screen(
            "professional", "professionals", "Professionals", "professional",
            forms.ProfessionalForm, actions.record_professional,
        ),
        Screen(
            "flag", "flags", "Flags", "flag", forms.FlagForm, actions.record_flag,
            "Restricted flags are shown only to those who may see them, and never in a letter.",
        ),
        Screen(
            "whereabouts", "whereabouts", "Whereabouts", "conclusion", forms.WhereaboutsForm,
            actions.conclude_whereabouts,
            "A new conclusion ends the one before. “Confirmed” needs its evidence.",
        ),
        Screen(
            "hazard", "hazards", "Hazards at the house", "hazard", forms.HazardForm,
            actions.record_hazard,
            "Kept with the house: everybody who visits any child there sees it.",
        ),
        Screen(
            "language", "languages", "Languages", "language", forms.LanguageForm,
            actions.record_language,
            "Another first language ends the one before. The need of an interpreter stands at "
            "the head of every page about the child.",
        ),
        Screen(
            "year_taught", "years-taught", "Year group taught", "year group",
            forms.YearTaughtForm, actions.record_year_taught,
            "Only for a child who is taught outside the year of their age. It lasts until "
            "31 August and is decided again for the next school year.",
        ),
    )
}  # fmt: skip


def sections(request: OfficeRequest, ref: str, current: str) -> list[Tab]:
    """The other screens about the same child."""
    tabs = [
        Tab(screen.title, screen.url(ref), screen.key == current) for screen in SCREENS.values()
    ]
    at = reverse("people:details", args=[ref])
    details = Tab("Birth, sex, ethnicity", at, current == "details")
    tabs.insert(1, details)
    if policy.can_read_sealed(request.actor):
        tabs.append(Tab("Seal", reverse("people:seal", args=[ref]), current == "seal"))
    return tabs


def about(
    request: OfficeRequest, child: Any, current: str, title: str, **more: Any
) -> dict[str, Any]:
    """What every page about a child's facts is given."""
    banner = queries.banner(child, by=request.actor, on=clock.today())
    return {
        "title": title,
        "child": banner,
        "back_url": banner.url,
        "back_label": str(child),
        "sections": sections(request, child.ref, current),
        **more,
    }


def listing(screen: Screen) -> View:
    """The list of one kind of fact: now, before, and what we believed before."""

    def view(request: OfficeRequest, ref: str) -> HttpResponse:
        child = queries.child_for(request.actor, ref)
        every = queries.beliefs(screen.key, child, by=request.actor, on=clock.today())
        believed = [b for b in every if b.superseded_at is None]
        context = about(
            request,
            child,
            screen.key,
            screen.title,
            screen=screen,
            child_ref=child.ref,
            columns=queries.columns(screen.key),
            now=[b for b in believed if b.is_now],
            other=[b for b in believed if not b.is_now],
            changed=[b for b in every if b.superseded_at is not None],
            may_edit=bool(policy.can_edit(request.actor)),
            add_url=reverse(f"people:{screen.key}_add", args=[child.ref]),
            correct=f"people:{screen.key}_correct",
            end=f"people:{screen.key}_end",
            withdraw=f"people:{screen.key}_withdraw",
            notes=queries.flag_notes(by=request.actor) if screen.key == "flag" else (),
            houses=queries.place_choices(child, by=request.actor) if screen.key == "hazard" else (),
        )
        return page(request, "people/facts.html", context, children=[child.pk])

    return view


def adding(screen: Screen) -> View:
    """The form that records a fact."""

    def view(request: OfficeRequest, ref: str) -> HttpResponse:
        child = queries.child_for(request.actor, ref)
        policy.can_edit(request.actor).require()
        today = clock.today()
        form = screen.form(
            request.POST or None,
            child=child,
            actor=request.actor,
            today=today,
            initial={"starts_on": today},
        )
        if form.is_bound and form.is_valid():
            try:
                made = screen.record(child=child, by=request.actor, on=today, **form.cleaned_data)
            except Faulty as faulty:
                form.refuse(faulty)
            else:
                _warn(request, made)
                messages.success(request, f"The {screen.one} is recorded.")
                return redirect(screen.url(ref))
        return _form_page(
            request,
            child,
            screen,
            form,
            f"Add a {screen.one}" if screen.one[0] not in "aeiou" else f"Add an {screen.one}",
            "Save",
        )

    return view


def _warn(request: OfficeRequest, made: Any) -> None:
    if hasattr(made, "scheme"):
        for says in actions.checked_identifier(made.scheme, made.value).warnings:
            messages.warning(request, says)


def _form_page(
    request: OfficeRequest,
    child: Any,
    screen: Screen,
    form: Any,
    title: str,
    submit: str,
    **more: Any,
) -> HttpResponse:
    context = about(
        request, child, screen.key, title,
        form=form, submit=submit, cancel_url=screen.url(child.ref), lead=screen.note, **more,
    )  # fmt: skip
    return page(request, "people/form.html", context, children=[child.pk])


def correcting(screen: Screen) -> View:
    """The form that corrects a fact; what was recorded before stays in the history."""

    def view(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
        child = queries.child_for(request.actor, ref)
        policy.can_edit(request.actor).require()
        fact = queries.belief(screen.key, child, pk, by=request.actor)
        form = screen.form(
            request.POST or None,
            child=child,
            actor=request.actor,
            is_correction=True,
            today=clock.today(),
            initial=_initial(fact),
        )
        if form.is_bound and form.is_valid():
            try:
                actions.correct(
                    fact=fact,
                    child=child,
                    by=request.actor,
                    on=clock.today(),
                    **form.cleaned_data,
                )
            except Faulty as faulty:
                form.refuse(faulty)
            else:
                messages.success(request, f"The {screen.one} is corrected.")
                return redirect(screen.url(ref))
        return _form_page(request, child, screen, form, f"Correct the {screen.one}", "Save")

    return view


def _initial(fact: Any) -> dict[str, Any]:
    values = {f.name: getattr(fact, f.attname) for f in fact._meta.concrete_fields}
    for asked in ("lives_with", "at_home"):
        if asked in values:
            values[asked] = {True: "yes", False: "no"}.get(values[asked], "unknown")
    return values


def ending(screen: Screen) -> View:
    """The form that gives a fact its last day."""

    def view(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
        def act(fact: Any, child: Any, on: date, **values: Any) -> None:
            actions.end_fact(fact=fact, child=child, by=request.actor, on=on, **values)

        return _on_one(request, ref, pk, screen, forms.EndForm, act, ("End", "ended"))

    return view


def withdrawing(screen: Screen) -> View:
    """The form that withdraws a fact recorded in error."""

    def view(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
        def act(fact: Any, child: Any, on: date, **values: Any) -> None:
            actions.withdraw(fact=fact, child=child, by=request.actor, on=on, **values)

        return _on_one(request, ref, pk, screen, forms.WithdrawForm, act, ("Withdraw", "withdrawn"))

    return view


def _on_one(
    request: OfficeRequest,
    ref: str,
    pk: int,
    screen: Screen,
    form_type: Any,
    act: Callable[..., None],
    words: tuple[str, str],
) -> HttpResponse:
    child = queries.child_for(request.actor, ref)
    policy.can_edit(request.actor).require()
    fact = queries.belief(screen.key, child, pk, by=request.actor)
    today = clock.today()
    form = form_type(request.POST or None, today=today, initial={"ends_on": today})
    if form.is_bound and form.is_valid():
        try:
            act(fact, child, today, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"The {screen.one} is {words[1]}.")
            return redirect(screen.url(ref))
    shown = queries.beliefs(screen.key, child, by=request.actor, on=today)
    says = next((b.says for b in shown if b.fact.pk == pk), "")
    title = f"{words[0]} the {screen.one}"
    return _form_page(request, child, screen, form, title, words[0], says=says)
