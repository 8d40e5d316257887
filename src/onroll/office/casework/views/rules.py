"""What other local rules would change on open cases, shown before they are chosen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from onroll.office.accounts import policy
from onroll.office.accounts.forms.organisation import SwitchForm
from onroll.office.accounts.queries import rules
from onroll.office.casework.queries.rules_preview import Children, Preview
from onroll.office.casework.queries.rules_preview import preview as preview_of
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.components import Badge, Figure
from onroll.office.web.forms import read_day
from onroll.office.web.views import page
from onroll.statute.differences import Difference
from onroll.statute.packs import Pack
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.accounts.models import LocalRules

ON_A_PAGE = 50
DIGITS = len(str(rules.LONGEST_LIMIT))

# How a difference of two packs is called on the page.
DIFFERS: Mapping[str, Badge] = {
    "duty added": Badge("Clock added", "green"),
    "duty removed": Badge("Clock removed", "red"),
    "duty changed": Badge("Clock changed", "blue"),
    "counted as missing": Badge("Counted as missing", "green"),
    "no longer counted": Badge("No longer counted", "red"),
}
IN_COUNTING = ("counted as missing", "no longer counted")
OTHERWISE = Badge("Changes", "blue")


@require_safe
def preview(request: OfficeRequest) -> HttpResponse:
    """Show what a policy pack and limits would change from a day; nothing is written.

    The address holds what is proposed, so that it can be kept and loaded again; what it leaves
    out is as it is now.
    """
    policy.can_edit(request.actor).require()
    today, now = clock.today(), rules.rules_on()
    before = rules.pack_on().pack
    proposed = _proposed(request, now, today)
    after = rules.pack_proposed(proposed, before)
    if after is None:
        raise Unknown("There is no such policy pack.")
    # Lists change at once, also for rules that are said to have begun earlier.
    on = max(proposed.starts_on, today)
    found = preview_of(request.actor, proposed, on, before=before, after=after)
    cautions = _cautions(before, after)
    listed = Paginator(found.listed, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _title(proposed, now, before, after),
        "crumbs": [
            ("The authority", reverse("accounts:authority")),
            ("Change the local rules", reverse("accounts:rules_edit")),
        ],
        "proposed": proposed,
        "now": now,
        "before": before,
        "pack": rules.pack_of(proposed.pack),
        "on": on,
        "is_later": on > today,
        "changes": proposed.changes(now),
        "found": found,
        "differ": [_differs(one, cautions) for one in found.differ],
        "figures": _figures(found),
        "listed": listed,
        "nothing": _nothing(found),
        "why_not": [says for _, says in rules.faults_of(proposed, today, now)],
        "form": _switch(proposed, now),
        "rules_url": reverse("accounts:rules_edit"),
        "keep_url": reverse("accounts:authority"),
    }
    return page(
        request, "casework/rules_preview.html", context, children={one.child.pk for one in listed}
    )


def _proposed(request: OfficeRequest, now: "LocalRules", today: date) -> rules.Proposed:
    asked = request.GET
    try:
        starts_on = read_day(asked["from"]) if "from" in asked else today
    except ValueError:
        raise Unknown("There is no such day.") from None
    return rules.Proposed(
        pack=asked.get("pack", now.pack),
        seen_within=_days(asked.get("seen"), now.seen_within),
        quiet_after=_days(asked.get("quiet"), now.quiet_after),
        starts_on=starts_on,
    )


def _days(typed: str | None, otherwise: int) -> int:
    if typed is None:
        return otherwise
    is_number = typed.isdecimal() and len(typed) <= DIGITS
    if not is_number or not 1 <= int(typed) <= rules.LONGEST_LIMIT:
        raise Unknown("There is no such number of days.")
    return int(typed)


def _title(proposed: rules.Proposed, now: "LocalRules", before: Pack, after: Pack) -> str:
    since = f"from {written(proposed.starts_on)}"
    if not after.is_in_force or after.key != before.key:
        pack = rules.pack_of(proposed.pack)
        assert pack is not None
        how = "in place of" if pack.is_in_force else "beside"
        return f"{pack.title} {how} {before.title}, {since}"
    if proposed.changes(now):
        return f"Other limits, {since}"
    return f"{before.title}, as now"


def _cautions(*packs: Pack) -> dict[str, str]:
    """Return what to know of how sure each duty is that only these packs have, by its id."""
    return {duty.id: duty.confidence.caution for pack in packs for duty in pack.duties}


def _differs(one: Difference, cautions: Mapping[str, str]) -> tuple[Badge, Difference, str]:
    """Return what happens to a rule, the rule in words that stand by themselves, and a caution."""
    before, after = one.before, one.after
    if one.what in IN_COUNTING:
        before, after = ("Counted" if says else "Not counted" for says in (before, after))
    said = replace(one, title=capfirst(one.title), before=capfirst(before), after=capfirst(after))
    return DIFFERS.get(one.what, OTHERWISE), said, cautions.get(one.id, "")


def _figures(found: Preview) -> list[Figure]:
    here = "" if found.is_nothing else "#affected"
    figures = [
        Figure(
            "Open cases that would change",
            found.changed,
            here,
            "orange" if found.changed else "grey",
            f"of {found.looked_at:,} looked at",
        ),
        Figure("Cases newly overdue", found.late, here, "red" if found.late else "grey"),
    ]
    if found.more.all or found.fewer.all:
        figures += [
            _children("Children newly counted as missing here", found.more, here),
            _children("Children no longer counted as missing here", found.fewer, here),
        ]
    return figures


def _children(says: str, children: Children, url: str) -> Figure:
    if not children.all:
        return Figure(says, 0, url)
    note = f"{children.without_a_case:,} of them without an open case"
    return Figure(says, children.all, url, "blue", note)


def _switch(proposed: rules.Proposed, now: "LocalRules") -> SwitchForm:
    return SwitchForm(
        initial={
            "pack": proposed.pack,
            "seen_within": proposed.seen_within,
            "quiet_after": proposed.quiet_after,
            "starts_on": proposed.starts_on.isoformat(),
            "instead_of": now.pk or 0,
        }
    )


def _nothing(found: Preview) -> str:
    if not found.looked_at:
        return "There is no open case to look at."
    if found.looked_at == 1:
        return "One open case was looked at under both rules: what runs on it stays as it is."
    return (
        f"{found.looked_at:,} open cases were looked at under both rules: what runs on them stays "
        "as it is."
    )
