"""The design system in templates: dates as people write them, badges, clocks, lists, tabs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from onroll import data
from onroll.office.web.components import (
    Badge,
    ChildBanner,
    ClockFace,
    Figure,
    Link,
    Moment,
    Risk,
    Row,
    Tab,
)

register = template.Library()

DAYS_IN_WEEK = 7
UPN_LENGTH = 13
NHS_LENGTH = 10


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """5 March 2026."""
    if not value:
        return ""
    on = _as_date(value)
    return f"{on.day} {on:%B %Y}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """5 Mar 2026, for narrow columns."""
    if not value:
        return ""
    on = _as_date(value)
    return f"{on.day} {on:%b %Y}"


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Thursday 5 March 2026."""
    return f"{_as_date(value):%A} {day(value)}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """5 March 2026 at 2:05pm, as London's clocks showed it."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        time = "midday" if local.hour else "midnight"
    else:
        time = f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    return f"{day(local)} at {time}"


@register.filter
def ago(value: date | datetime | None, today: date) -> str:
    """3 days ago, yesterday, today, tomorrow, in 2 weeks; `today` is given, never asked for."""
    if not value:
        return ""
    days = (_as_date(value) - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    size = abs(days)
    if size < 2 * DAYS_IN_WEEK:
        said = f"{size} days"
    elif size < 9 * DAYS_IN_WEEK:
        said = f"{size // DAYS_IN_WEEK} weeks"
    elif size < 2 * 365:
        said = f"{round(size / 30.44)} months"
    else:
        said = f"{size // 365} years"
    return f"{said} ago" if days < 0 else f"in {said}"


@register.filter
def upn(value: str | None) -> SafeString | str:
    """A unique pupil number, spaced for the eye and still copied whole."""
    if not value:
        return ""
    groups = (
        (value[:1], value[1:4], value[4:8], value[8:]) if len(value) == UPN_LENGTH else (value,)
    )
    return _spaced(groups)


@register.filter
def nhs(value: str | None) -> SafeString | str:
    """An NHS number in its usual 3, 3 and 4."""
    if not value:
        return ""
    return _spaced((value[:3], value[3:6], value[6:]) if len(value) == NHS_LENGTH else (value,))


def _spaced(groups: Sequence[str]) -> SafeString:
    inner = mark_safe("".join(format_html("<span>{}</span>", g) for g in groups))  # noqa: S308
    return format_html('<span class="onroll-code">{}</span>', inner)


@register.filter
def authority(code: str | None) -> str:
    """383 is "Leeds (383)"; a number that is on no list is itself."""
    return data.name_of(code) if code else ""


@register.filter
def number(value: int | None) -> str:
    """12,345."""
    return "" if value is None else f"{value:,}"


@register.filter
def or_missing(value: object, words: str = "Not recorded") -> object:
    """The value, or quiet words in its place."""
    if value in (None, "", [], ()):
        return format_html('<span class="onroll-quiet">{}</span>', words)
    return value


@register.filter
def counted(count: int, words: str) -> str:
    """`{{ n|counted:"child,children" }}` is "1 child" or "12 children"."""
    one, many = words.split(",")
    return f"{number(count)} {one if count == 1 else many}"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The page's query string with some parts changed; None or "" takes a part away."""
    request: HttpRequest = context["request"]
    return "?" + _changed(request.GET, changes).urlencode()


def _changed(given: QueryDict, changes: dict[str, object]) -> QueryDict:
    new = given.copy()
    for name, value in changes.items():
        if value in (None, ""):
            new.pop(name, None)
        else:
            new[name] = str(value)
    return new


@register.simple_tag(takes_context=True)
def sort_header(context: Context, key: str, label: str, kind: str = "") -> SafeString:
    """A `<th>` that sorts by `?sort=key`, then by `?sort=-key`; the view reads `sort`."""
    now = context["request"].GET.get("sort", context.get("sort", ""))
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    target = f"-{key}" if state == "ascending" else key
    return format_html(
        '<th scope="col" class="govuk-table__header{}" aria-sort="{}"><a href="{}">{}'
        '<span class="onroll-sort" aria-hidden="true">{}</span></a></th>',
        " govuk-table__header--numeric" if kind == "numeric" else "",
        state,
        query(context, sort=target, page=None),
        label,
        {"ascending": "▲", "descending": "▼", "none": "↕"}[state],
    )


@register.inclusion_tag("web/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], things: str = "results") -> dict[str, object]:
    """Links to the other pages of a Django Page; nothing when there is only one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "things": things,
        "links": [(n, query(context, page=n) if isinstance(n, int) else "") for n in numbers],
        "previous": query(context, page=page.number - 1) if page.has_previous() else "",
        "next": query(context, page=page.number + 1) if page.has_next() else "",
    }


@register.simple_tag
def badge(label: str | Badge | None, colour: str = "grey", title: str = "") -> SafeString | str:
    """A word in a colour: `{% badge "Missing education" "red" %}` or `{% badge value %}`."""
    if not label:
        return ""
    value = label if isinstance(label, Badge) else Badge(label, colour, title)  # type: ignore[arg-type]
    extra = format_html(' title="{}"', value.title) if value.title else ""
    return format_html(
        '<strong class="govuk-tag govuk-tag--{} onroll-tag"{}>{}</strong>',
        value.colour,
        extra,
        value.label,
    )


@register.simple_tag
def badges(values: Iterable[Badge]) -> SafeString:
    """Several badges in a row."""
    return mark_safe(" ".join(badge(v) for v in values))  # noqa: S308


@register.inclusion_tag("web/parts/clock.html")
def clock(face: ClockFace, *, working: bool = True) -> dict[str, object]:
    """A clock with its working under a disclosure; `working=False` in a dense table."""
    return {"face": face, "working": working}


@register.inclusion_tag("web/parts/risk.html")
def risk(value: Risk, *, working: bool = True) -> dict[str, object]:
    """A risk score as a bar with its band in words and what made it."""
    return {
        "risk": value,
        "working": working,
        "share": round(100 * value.score / value.most) if value.most else 0,
    }


@register.inclusion_tag("web/parts/summary.html")
def summary(rows: Iterable[Row]) -> dict[str, object]:
    """A summary list of Row values."""
    listed = list(rows)
    return {"rows": listed, "has_actions": any(r.action for r in listed)}


@register.inclusion_tag("web/parts/timeline.html", takes_context=True)
def timeline(context: Context, moments: Iterable[Moment], level: int = 3) -> dict[str, object]:
    """A chronology of Moment values, in the order given."""
    return {"moments": list(moments), "heading": f"h{level}", "today": context.get("today")}


@register.inclusion_tag("web/parts/tabs.html")
def tabs(values: Iterable[Tab], label: str = "Sections") -> dict[str, object]:
    """Tabs that are links, each view with its own address."""
    return {"tabs": list(values), "label": label}


@register.inclusion_tag("web/parts/side.html")
def side(values: Iterable[Tab], label: str = "In this section") -> dict[str, object]:
    """A side navigation of Tab values; goes in `{% block side %}`."""
    return {"items": list(values), "label": label}


@register.inclusion_tag("web/parts/figures.html")
def figures(values: Iterable[Figure]) -> dict[str, object]:
    """A row of numbers at the head of a worklist."""
    return {"figures": list(values)}


@register.inclusion_tag("web/parts/banner.html")
def child_banner(
    value: ChildBanner, actions: Sequence[Link] = (), *, heading: bool = True
) -> dict[str, object]:
    """Who this page is about; the page's heading unless `heading=False`."""
    return {"child": value, "actions": actions, "heading": heading}


@register.inclusion_tag("web/parts/empty.html")
def empty(title: str, text: str = "", link: Link | None = None) -> dict[str, object]:
    """What a list says when there is nothing in it, and what to do next."""
    return {"title": title, "text": text, "link": link}


@register.inclusion_tag("web/parts/errors.html")
def errors(form: Any) -> dict[str, object]:
    """The summary of a form's errors, each a link to its input."""
    links = list(form.error_links()) if hasattr(form, "error_links") else []
    return {"form": form, "links": links}


@register.inclusion_tag("web/parts/filters.html", takes_context=True)
def filters(
    context: Context, form: Any, label: str = "Filter", keep: str = "sort"
) -> dict[str, object]:
    """A filter panel for a FilterForm; `keep` names parts of the address that it leaves alone."""
    request: HttpRequest = context["request"]
    kept = [(name, request.GET[name]) for name in keep.split(",") if name in request.GET]
    chosen = []
    for said, value, name in form.chosen():
        parts = [key for key in request.GET if key == name or key.startswith(f"{name}_")]
        without = _changed(request.GET, dict.fromkeys([*parts, "page"]))
        chosen.append((said, value, "?" + without.urlencode()))
    return {"form": form, "label": label, "kept": kept, "chosen": chosen, "path": request.path}


@register.inclusion_tag("web/parts/post_button.html", takes_context=True)
def post_button(
    context: Context, label: str, url: str, style: str = "secondary", **values: object
) -> dict[str, object]:
    """A button that sends a form of hidden values: style primary, secondary, warning or link."""
    return {
        "label": label,
        "url": url,
        "style": style,
        "values": values,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def link_button(label: str, url: str, style: str = "primary") -> SafeString:
    """A link that looks like a button: style primary, secondary or warning."""
    extra = "" if style == "primary" else f" govuk-button--{style}"
    return format_html(
        '<a href="{}" role="button" draggable="false" class="govuk-button{}"'
        ' data-module="govuk-button">{}</a>',
        url,
        extra,
        label,
    )


@register.simple_block_tag
def card(
    content: str, title: str, link: Link | None = None, level: int = 2, name: str = ""
) -> SafeString:
    """A titled box, with a link at its right: `{% card "Enquiries" link=add %}…{% endcard %}`."""
    action = (
        format_html('<a class="onroll-card__link" href="{}">{}</a>', link.url, link.label)
        if link
        else ""
    )
    anchor = format_html(' id="{}"', name) if name else ""
    return format_html(
        '<section class="onroll-card"{}><div class="onroll-card__head">'
        '<h{} class="onroll-card__title">{}</h{}>{}</div>'
        '<div class="onroll-card__body">{}</div></section>',
        anchor,
        level,
        title,
        level,
        action,
        content,
    )


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A wide table that scrolls sideways within the page and can be reached by keyboard."""
    return format_html(
        '<div class="onroll-scroll" tabindex="0" role="region" aria-label="{}">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def more(content: str, title: str, *, is_open: bool = False) -> SafeString:
    """A disclosure: `{% more "How this was worked out" %}…{% endmore %}`."""
    return format_html(
        '<details class="onroll-more"{}><summary>{}</summary>'
        '<div class="onroll-more__body">{}</div></details>',
        mark_safe(" open") if is_open else "",
        title,
        content,
    )


@register.simple_block_tag
def notice(content: str, style: str = "info") -> SafeString:
    """A note beside the work: style info, warning or danger; the words say which."""
    word = {"info": "Note", "warning": "Take care", "danger": "Warning"}[style]
    return format_html(
        '<div class="onroll-notice onroll-notice--{}" role="note">'
        '<span class="govuk-visually-hidden">{}: </span>{}</div>',
        style,
        word,
        content,
    )


@register.simple_tag
def url_link(label: str, url_name: str, *args: object) -> Link:
    """A Link to a named address, for a component: `{% url_link "Add" "cme:add" ref as add %}`."""
    return Link(label, reverse(url_name, args=args))
