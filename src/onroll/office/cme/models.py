"""Children missing education: what is special about this kind of case."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import Fact, TransactionNow, ends_after_it_starts, one_at_a_time


class LocalReason(models.Model):
    """The authority's own reasons, each under a national one."""

    key = models.SlugField()
    title = models.TextField()
    national = models.TextField()  # a key of onroll.statute.codes.MISSING_REASONS
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    is_current = models.BooleanField(default=True)  # of one key one row is; the others were

    plain = "key title national since until is_current"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(is_current=True), name="one_current_reason_of_a_key"
            )
        ]

    def __str__(self) -> str:
        return self.title


class MissingEducation(models.Model):
    """What is noted once about a case of missing education: how it came to light, the last school.

    What changes and is counted, or happens again, stands in facts of the case: Episode, Placement,
    Absence, JointEnquiry, HomeEducationAcceptance.
    """

    class Identified(models.TextChoices):
        REFERRAL = "referral", "A referral"
        LINKAGE = "linkage", "Found by comparing lists"
        SCHOOL_RETURN = "school_return", "A school's return"
        OTHER_AUTHORITY = "other_authority", "Another authority"
        CASEWORK = "casework", "Another case"
        MIGRATED = "migrated", "A former system"

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, related_name="cme")
    identified_on = models.DateField()
    identified_by = models.TextField(choices=Identified.choices, default=Identified.REFERRAL)
    last_attended_on = models.DateField(null=True, blank=True)
    last_school = models.ForeignKey(
        "schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at_risk_of_neet = models.BooleanField(default=False)
    handed_to_post_16_on = models.DateField(null=True, blank=True)

    personal = "last_attended_on at_risk_of_neet"
    plain = "identified_on identified_by handed_to_post_16_on"


class Episode(Fact):
    """One time that a child missed education, and why. Its last day is the last day missing.

    Reason and duration are figures of the national return: a change supersedes, so that a figure
    given once can be given again. A case that is opened again has another episode.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="episodes")
    reason = models.TextField(default="not_recorded")  # national: statute.codes.MISSING_REASONS
    local_reason = models.ForeignKey(LocalReason, null=True, blank=True, on_delete=models.PROTECT)
    closing_evidence = models.JSONField(default=dict, blank=True)  # on what its end rests

    personal = "reason closing_evidence"
    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("one_episode_at_a_time", "case"),
            ends_after_it_starts("episode_ends_after_it_starts"),
        ]


class Placement(Fact):
    """A place secured for a child: held from the day it was secured until it fell through."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="placements")
    school = models.ForeignKey(
        "schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    otherwise = models.TextField(blank=True, default="")  # education that is not at a school
    secured_by = models.TextField(blank=True, default="")
    expected_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)  # the first day, as the school says
    confirmed_by = models.TextField(blank=True, default="")

    personal = "otherwise secured_by confirmed_by"
    plain = "expected_on confirmed_on"

    class Meta:
        constraints = [
            one_at_a_time("one_place_at_a_time", "case"),
            ends_after_it_starts("place_secured_ends_after_it_starts"),
        ]

    @property
    def where(self) -> str:
        return str(self.school) if self.school else self.otherwise


class Ground(models.TextChoices):
    """On which a school may delete the name of a missing pupil: SI 2024/208 regulation 9(1)."""

    H = "h", "Not back within 10 school days after leave of absence (h)"
    # E741: I is the paragraph of the regulation, like H before it.
    I = "i", "Absent without explanation for 20 school days (i)"  # noqa: E741


class Absence(Fact):
    """The child is on a roll and away: the first day, and the ground that its length may give.

    For ground (h) the first day is the one after the leave ended.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="absences")
    ground = models.TextField(choices=Ground.choices)

    personal = "ground"
    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("one_absence_on_a_ground_at_a_time", "case", "ground"),
            ends_after_it_starts("absence_ends_after_it_starts"),
        ]


class JointEnquiry(Fact):
    """School and authority have jointly made reasonable efforts to find the child.

    It holds from the later of their two statements. Where the child was not found, joint efforts
    suffice; where the child was, both must agree that there are no reasonable grounds to believe
    in a return (SI 2024/208 regulation 9(1)(h)(iii), (i)(iii)).
    """

    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="joint_enquiries"
    )
    ground = models.TextField(choices=Ground.choices)
    school_says = models.TextField(blank=True, default="")
    school_on = models.DateField()
    authority_says = models.TextField(blank=True, default="")
    authority_on = models.DateField()
    is_located = models.BooleanField(null=True)  # null: an older record did not say
    agreed_no_return = models.BooleanField(default=False)

    personal = "ground school_says authority_says is_located agreed_no_return"
    plain = "school_on authority_on"

    class Meta:
        constraints = [
            one_at_a_time("one_joint_enquiry_at_a_time", "case"),
            ends_after_it_starts("joint_enquiry_ends_after_it_starts"),
            models.CheckConstraint(
                name="a_child_located_needs_both_to_agree",
                condition=Q(is_located__isnull=True) | Q(is_located=False)
                | Q(agreed_no_return=True),
            ),
        ]  # fmt: skip


class HomeEducationAcceptance(Fact):
    """An officer accepted the notification of home education into the register, from a day.

    Home education that nobody has assessed yet is accepted only where the officer says so.
    """

    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="home_education_accepted"
    )
    accepted_by = models.TextField()
    is_unassessed = models.BooleanField(default=False)

    personal = "is_unassessed"
    plain = "accepted_by"

    class Meta:
        constraints = [
            one_at_a_time("home_education_accepted_once_at_a_time", "case"),
            ends_after_it_starts("home_education_accepted_ends_after_it_starts"),
        ]


class EnquiryTemplate(models.Model):
    """A kind of reasonable enquiry: who asks whom, on what lawful basis, by when.

    A change retires the row and adds another of the same key, so that an enquiry made before
    keeps the words and the weight that it was made with.
    """

    class Shows(models.TextChoices):
        NOTHING = "", "Helps to find the child, and closes no case by itself"
        ACCEPTANCE = "acceptance", "Another authority may accept the child by its answer"
        ABROAD = "abroad", "The answer may verify that the child is abroad"

    key = models.SlugField()
    title = models.TextField()
    asked_by = models.TextField()  # "school", "authority", "both"
    asked_of = models.TextField()
    lawful_basis = models.TextField(blank=True, default="")
    days_to_answer = models.PositiveSmallIntegerField(default=10)  # calendar days, a local target
    pathways = models.TextField(blank=True, default="")  # "abroad", "elsewhere", "new_arrival"
    position = models.PositiveSmallIntegerField(default=0)
    cites = models.TextField(blank=True, default="")
    confidence = models.TextField(default="local")
    is_current = models.BooleanField(default=True)
    shows = models.TextField(choices=Shows.choices, blank=True, default="")
    since = models.DateField(null=True, blank=True)  # null: it came with OnRoll
    until = models.DateField(null=True, blank=True)

    plain = (
        "key title asked_by asked_of lawful_basis days_to_answer pathways position cites "
        "confidence is_current shows since until"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(is_current=True), name="one_current_enquiry_of_a_key"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Enquiry(models.Model):
    """One enquiry in the ledger: asked, expected, answered, and how strong the answer is.

    An answer is never edited: a correction is another row that points at the first.
    """

    class Result(models.TextChoices):
        WAITING = "", "Waiting for an answer"
        LOCATED = "located", "Child located"
        LEAD = "lead", "A lead to follow"
        NOT_KNOWN = "not_known", "Not known to them"
        REFUSED = "refused", "Would not say"
        NO_ANSWER = "no_answer", "No answer"

    class Strength(models.TextChoices):
        NONE = "", "Not evidence"
        HEARSAY = "hearsay", "Hearsay"
        FAMILY = "family", "The family's own account"
        RECORD = "record", "An agency's record"
        INDEPENDENT = "independent", "Independent verification"
        SEEN = "seen", "The child was seen"

    class AcceptedHow(models.TextChoices):
        UNKNOWN = "", "Not recorded"
        EMAIL = "email", "By secure e-mail"
        LETTER = "letter", "By letter"
        TELEPHONE = "telephone", "By telephone"
        SYSTEM = "system", "Through a shared system, such as School to School"
        MEETING = "meeting", "At a meeting"

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="enquiries")
    template = models.ForeignKey(EnquiryTemplate, on_delete=models.PROTECT)
    asked_of = models.TextField(blank=True, default="")
    made_by_school = models.BooleanField(default=False)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField(blank=True, default="")
    lawful_basis = models.TextField(blank=True, default="")
    expected_by = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # who wrote the answer down
    result = models.TextField(choices=Result.choices, blank=True, default="")
    strength = models.TextField(choices=Strength.choices, blank=True, default="")
    account = models.TextField(blank=True, default="")
    country = models.TextField(blank=True, default="")
    la_code = models.CharField(max_length=3, blank=True, default="")
    # Where the authority of `la_code` has accepted the child by this answer:
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.TextField(blank=True, default="")  # who there
    accepted_how = models.TextField(choices=AcceptedHow.choices, blank=True, default="")
    accepted_reference = models.TextField(blank=True, default="")  # theirs
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    answered_at = models.DateTimeField(null=True, blank=True)  # null = recorded with its answer
    version = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )

    personal = (
        "asked_of question result strength account country la_code lawful_basis accepted_by "
        "accepted_how accepted_reference"
    )
    plain = (
        "made_by_school asked_on expected_by answered_on answered_at accepted_on recorded_at "
        "version"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_its_day_and_result",
                condition=Q(answered_on__isnull=True, result="")
                | (Q(answered_on__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="a_correction_has_an_answer",
                condition=Q(corrects__isnull=True) | Q(answered_on__isnull=False),
            ),
            models.UniqueConstraint(fields=["corrects"], name="an_answer_is_corrected_once"),
            models.CheckConstraint(
                name="an_acceptance_says_by_whom_and_how",
                condition=Q(
                    accepted_on__isnull=True, accepted_by="", accepted_how="", accepted_reference=""
                )
                | Q(accepted_on__isnull=False, result="located")
                & ~Q(accepted_by="")
                & ~Q(accepted_how="")
                & ~Q(la_code=""),
            ),
        ]


class TransitionStep(models.Model):
    """A step of the plan for going back to school, and whether it happened."""

    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="transition_steps"
    )
    what = models.TextField()
    by_when = models.DateField(null=True, blank=True)
    whose = models.TextField(blank=True, default="")
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True, default="")

    personal = "what whose result"
    plain = "by_when done_on"
