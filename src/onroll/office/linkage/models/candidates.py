"""Whom a search found in no education list, and what people answered.

The records of a candidate lie here encrypted while nobody has answered, until the next search, and
for 28 days after an answer, so that it can be taken back. Then keyed hashes stay, by which the next
search knows that this child has been asked about, with what was answered, the likely cause and the
lists; age, sex, area and the known child go into counts that name nobody (`Counted`). Those of a
child who is followed in a case go when the case has closed.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import KnownQuerySet, TransactionNow


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return candidates for those who answer for them; who may be a sealed child for nobody.

        Those are found by `sealed_for`, one place alone, so that no list or count of a search can
        differ by them.
        """
        return self.filter(is_sealed=False) if actor.may("find.clear") else self.none()

    def counted_for(self, actor: Actor) -> Self:
        """Return the candidates that stand in totals for those who see how many were found.

        Whoever was answered for goes on being counted when they are hidden as a child sealed since:
        a total that fell then would tell of the seal.
        """
        may = any(map(actor.may, ("find.load", "find.clear", "find.figures")))
        stands = Answer.objects.filter(candidate=OuterRef("pk"), superseded_at__isnull=True)
        was_open = Q(Exists(stands.exclude(what=Answer.What.KEEPERS)))
        return self.filter(Q(is_sealed=False) | was_open) if may else self.none()

    def sealed_for(self, actor: Actor) -> Self:
        """Return who may be a sealed child, for somebody cleared; else nothing."""
        return self.filter(is_sealed=True) if actor.may("sealed.read") else self.none()

    def unanswered(self) -> Self:
        """Return those of whom nobody has said anything that stands."""
        stands = Answer.objects.filter(candidate=OuterRef("pk"), superseded_at__isnull=True)
        return self.filter(~Exists(stands))

    def answered(self) -> Self:
        """Return those of whom somebody has said something that stands."""
        stands = Answer.objects.filter(candidate=OuterRef("pk"), superseded_at__isnull=True)
        return self.filter(Exists(stands))


class Candidate(models.Model):
    """One person whom a search found in no education list.

    `person`, `records` and `places` are keyed hashes: of name and date of birth, of each record,
    of each address. `probability` is the search's own and decides nothing. `is_counted` says that
    age, sex, area and the known child have gone into `Counted` and stand here no longer.
    `standing` is a key of `statute.reasons.Place`, empty where nobody is known. It orders the list
    and tells answers about children whom the office knew from others, so it stays as it was: it
    is changed by no seal and names nobody.
    """

    run = models.ForeignKey("linkage.Run", on_delete=models.PROTECT, related_name="candidates")
    ref = models.CharField(max_length=20, unique=True)
    person = models.CharField(max_length=32)
    records = models.JSONField()
    places = models.JSONField(default=list, blank=True)
    probability = models.FloatField()
    lives_here = models.FloatField(default=1.0)
    cause = models.TextField()  # a key of matching.causes.CAUSES
    sources = models.JSONField()  # keys of the lists that have this person
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    area = models.CharField(max_length=8, blank=True, default="")  # the first half of the postcode
    sex = models.CharField(max_length=1, blank=True, default="")
    evidence = models.BinaryField(null=True, blank=True)  # encrypted; null = forgotten
    is_counted = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)  # may be a child whose whereabouts are sealed
    child = models.ForeignKey(
        "people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the known child who this probably is
    standing = models.TextField(blank=True, default="", db_default="")  # of that child, then
    before = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # whom an earlier answer was about, where it is asked again
    listed_on = models.DateField()  # by the first search that found this person

    objects = CandidateQuerySet.as_manager()

    personal = "person records places age area sex evidence"
    plain = "ref probability lives_here cause sources standing is_counted is_sealed listed_on"

    class Meta:
        indexes = [
            models.Index(fields=["cause", "-probability"], name="candidates_by_cause"),
            models.Index(fields=["person"], name="candidates_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_probability_is_from_0_to_1",
                condition=Q(probability__gte=0, probability__lte=1),
            ),
            models.CheckConstraint(
                name="who_is_counted_is_described_no_longer",
                condition=Q(is_counted=False)
                | Q(age__isnull=True, area="", sex="", child__isnull=True, evidence__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Answer(models.Model):
    """What somebody said of a candidate. Taken back by superseding, never by deleting."""

    class What(models.TextChoices):
        NOT_MISSING = "not_missing", "Not missing"
        LOOK_INTO = "look_into", "Look into it"
        KEEPERS = "keepers", "Referred to the sealed-records team"

    class Reason(models.TextChoices):
        INDEPENDENT = "independent", "In an independent school"
        OTHER_AUTHORITY = "other_authority", "At school in another authority"
        HOME_EDUCATED = "home_educated", "Educated at home"
        MOVED_AWAY = "moved_away", "Moved away"
        AGE = "age", "Over or under compulsory school age"
        ON_A_ROLL = "on_a_roll", "On a roll here under other details"
        KNOWN = "known", "A child who is known here already"
        DIED = "died", "Died"
        OTHER = "other", "Another reason"

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="answers")
    what = models.TextField(choices=What.choices)
    reason = models.TextField(choices=Reason.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")
    answered_on = models.DateField()
    batch = models.UUIDField()  # what was answered together is taken back together
    referral = models.ForeignKey(
        "casework.Referral", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = KnownQuerySet.as_manager()

    personal = "note"
    plain = "what reason answered_on batch recorded_at superseded_at"

    class Meta:
        indexes = [models.Index(fields=["batch"], name="answers_together")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(superseded_at__isnull=True),
                name="one_answer_of_a_candidate_stands",
            ),
            models.CheckConstraint(
                name="not_missing_says_why",
                condition=(Q(what="not_missing") & ~Q(reason=""))
                | (~Q(what="not_missing") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="looking_into_it_has_a_referral_until_taken_back",
                condition=Q(what="look_into", referral__isnull=False)
                | Q(what="look_into", superseded_at__isnull=False)
                | (~Q(what="look_into") & Q(referral__isnull=True)),
            ),
            models.CheckConstraint(
                name="another_reason_is_written_down",
                condition=~Q(reason="other") | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.candidate_id}"


class Counted(models.Model):
    """How many answers came true or not, by one mark of people whose records are forgotten.

    A row names nobody; one of few is not shown. An answer that is taken back after it was counted
    stays counted.
    """

    class By(models.TextChoices):
        AGE = "age", "Age in years"
        SEX = "sex", "Sex"
        AREA = "area", "First half of the postcode"

    by = models.TextField(choices=By.choices)
    value = models.TextField(blank=True)  # "" = on no list
    true = models.PositiveIntegerField(default=0)
    false = models.PositiveIntegerField(default=0)

    plain = "by value true false"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "value"], name="one_count_of_each_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.value}"
