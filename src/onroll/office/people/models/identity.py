"""That two records are of one child, or of two: said by somebody, dated, and never by moving rows.

A record that is the same child as another is folded into it. Both stay as they are, with all that
was and will be written on them, so that taking them apart again has nothing to sort out.
"""

from django.db import models
from django.db.models import F, Q

from onroll.office.kernel.facts import (
    Fact,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)


class SameChild(Fact):
    """The record `other` is the same child as the record `child`, which stays in use.

    All records of one child point to the one that stays: a star, never a chain. `beside` is the
    record that was in use when `other` was joined to it, and stays what it is when that one is
    folded into a third: so whatever was joined to it goes with it when it is taken apart again.
    """

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="folded_in")
    other = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="folded_into")
    beside = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="+")
    why = models.TextField()
    said_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(db_default=TransactionNow())
    agreed_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # null where one person was enough

    personal = "why"
    plain = "said_at"

    class Meta:
        constraints = [
            one_at_a_time("a_record_is_folded_into_one_at_a_time", "other"),
            models.CheckConstraint(
                name="a_record_is_not_folded_into_itself",
                condition=~Q(child=F("other")) & ~Q(beside=F("other")),
            ),
            models.CheckConstraint(
                name="whoever_agrees_is_not_who_said_it",
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("said_by")),
            ),
            ends_after_it_starts("same_child_ends_after_it_starts"),
        ]


class TwoChildren(Fact):
    """Two records that look alike are of two children: the question is answered.

    `first` is the record with the lower key, so that a pair is one row whichever way it is asked.
    """

    first = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="+")
    why = models.TextField()

    personal = "why"
    plain = ""

    class Meta:
        indexes = [models.Index(fields=["second"], name="two_children_second")]
        constraints = [
            one_at_a_time("two_children_are_told_apart_once", "first", "second"),
            models.CheckConstraint(
                name="of_two_children_the_lower_is_first", condition=Q(first__lt=F("second"))
            ),
            ends_after_it_starts("two_children_ends_after_it_starts"),
        ]


class JoinAsked(models.Model):
    """Somebody asked that two records be joined: a second person answers.

    Without `other` it asks those who keep sealed records to look whether there is such a record.
    It is asked in the same words whether there is one or none, and its answer is told to nobody
    who is not cleared.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SEEN = "seen", "Looked into"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="joins_asked")
    other = models.ForeignKey(
        "people.Child", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    starts_on = models.DateField()
    why = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=TransactionNow())
    answer = models.TextField(choices=Answer.choices, blank=True, default="")
    answered_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_why = models.TextField(blank=True, default="")

    personal = "why answer_why"
    plain = "starts_on asked_at answer answered_at"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="two_people_answer_a_join",
                condition=~Q(answer__in=["agreed", "declined"]) | ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="whoever_asked_withdraws",
                condition=~Q(answer="withdrawn") | Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="an_answer_to_a_join_says_who_and_when",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_join_asked_is_of_two_records",
                condition=Q(other=None) | ~Q(child=F("other")),
            ),
            models.CheckConstraint(
                name="only_two_records_are_joined",
                condition=Q(other__isnull=False) | Q(answer__in=["", "seen", "withdrawn"]),
            ),
            models.UniqueConstraint(
                fields=["child", "other"],
                condition=Q(answer="", other__isnull=False),
                name="a_join_is_asked_once_at_a_time",
            ),
        ]
