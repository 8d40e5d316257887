"""The authority's own policies, edition by edition."""

from datetime import date

from django.db import models

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class OwnPolicy(Fact):
    """One edition of a policy of the authority's own, from the day on which it applies.

    Editions of one policy have one key; each ends on the day before the next begins. The key is
    made of the first title and outlives it.
    """

    key = models.SlugField()
    subject = models.TextField()  # a key of onroll.statute.editions.SUBJECTS
    title = models.TextField()
    edition = models.TextField()  # "3", "relaunched in March 2025"
    review_on = models.DateField(null=True, blank=True)
    address = models.TextField(blank=True, default="")  # where it can be read
    note = models.TextField(blank=True, default="")

    plain = "key subject title edition review_on address note"

    class Meta:
        constraints = [
            one_at_a_time("a_policy_has_one_edition_at_a_time", "key"),
            ends_after_it_starts("a_policy_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"

    def is_review_due(self, on: date) -> bool:
        """Whether it still applies though the day of its review has passed."""
        return self.review_on is not None and self.review_on < on and self.holds_on(on)
