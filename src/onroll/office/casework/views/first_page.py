"""The first page of those who work on no cases: what they may do here, each with its way in."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from onroll.office.accounts.queries import news_for, own_schools, titles_of
from onroll.office.casework.queries.second_person import decisions_for
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.views import page


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that somebody may do."""

    title: str
    says: str
    url: str


# The permission that it takes, the address, its title, and what is done there.
_WAYS: tuple[tuple[str, str, str, str], ...] = (
    ("referrals.take", "casework:referral_add", "Record a referral",
     "Tell the authority of a child who may be missing education."),
    ("referrals.take", "casework:referrals_mine", "Referrals you have made",
     "What you and your colleagues told, and what is asked of you."),
    ("cases.see_all", "casework:cases", "Cases", "Every open case, by what is due next."),
    ("cases.see_all", "casework:caseloads", "Caseloads",
     "Who has how much, and whose children nobody has seen."),
    ("children.find", "casework:unfollowed", "Missing education, with no case",
     "Children whom the record shows as missing and nobody follows."),
    ("children.find", "people:find", "Find a child", "By name, date of birth, UPN or postcode."),
    ("oversight.write", "casework:audits", "Audits of cases", "Draw cases, and answer for them."),
    ("sealed.read", "people:sealed", "Sealed records",
     "Children whose whereabouts are sealed, and new records that may be theirs."),
    ("sealed.change", "accounts:cleared", "Who reads sealed records",
     "Agree to a role that was asked for, and make links for those who hold one."),
    ("journal.read", "accounts:journal", "The journal", "Who did what, and who looked."),
    ("reports.run", "reporting:index", "Reports",
     "Figures as at any day, as they were known on any day."),
    ("imports.apply", "intake:files", "Files", "Bring in files, check them, apply or undo them."),
    ("organisation.edit", "accounts:users", "People who sign in",
     "Invite people, give roles, close accounts."),
    ("organisation.edit", "accounts:structure", "Services and teams",
     "Teams, posts, localities and the authority’s details."),
    ("schools.edit", "schools:schools", "Schools", "The register, term dates, contacts."),
    ("letters.templates", "casework:letter_templates", "Letters", "The words of letters."),
)  # fmt: skip


def first_page(request: OfficeRequest) -> HttpResponse:
    """Show what this person may do."""
    actor = request.actor
    ways = [
        Way(school.name, "Your pupils, contacts, term dates and vacancies.", url)
        for school in own_schools(actor)
        if (url := _address("schools:school", school.pk))
    ]
    ways[:0] = [
        Way(title, says, url)
        for permission, name, title, says in _WAYS
        if actor.may(permission) and (url := _address(name))
    ]
    context = {
        "title": "What you can do here",
        "lead": " and ".join(titles_of(actor)),
        "ways": ways,
        "news": news_for(actor, clock.today()),
        "to_decide": decisions_for(actor, clock.today()),
    }
    return page(request, "casework/first_page.html", context, children=())


def _address(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
