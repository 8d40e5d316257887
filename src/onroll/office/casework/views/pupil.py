"""A pupil as the school knows its own: who it is, when it is theirs, what the school told.

Nothing else of the record is read here, so that nothing else can be shown by mistake.
"""

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.casework.queries import children as queries
from onroll.office.casework.queries import told
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people
from onroll.office.schools import queries as schools
from onroll.office.web.components import Row
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import page


def pupil(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a school its own pupil."""
    actor, today = request.actor, clock.today()
    child = people.pupil_for(actor, ref)
    held = [n for n in people.identifiers(child) if n.scheme == "upn" and n.holds_on(today)]
    numbers = [number.value for number in held]
    entries = [e for e in schools.roll(child.pk, by=actor) if e.school_id in actor.schools]
    context = {
        "title": str(child),
        "lead": "What a school sees of its own pupil.",
        "crumbs": [("First page", reverse("casework:my_work"))],
        "rows": [
            Row("Date of birth", day(child.born_on) or "Not known"),
            Row("UPN", ", ".join(numbers) or "Not known"),
        ],
        "entries": entries,
        "referrals": [
            (r, told.receipt(r.ref), told.became(r)) for r in queries.referrals_of(child, actor)
        ],
        "may_refer": actor.may("referrals.take"),
    }
    return page(request, "casework/pupil.html", context, children=[child.pk])
