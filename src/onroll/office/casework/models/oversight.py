"""Safeguarding and oversight: what must be thought of, challenged, supervised, sampled."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import TransactionNow


class Consideration(models.Model):
    """Somebody considered safeguarding, and concluded. Nothing leaves triage without one."""

    class Conclusion(models.TextChoices):
        NO_CONCERN = "no_concern", "No concern found"
        WATCH = "watch", "Something to watch"
        EARLY_HELP = "early_help", "Early help offered or asked for"
        CONSULTED = "consulted", "Consulted children's social care"
        REFERRED = "referred", "Referred to children's social care"
        POLICE = "police", "Police told"

    referral = models.ForeignKey(
        "casework.Referral", null=True, blank=True, on_delete=models.CASCADE
    )
    case = models.ForeignKey("casework.Case", null=True, blank=True, on_delete=models.CASCADE)
    conclusion = models.TextField(choices=Conclusion.choices)
    because = models.TextField()
    on = models.DateField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=TransactionNow())

    personal = "conclusion because"
    plain = "on recorded_at"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_consideration_is_of_a_referral_or_a_case",
                condition=Q(referral__isnull=False) | Q(case__isnull=False),
            ),
        ]


class Concern(models.Model):
    """A safeguarding concern: structured, restricted, with what was done about it."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="concerns")
    factor = models.ForeignKey("casework.RiskFactor", on_delete=models.PROTECT)
    account = models.TextField()
    raised_on = models.DateField()
    raised_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.TextField(blank=True, default="")
    escalated_to = models.TextField(blank=True, default="")
    escalated_on = models.DateField(null=True, blank=True)
    escalation_ref = models.TextField(blank=True, default="")
    result = models.TextField(blank=True, default="")
    resulted_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=TransactionNow())

    personal = "account action escalated_to escalation_ref result"
    plain = "raised_on escalated_on resulted_on recorded_at"


class Challenge(models.Model):
    """A challenge to a school or an agency about a barrier to education, and what came of it."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="challenges")
    to = models.TextField()
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT)
    barrier = models.TextField()
    made_on = models.DateField()
    made_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_escalated = models.BooleanField(default=False)
    result = models.TextField(blank=True, default="")
    resulted_on = models.DateField(null=True, blank=True)

    personal = "barrier result to"
    plain = "made_on is_escalated resulted_on"


class Supervision(models.Model):
    """A manager and a worker talked a case over. Append-only."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="supervisions")
    on = models.DateField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    account = models.TextField()
    agreed = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(db_default=TransactionNow())

    personal = "account agreed"
    plain = "on recorded_at"


class AuditSample(models.Model):
    """A case drawn for a quality audit, and what the auditor found."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="audits")
    drawn_on = models.DateField()
    drawn_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.TextField(blank=True, default="")
    answers = models.JSONField(default=dict, blank=True)
    judgement = models.TextField(blank=True, default="")  # "good", "requires_improvement", …
    findings = models.TextField(blank=True, default="")
    audited_on = models.DateField(null=True, blank=True)
    audited_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    personal = "findings answers"
    plain = "drawn_on why judgement audited_on"
