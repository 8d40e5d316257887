"""Why a fact was withdrawn: the fact itself stays as it was written."""

from django.db import models

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class Withdrawal(Fact):
    """Why somebody stopped believing a fact without recording another in its place.

    A reason may tell a place, so that it is sealed with the child.
    """

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="withdrawals")
    table = models.TextField()  # "people.Flag"
    row = models.BigIntegerField()
    because = models.TextField()

    personal = "because"
    plain = "table row"

    class Meta:
        constraints = [
            one_at_a_time("a_fact_is_withdrawn_once", "child", "table", "row"),
            ends_after_it_starts("withdrawal_ends_after_it_starts"),
        ]
