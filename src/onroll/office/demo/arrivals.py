"""The stories that nobody has looked at yet: referrals that have just come."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from onroll.office.casework.actions import referrals
from onroll.office.casework.queries.answers import PersonTold, ReferralAnswers
from onroll.office.demo.lives import InventedChild, Story
from onroll.office.kernel.actor import PROGRAM


def arrive(child: InventedChild, story: Story, *, schools: Mapping[int, int]) -> None:
    """Send a referral that nobody has looked at yet, by the route that everybody uses."""
    carer = child.carers[0]
    referrals.receive(
        answers=ReferralAnswers(
            source=story.source,
            form="referral" if story.source == "school" else "general",
            given_names=child.given_names,
            family_name=child.family_name,
            born_on=child.born_on,
            sex=child.sex,
            upn=child.upn if child.key % 3 else "",
            address=child.home.line_1,
            postcode=child.home.postcode,
            carers=(
                PersonTold(
                    f"{carer.given_names} {carer.family_name}",
                    carer.kind.replace("_", " ").capitalize(),
                    carer.mobile,
                ),
            ),
            school_id=schools[story.last_school.urn],
            last_attended_on=story.last_attended_on,
            aware_on=story.aware_on,
            reason=story.plot.says,
            factors=story.factors,
            significant_harm=story.significant_harm,
            referrer_name="School office" if story.source == "school" else "Duty officer",
            referrer_organisation=story.last_school.name if story.source == "school" else "",
            referrer_telephone=story.last_school.telephone,
        ),
        submission=uuid5(NAMESPACE_URL, f"ashcombe/{child.key}"),
        route="public" if story.source == "public" else "professional",
        by=PROGRAM,
        on=story.told_on,
    )
