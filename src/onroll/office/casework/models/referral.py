"""Referrals: what somebody told us, before it is anybody's case."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import (
    Fact,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)


class RiskFactor(Fact):
    """One factor of the explained risk score, as it counted from one day to another.

    A change ends one row and begins another of the same key: the past keeps the words and the
    weights that it had.
    """

    key = models.SlugField()
    title = models.TextField()
    weight = models.SmallIntegerField()
    applies_when = models.TextField(blank=True, default="")  # shown beside the box
    cites = models.TextField(blank=True, default="")
    is_harm = models.BooleanField(default=False)  # significant harm: act at once
    is_asked = models.BooleanField(default=True)  # on forms; otherwise worked out
    is_restricted = models.BooleanField(default=False)
    is_concern = models.BooleanField(default=False)  # a kind of safeguarding concern
    position = models.PositiveSmallIntegerField(default=0)

    plain = "key title weight applies_when cites is_harm is_asked is_restricted is_concern position"

    class Meta:
        constraints = [
            one_at_a_time("a_risk_factor_counts_once_at_a_time", "key"),
            ends_after_it_starts("risk_factor_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return what this person may see: all of it for those who triage, else what they took.

        A school sees what its own people told. That somebody else's referral names a school is no
        reason: it may be about the school.
        """
        known = self
        if not actor.may("sealed.read"):
            known = known.filter(is_sealed=False)
        if actor.may("referrals.triage") or actor.may("cases.see_all"):
            return known
        return known.filter(Q(taken_by__in=actor.stands_for) | Q(told_by__in=actor.schools))

    def to_decide_by(self, actor: Actor) -> Self:
        """Return what this person may decide on or count: nothing that they told themselves, unless
        they are cleared. That their own was missing would tell them that a sealed child exists.
        """
        own = self.of_their_own(actor).values("pk")
        return self.visible_to(actor).exclude(pk__in=own)

    def of_their_own(self, actor: Actor) -> Self:
        """Return the entries in whose line stands one that this person told, who is not cleared."""
        if actor.may("sealed.read") or actor.pk is None:
            return self.none()
        # S611: the text is the constant above; only a key is passed, and beside it.
        return self.filter(pk__in=RawSQL(_OWN_LINES, [actor.pk]))  # noqa: S611

    def counted_for(self, actor: Actor) -> Self:
        """Return the referrals that stand in a total for this person: whoever may run reports
        counts every referral; a sealed one, and what they told themselves, only if cleared."""
        if not actor.may("reports.run"):
            return self.visible_to(actor)
        if actor.may("sealed.read"):
            return self
        own = self.of_their_own(actor).values("pk")
        return self.filter(is_sealed=False).exclude(pk__in=own)

    def as_given_to(self, actor: Actor) -> Self:
        """Return what this person may read as it was given, and no more than that.

        Whoever typed a referral up keeps their own words, and the thinner entry that they read
        before, whether they are sealed or not: that either went away, or never came, would tell
        them that there is a sealed child.
        """
        seen = self.visible_to(actor).values("pk")
        if actor.pk is None:
            return self.filter(pk__in=seen)
        # S611: the text is the constant above; only a key is passed, and beside it.
        own = RawSQL(_OWN_AND_EARLIER, [actor.pk])  # noqa: S611
        return self.filter(Q(pk__in=seen) | Q(pk__in=own))


# Every entry of a line in which somebody took one, however many stand beside each other.
_OWN_LINES = """
    with recursive line(id, completes) as (
        select id, completes_id from casework_referral where taken_by_id = %s
        union
        select r.id, r.completes_id
        from casework_referral r join line on r.id = line.completes or r.completes_id = line.id
    )
    select id from line
"""
# What they took, and the entries that theirs complete.
_OWN_AND_EARLIER = """
    with recursive line(id, completes) as (
        select id, completes_id from casework_referral where taken_by_id = %s
        union
        select r.id, r.completes_id from casework_referral r join line on r.id = line.completes
    )
    select id from line
"""


class Referral(models.Model):
    """One referral as given, its receipt, its score, and what was decided. As given, for ever:
    what is learnt later is written in `Note`s and on the case, not over these columns."""

    class Route(models.TextChoices):
        PUBLIC = "public", "Public form"
        PROFESSIONAL = "professional", "Professionals' form"
        STAFF = "staff", "Typed up by staff"
        FILE = "file", "From a file"
        AUTHORITY = "authority", "From another authority"
        PROGRAM = "program", "Noticed by the program"

    class Source(models.TextChoices):
        SCHOOL = "school", "School"
        INDEPENDENT_SCHOOL = "independent_school", "Independent school"
        HEALTH = "health", "Health service"
        SOCIAL_CARE = "social_care", "Children's social care"
        POLICE = "police", "Police"
        HOUSING = "housing", "Housing"
        OTHER_AGENCY = "other_agency", "Another agency"
        OTHER_AUTHORITY = "other_authority", "Another local authority"
        FAMILY = "family", "Parent, carer or family"
        PUBLIC = "public", "Member of the public"
        INTERNAL = "internal", "Another team of this authority"

    class Form(models.TextChoices):
        GENERAL = "general", "A child who may be missing education"
        LEAVER = "leaver", "In-year leaver"
        REFERRAL = "referral", "CME referral"
        ADMISSION = "admission", "Independent school admission"

    class State(models.TextChoices):
        NEW = "new", "New"
        ASKED = "asked", "More asked for"
        ACCEPTED = "accepted", "Accepted into a case"
        ADDED = "added", "Added to an open case"
        RETURNED = "returned", "Returned to the school"
        ELSEWHERE = "elsewhere", "Referred elsewhere"
        RECORDED = "recorded", "Place recorded: no case needed"
        NO_ACTION = "no_action", "No further action"

    class Departure(models.TextChoices):
        NONE = "", "Not said"
        SCHOOL = "school", "Leaving the school"
        AREA = "area", "Leaving the area"
        COUNTRY = "country", "Leaving the United Kingdom"
        TEMPORARY = "temporary", "Away for a time"

    ref = models.CharField(max_length=20, unique=True)  # the receipt: reveals nothing
    submission = models.UUIDField(unique=True)  # one form opened, one referral
    digest = models.CharField(max_length=64)  # of the answers: others are refused
    route = models.TextField(choices=Route.choices)
    source = models.TextField(choices=Source.choices)
    form = models.TextField(choices=Form.choices, default=Form.GENERAL)
    state = models.TextField(choices=State.choices, default=State.NEW)
    received_at = models.DateTimeField(db_default=TransactionNow())
    received_on = models.DateField()
    taken_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    told_by = models.ForeignKey(
        "schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # whose people signed in and told it: a form that anybody may send proves no school

    # The child, as told.
    given_names = models.TextField(blank=True, default="")
    family_name = models.TextField(blank=True, default="")
    also_known_as = models.TextField(blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    age_told = models.TextField(blank=True, default="")  # "about 9": when no date is known
    sex = models.CharField(max_length=1, blank=True, default="")
    upn = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    postcode = models.TextField(blank=True, default="")
    languages = models.TextField(blank=True, default="")
    carers = models.JSONField(default=list, blank=True)  # [{name, relationship, telephone, …}]

    # What happened.
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT)
    school_told = models.TextField(blank=True, default="")  # where no school could be matched
    on_roll_now = models.TextField(blank=True, default="")  # "yes", "no", "unknown"
    last_attended_on = models.DateField(null=True, blank=True)
    aware_on = models.DateField(null=True, blank=True)  # when the referrer became aware
    departure = models.TextField(choices=Departure.choices, blank=True, default="")
    destination = models.TextField(blank=True, default="")
    return_expected_on = models.DateField(null=True, blank=True)
    deletion_ground = models.CharField(max_length=2, blank=True, default="")
    starts_on = models.DateField(null=True, blank=True)  # an admission's starting day
    new_to_country = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    concerns = models.TextField(blank=True, default="")
    enquiries_made = models.JSONField(default=list, blank=True)  # keys of enquiries, with results
    enquiries_detail = models.TextField(blank=True, default="")
    factors = models.JSONField(default=list, blank=True)  # keys of RiskFactor that were ticked
    significant_harm = models.BooleanField(default=False)
    harm_detail = models.TextField(blank=True, default="")
    child_seen_on = models.DateField(null=True, blank=True)

    # Who told us: shown only to those who need it.
    referrer_name = models.TextField(blank=True, default="")
    referrer_role = models.TextField(blank=True, default="")
    referrer_organisation = models.TextField(blank=True, default="")
    referrer_telephone = models.TextField(blank=True, default="")
    referrer_email = models.TextField(blank=True, default="")
    withhold_referrer = models.BooleanField(default=False)

    # What we made of it.
    is_sealed = models.BooleanField(default=False)
    completeness = models.PositiveSmallIntegerField(default=0)  # out of 100
    missing = models.JSONField(default=list, blank=True)
    days_late = models.IntegerField(null=True, blank=True)  # against the authority's limit
    risk_score = models.SmallIntegerField(default=0)
    risk_working = models.JSONField(default=list, blank=True)  # lines of the score
    risk_rule = models.TextField(blank=True, default="")  # which version of the rule scored it
    child = models.ForeignKey(
        "people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    case = models.ForeignKey(
        "casework.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    completes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="completed_by"
    )  # the earlier, thinner entry beside which this one was made
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    personal = (
        "given_names family_name also_known_as born_on age_told sex upn address postcode languages "
        "carers school_told on_roll_now last_attended_on aware_on departure destination "
        "return_expected_on deletion_ground starts_on new_to_country reason concerns "
        "enquiries_made enquiries_detail factors significant_harm harm_detail child_seen_on "
        "referrer_name referrer_role referrer_organisation referrer_telephone referrer_email "
        "withhold_referrer missing risk_working decision_reason"
    )
    plain = (
        "ref submission digest route source form state received_at received_on is_sealed "
        "completeness days_late risk_score risk_rule decided_on version"
    )

    class Meta:
        indexes = [models.Index(fields=["state", "-risk_score"], name="referral_queue")]
        constraints = [
            models.CheckConstraint(
                name="a_decided_referral_says_who_and_when",
                condition=Q(state__in=["new", "asked"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_accepted_referral_has_a_case",
                condition=~Q(state__in=["accepted", "added"]) | Q(case__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.ref
