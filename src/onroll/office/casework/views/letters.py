"""Writing, issuing and withdrawing a letter on a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.casework import letters
from onroll.office.casework.actions import letters as actions
from onroll.office.casework.forms import letters as forms
from onroll.office.casework.policy import letters as policy
from onroll.office.casework.queries import letters as queries
from onroll.office.casework.queries.letters import case_to_write_on
from onroll.office.casework.views.documents import LETTER_BADGES, crumbs_of
from onroll.office.casework.views.frame import asked
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people
from onroll.office.schools import queries as schools
from onroll.office.web.components import Row
from onroll.office.web.forms import GovukForm
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import download, page


@require_safe
def choose(request: OfficeRequest, ref: str) -> HttpResponse:
    """Ask which letter is to be written."""
    case = case_to_write_on(request.actor, ref)
    policy.can_write(request.actor, case).require()
    found = queries.templates(kind=case.kind)
    groups = [(title, [t for t in found if t.to == to]) for to, title in queries.RECIPIENTS]
    context = {**_around(request, case), "title": "Write a letter", "groups": groups, "case": case}
    return page(request, "casework/letter_choose.html", context, children=[case.child_id])


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: OfficeRequest, ref: str, key: str) -> HttpResponse:
    """Ask to whom the letter goes, and write its first draft."""
    case = case_to_write_on(request.actor, ref)
    policy.can_write(request.actor, case).require()
    template = queries.template_for(key)
    form = _recipient_form(request, case, template.to)
    if request.method == "POST" and form.is_valid():
        try:
            letter = actions.write(
                case=case, template=template, recipient=_recipient(request, case, form),
                by=request.actor, on=clock.today(),
            )  # fmt: skip
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            return redirect("casework:letter_words", case.ref, letter.pk)
    back = reverse("casework:letter_new", args=[case.ref])
    context = {
        **_around(request, case),
        "title": template.title,
        "form": form,
        "is_carer": template.to == "carer",
        "has_choice": not isinstance(form, forms.ToCarer) or bool(form.fields["carer"].choices),  # type: ignore[attr-defined]
        "child_ref": case.child.ref,
        "submit": "Write the draft",
        "cancel_url": back,
    }
    return page(request, "casework/letter_write.html", context, children=[case.child_id])


@require_safe
def letter(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Show one letter as it stands, and what can be done with it."""
    case = case_to_write_on(request.actor, ref)
    found = queries.letter_for(case, pk)
    today = clock.today()
    recipient = queries.recipient_of(found, by=request.actor, on=today)
    may_go = policy.may_go(request.actor, case, recipient)
    sheet = queries.sheet_of(
        found, by=request.actor, on=found.issued_on or today, is_draft=found.state != "issued",
        shows_address=bool(may_go) and found.state in policy.UNISSUED,
    )  # fmt: skip
    context = {
        **_around(request, case),
        "title": found.subject,
        "letter": found,
        "case": case,
        "state": LETTER_BADGES[found.state],
        "sheet": sheet,
        "may_go": may_go,
        "may_issue": policy.can_issue(request.actor, found, recipient),
        "may_change": policy.can_change(request.actor, found),
        "may_withdraw": policy.can_withdraw(request.actor, found),
        "gaps": letters.gaps(found.subject, found.body),
        "rows": _rows(found),
        "child_url": reverse("casework:child", args=[case.child.ref]),
    }
    return page(request, "casework/letter.html", context, children=[case.child_id])


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    case = case_to_write_on(request.actor, ref)
    found = queries.letter_for(case, pk)
    policy.can_change(request.actor, found).require()
    now = {"subject": found.subject, "body": found.body, "version": found.version}
    form = forms.Words(request.POST or None, initial=now)
    return asked(
        request, case, form,
        lambda values: actions.change(letter=found, by=request.actor, on=clock.today(), **values),
        title=f"Letter to {found.recipient}", submit="Save and preview",
        then=reverse("casework:letter", args=[case.ref, found.pk]),
        template="casework/letter_words.html",
        gaps=letters.gaps(found.subject, found.body), letter=found, crumbs=crumbs_of(case),
    )  # fmt: skip


@require_POST
def issue(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Issue one letter, if it may go at this moment."""
    case = case_to_write_on(request.actor, ref)
    found = queries.letter_for(case, pk)
    policy.can_write(request.actor, case).require()
    sent = request.POST.get("version", "")
    try:
        actions.issue(
            letter=found, by=request.actor, on=clock.today(),
            version=int(sent) if sent.isdecimal() else None,
        )  # fmt: skip
    except (Refused, Faulty) as refusal:
        messages.error(request, f"The letter was not issued. {refusal}")
    else:
        messages.success(
            request, "The letter was issued. Save it as PDF or Word below, print it and post it."
        )
    return redirect("casework:letter", case.ref, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Withdraw one letter, saying why."""
    case = case_to_write_on(request.actor, ref)
    found = queries.letter_for(case, pk)
    policy.can_withdraw(request.actor, found).require()
    lead = "What was sent can’t be called back: the letter stays on the case, marked withdrawn."
    return asked(
        request, case, forms.Withdraw(request.POST or None, initial={"version": found.version}),
        lambda values: actions.withdraw(letter=found, by=request.actor, on=clock.today(), **values),
        title=f"Withdraw the letter to {found.recipient}", submit="Withdraw the letter",
        then=reverse("casework:letter", args=[case.ref, found.pk]), danger=True,
        lead=lead if found.state == "issued" else "", done="The letter was withdrawn.",
        crumbs=crumbs_of(case),
    )  # fmt: skip


@require_safe
def preview(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Give a draft as PDF, marked as a draft; a held one without an address."""
    case = case_to_write_on(request.actor, ref)
    found = queries.letter_for(case, pk)
    policy.can_change(request.actor, found).require()
    today = clock.today()
    recipient = queries.recipient_of(found, by=request.actor, on=today)
    sheet = queries.sheet_of(
        found, by=request.actor, on=today, is_draft=True,
        shows_address=bool(policy.may_go(request.actor, case, recipient)),
    )  # fmt: skip
    try:
        content = letters.as_pdf(sheet)
    except letters.CannotPrint as error:
        messages.error(request, str(error))
        return redirect("casework:letter", case.ref, pk)
    return download(
        request, filename=f"draft-{case.ref}-{pk}.pdf", content=content,
        content_type="application/pdf", children=[case.child_id],
    )  # fmt: skip


def _around(request: OfficeRequest, case: Any) -> dict[str, Any]:
    return {
        "caption": f"Case {case.ref}",
        "child": people.banner(case.child, by=request.actor, on=clock.today()),
        "crumbs": crumbs_of(case),
    }


def _recipient_form(request: OfficeRequest, case: Any, to: str) -> GovukForm:
    data = request.POST or None
    if to == "carer":
        carers = queries.carers(case, by=request.actor, on=clock.today())
        known = [(r, policy.may_go(request.actor, case, r).refusal) for r in carers]
        return forms.ToCarer(data, carers=known)
    if to == "school":
        now = queries.school_of(case, by=request.actor)
        return forms.ToSchool(data, schools=schools.choices(), initial={"school": now})
    return forms.ToOthers(data)


def _recipient(request: OfficeRequest, case: Any, form: GovukForm) -> queries.Recipient:
    given = form.cleaned_data
    if "carer" in given:
        return queries.carer_recipient(
            case, int(given["carer"]), by=request.actor, on=clock.today()
        )
    if "school" in given:
        return queries.school_recipient(int(given["school"]))
    lines = tuple(line.strip() for line in given["address"].splitlines() if line.strip())
    return queries.Recipient(given["name"], lines)


def _rows(found: Any) -> list[Row]:
    rows = [
        Row("To", found.recipient),
        Row("Written", day(found.written_on), note=f"by {found.written_by or 'OnRoll'}"),
        Row("From the template", f"{found.template.title}, version {found.template.version}"),
    ]
    if found.issued_on:
        rows.append(Row("Issued", day(found.issued_on)))
    if found.withdrawn_on:
        rows.append(Row("Withdrawn", day(found.withdrawn_on), note=found.why_withdrawn))
    return rows
