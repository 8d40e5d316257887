"""The daily work on a case: contacts, notes, tasks, and the cache of what is due."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from onroll.office.kernel.facts import (
    Fact,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)

# Nothing keeps a child who misses education from the list for longer, nor in one person's hands.
LONGEST = timedelta(days=28)


class Contact(models.Model):
    """A contact made or tried: a call, a visit, a meeting, and what was learnt. Append-only."""

    class Channel(models.TextChoices):
        TELEPHONE = "telephone", "Telephone"
        VISIT = "visit", "Home visit"
        MEETING = "meeting", "Meeting"
        VIDEO = "video", "Video call"
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"
        LETTER = "letter", "Letter"
        SCHOOL_VISIT = "school_visit", "Seen at school or provision"

    class With(models.TextChoices):
        CHILD = "child", "The child"
        CARER = "carer", "Parent or carer"
        FAMILY = "family", "Family or friend"
        SCHOOL = "school", "School"
        AGENCY = "agency", "Agency or professional"
        AUTHORITY = "authority", "Another authority"

    class Result(models.TextChoices):
        SPOKE = "spoke", "Spoke to them"
        NO_ANSWER = "no_answer", "No answer"
        LEFT_MESSAGE = "left_message", "Left a message"
        NOT_KNOWN_THERE = "not_known_there", "Not known at this address or number"
        REFUSED = "refused", "Refused to speak"

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField()
    channel = models.TextField(choices=Channel.choices)
    with_whom = models.TextField(choices=With.choices)
    name = models.TextField(blank=True, default="")
    result = models.TextField(choices=Result.choices)
    is_planned = models.BooleanField(default=True)  # a visit announced beforehand
    attended_by = models.TextField(blank=True, default="")
    child_seen = models.BooleanField(default=False)
    child_spoken_to = models.BooleanField(default=False)
    childs_voice = models.TextField(blank=True, default="")
    account = models.TextField()  # what happened and was learnt
    next_step = models.TextField(blank=True, default="")
    welfare_check = models.BooleanField(default=False)
    is_support = models.BooleanField(default=False)  # help given, not only a question asked
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )

    personal = (
        "name attended_by childs_voice account next_step child_seen child_spoken_to welfare_check "
        "is_support is_planned result with_whom"
    )
    plain = "on channel recorded_at"

    class Meta:
        indexes = [models.Index(fields=["case", "-on"], name="contact_case")]


class Note(models.Model):
    """A note on a case. Never edited: a correction is another note beside it."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )

    personal = "text"
    plain = "on recorded_at"


class Task(models.Model):
    """Something to be done by a day, by somebody."""

    case = models.ForeignKey(
        "casework.Case", null=True, blank=True, on_delete=models.CASCADE, related_name="tasks"
    )
    what = models.TextField()
    due_on = models.DateField()
    owner = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    made_on = models.DateField()
    made_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.TextField(blank=True, default="")
    cancelled = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    settled_at = models.DateTimeField(null=True, blank=True)  # null = recorded when already done

    personal = "what result"
    plain = "due_on made_on done_on cancelled recorded_at settled_at"

    class Meta:
        indexes = [models.Index(fields=["owner", "done_on", "due_on"], name="task_owner")]
        constraints = [
            models.CheckConstraint(
                name="task_done_on_and_by_together",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        ]


class Deadline(models.Model):
    """A clock of a case, worked out from its facts. A cache: a rebuild makes the same rows."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="deadlines")
    duty = models.TextField()  # the duty's id in onroll.statute.duties
    started_by = models.TextField()
    started_on = models.DateField()
    n = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    needs = models.TextField(blank=True, default="")  # "term dates needed from …"
    rule_since = models.DateField(null=True, blank=True)
    # False where the day opens or closes something and nobody is late once it has passed.
    is_deadline = models.BooleanField(default=True)

    plain = "duty started_by started_on n due_on stopped_on needs rule_since is_deadline"

    class Meta:
        indexes = [models.Index(fields=["stopped_on", "due_on"], name="deadline_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "duty", "started_by", "n"], name="a_clock_is_cached_once"
            ),
        ]


class Attention(Fact):
    """What is done about a child who misses education and has no case: somebody looks into it, or
    it is set aside until a day with a reason. Both run out by themselves."""

    class What(models.TextChoices):
        TAKEN = "taken", "Somebody looks into it"
        SET_ASIDE = "set_aside", "Set aside until a day"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="attention")
    what = models.TextField(choices=What.choices)
    who = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True, default="")

    personal = "why"
    plain = "what"

    class Meta:
        constraints = [
            one_at_a_time("a_child_is_in_one_persons_hands_at_a_time", "child", "what"),
            ends_after_it_starts("attention_ends_after_it_starts"),
            models.CheckConstraint(
                name="attention_ends_within_28_days",
                condition=Q(ends_on__isnull=False, ends_on__lt=F("starts_on") + LONGEST),
            ),
            models.CheckConstraint(
                name="a_child_is_set_aside_with_a_reason",
                condition=~Q(what="set_aside") | ~Q(why=""),
            ),
        ]


class Submission(models.Model):
    """A form that was sent and done. The key is made of what was sent and holds none of it."""

    key = models.UUIDField(primary_key=True)
    done_at = models.DateTimeField(db_default=TransactionNow())

    plain = "key done_at"
