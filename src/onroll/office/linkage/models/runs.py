"""Searches of the lists for children who are in none of who is being educated.

A search is asked for on a page and done by a process of its own, which alone holds the population.
What stays of it here are counts, its model and its candidates.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import TransactionNow


class RunQuerySet(models.QuerySet["Run"]):
    """Searches, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return every search for those who run searches, answer for them or see figures."""
        may = any(map(actor.may, ("find.load", "find.clear", "find.figures")))
        return self.all() if may else self.none()


class Run(models.Model):
    """One search: who asked, as at which day, how far it is, and what came of it.

    `counts` holds counts that may be told to everybody who sees searches: nothing in them counts
    somebody who may be a sealed child. `model` is what the search learnt of how this authority's
    lists differ, from which the next begins; nobody can be read from it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        WORKING = "working", "Searching"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"
        FAILED = "failed", "Failed"

    as_at = models.DateField()
    seed = models.PositiveIntegerField(default=1)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    stage = models.TextField(blank=True, default="")
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    asked_at = models.DateTimeField(db_default=TransactionNow())
    asked_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    sources = models.JSONField(
        default=list, blank=True
    )  # [{key, name, evidence, as_at, records, load}]
    counts = models.JSONField(default=dict, blank=True)
    model = models.JSONField(null=True, blank=True)
    machine = models.JSONField(default=dict, blank=True)  # versions, seconds, memory
    message = models.TextField(blank=True, default="")  # what went wrong and what to do

    objects = RunQuerySet.as_manager()

    plain = (
        "as_at seed state stage progress asked_at started_at finished_at stop_asked_at sources "
        "counts model machine message"
    )

    class Meta:
        indexes = [models.Index(fields=["state", "-asked_at"], name="runs_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="working"),
                name="one_search_works_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="waiting"),
                name="one_search_waits_at_a_time",
            ),
            models.CheckConstraint(
                name="a_finished_search_says_when",
                condition=Q(state__in=["waiting", "working"], finished_at__isnull=True)
                | Q(state__in=["done", "stopped", "failed"], finished_at__isnull=False),
            ),
            models.CheckConstraint(name="progress_is_of_a_hundred", condition=Q(progress__lte=100)),
        ]

    def __str__(self) -> str:
        return f"search as at {self.as_at.isoformat()}"

    @property
    def is_going(self) -> bool:
        """Whether it waits or works."""
        return self.state in (self.State.WAITING, self.State.WORKING)
