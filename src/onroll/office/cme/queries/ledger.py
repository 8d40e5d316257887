"""The ledger of enquiries, the checklist it is made from, and the reasons that may be given."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from onroll.office.casework.models import Case
from onroll.office.cme.models import Enquiry, EnquiryTemplate, LocalReason
from onroll.office.kernel.decision import Unknown
from onroll.statute.codes import MISSING_REASONS
from onroll.statute.sources import Confidence

PATHWAYS: Mapping[str, str] = {
    "": "Every enquiry",
    "abroad": "Believed abroad",
    "elsewhere": "Believed in another area",
    "new_arrival": "New to the area or the country",
}
ASKED_BY: Mapping[str, str] = {
    "school": "The school",
    "authority": "The authority",
    "both": "Either of them",
}
Shows = EnquiryTemplate.Shows
SHOWS = tuple(EnquiryTemplate.Shows.choices)
# An answer can show these only where the enquiry is made on that pathway.
PATHWAY_OF_PROOF = {Shows.ACCEPTANCE: "elsewhere", Shows.ABROAD: "abroad"}
STRONG_ABROAD = (Enquiry.Strength.INDEPENDENT, Enquiry.Strength.SEEN)
STRONG_ELSEWHERE = (Enquiry.Strength.RECORD, *STRONG_ABROAD)
RESULTS = tuple((value, label) for value, label in Enquiry.Result.choices if value)
STRENGTHS = tuple((value or "none", label) for value, label in Enquiry.Strength.choices)
ACCEPTED_HOW = tuple((value, label) for value, label in Enquiry.AcceptedHow.choices if value)


def enquiries(case: Case) -> list[Enquiry]:
    """Return the ledger: what waits for an answer first, then newest, corrections beside."""
    found = list(
        Enquiry.objects.filter(case=case).select_related("template", "asked_by", "answered_by")
    )
    correction = {e.corrects_id: e for e in found}
    asked = [e for e in found if e.corrects_id is None]
    asked.sort(key=lambda e: (e.answered_on is not None, -e.asked_on.toordinal(), -e.pk))
    ledger = []
    for enquiry in asked:
        said: Enquiry | None = enquiry
        while said is not None:
            ledger.append(said)
            said = correction.get(said.pk)
    return ledger


def what_stands(ledger: Sequence[Enquiry]) -> list[Enquiry]:
    """Return the enquiries of a ledger without the answers that a later row corrects."""
    corrected = {e.corrects_id for e in ledger}
    return [e for e in ledger if e.pk not in corrected]


def located(case: Case) -> QuerySet[Enquiry]:
    """Return the answers that located the child and that no correction has taken back."""
    return Enquiry.objects.filter(
        case=case, result=Enquiry.Result.LOCATED, corrections__isnull=True
    )


def enquiry_for(case: Case, pk: int) -> Enquiry:
    """Return one enquiry of a case. Raises Unknown."""
    ledger = Enquiry.objects.filter(case=case)
    found = ledger.select_related("template", "case__child").filter(pk=pk).first()
    if found is None:
        raise Unknown(f"There is no enquiry {pk} on this case.")
    return found


def waiting(cases: QuerySet[Case]) -> QuerySet[Enquiry]:
    """Return the enquiries of these open cases that nobody has answered, oldest promise first."""
    return (
        Enquiry.objects.filter(case__in=cases, answered_on=None, case__closed_on=None)
        .select_related("case__child", "case__owner", "case__team", "template")
        .order_by("expected_by", "pk")
    )


def templates(*, pathway: str = "") -> list[EnquiryTemplate]:
    """Return the kinds of enquiry in use; with a pathway, those that are made on it."""
    found = EnquiryTemplate.objects.filter(is_current=True).order_by("position", "title")
    if pathway:
        found = found.filter(Q(pathways="") | Q(pathways__contains=pathway))
    return list(found)


def template_for(key: str) -> EnquiryTemplate:
    """Return one kind of enquiry. Raises Unknown."""
    found = EnquiryTemplate.objects.filter(key=key, is_current=True).first()
    if found is None:
        raise Unknown(f"There is no enquiry called {key!r}.")
    return found


def former_templates() -> list[EnquiryTemplate]:
    """Return the kinds of enquiry as they were before a change or until they were retired."""
    return list(EnquiryTemplate.objects.filter(is_current=False).order_by("title", "-until", "-pk"))


def any_template(key: str, pk: int) -> EnquiryTemplate:
    """Return one row of a kind of enquiry, in use or not. Raises Unknown."""
    found = EnquiryTemplate.objects.filter(key=key, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no enquiry called {key!r}.")
    return found


def pathway_titles(template: EnquiryTemplate) -> str:
    """Return on which pathways an enquiry is made, in words."""
    chosen = [PATHWAYS[key] for key in template.pathways.split() if key in PATHWAYS]
    return ", ".join(chosen) or "In every case"


def any_reason(key: str, pk: int) -> LocalReason:
    """Return one row of a reason of the authority's own, in use or not. Raises Unknown."""
    found = LocalReason.objects.filter(key=key, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no reason called {key!r}.")
    return found


def national_choices(on: date) -> list[tuple[str, str]]:
    """Return the national reasons in force on a day."""
    return [(code.key, code.title) for code in MISSING_REASONS.on(on)]


def reasons_by_national(on: date) -> list[tuple[str, str, list[LocalReason]]]:
    """Return each national reason (key, title) with the authority's own under it."""
    listed = local_reasons()
    return [
        (key, title, [reason for reason in listed if reason.national == key])
        for key, title in national_choices(on)
    ]


def template_keys() -> set[str]:
    """Return the keys of every kind of enquiry that there ever was."""
    return set(EnquiryTemplate.objects.values_list("key", flat=True))


def reason_keys() -> set[str]:
    """Return the keys of every reason of the authority's own that there ever was."""
    return set(LocalReason.objects.values_list("key", flat=True))


def caution(template: EnquiryTemplate) -> str:
    """Return what to say of a template that is not verified law or guidance."""
    return Confidence(template.confidence).caution


def not_yet_made(case: Case, *, pathway: str = "") -> list[EnquiryTemplate]:
    """Return the enquiries that nobody has made on this case, in the order of the checklist."""
    made = set(Enquiry.objects.filter(case=case).values_list("template__key", flat=True))
    return [template for template in templates(pathway=pathway) if template.key not in made]


def reason_choices(on: date) -> Sequence[tuple[str, object]]:
    """Return the national reasons in force, and the authority's own under them."""
    local = LocalReason.objects.filter(is_current=True, since__lte=on).filter(
        Q(until=None) | Q(until__gte=on)
    )
    by_national: dict[str, list[tuple[str, str]]] = {}
    for reason in local.order_by("title"):
        by_national.setdefault(reason.national, []).append((f"local:{reason.key}", reason.title))
    choices: list[tuple[str, object]] = []
    for code in MISSING_REASONS.on(on):
        choices.append((code.key, code.title))
        choices += [(key, f"– {title}") for key, title in by_national.get(code.key, ())]
    return choices


def local_reasons() -> list[LocalReason]:
    """Return the authority's own reasons that are in use."""
    return list(LocalReason.objects.filter(is_current=True).order_by("title"))


def former_reasons() -> list[LocalReason]:
    """Return the authority's own reasons as they were before a change or until they were retired.

    A reason of which cases have been told keeps its words there.
    """
    return list(LocalReason.objects.filter(is_current=False).order_by("title", "-until", "-pk"))


def local_reason(key: str) -> LocalReason:
    """Return one of the authority's own reasons. Raises Unknown."""
    found = LocalReason.objects.filter(key=key, is_current=True).first()
    if found is None:
        raise Unknown(f"There is no reason called {key!r}.")
    return found
