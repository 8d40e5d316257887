"""The journal: who did what, who looked at what. Append-only, in the database's own keeping."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from onroll.office.kernel.facts import TransactionNow


class Event(models.Model):
    """One act or one look. It has no foreign keys, so history never follows live data.

    `data` holds only values that the verb's declaration allows: references, dates and codes,
    never names or free text. `children` are the ids of every child concerned or shown.
    """

    at = models.DateTimeField(db_default=TransactionNow())
    verb = models.TextField()
    actor = models.BigIntegerField(null=True)  # null = the program, or nobody signed in
    actor_name = models.TextField()
    subject = models.TextField(blank=True, default="")  # "casework.Case:1234"
    children = ArrayField(models.BigIntegerField(), default=list)
    data = models.JSONField(default=dict)
    request_id = models.TextField(blank=True, default="")

    personal = "actor_name"
    plain = "at verb actor subject children data request_id"

    class Meta:
        indexes = [
            GinIndex(fields=["children"], name="event_children"),
            models.Index(fields=["subject", "id"], name="event_subject"),
            models.Index(fields=["actor", "at"], name="event_actor_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb}"


class Link(models.Model):
    """One link of the hash chain: an event, sealed to all before it."""

    position = models.BigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    event = models.BigIntegerField(unique=True)
    previous = models.TextField()
    digest = models.TextField()
    sealed_at = models.DateTimeField(db_default=TransactionNow())

    plain = "event previous digest sealed_at position"

    def __str__(self) -> str:
        return f"link {self.position}"
