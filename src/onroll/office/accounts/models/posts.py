"""Posts and who held them, so that "how many on 1 April 2018" has an answer."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class Post(models.Model):
    """A job, whatever it is called here, with the category under which it is counted.

    As it is today: what it was on another day, or was believed to be, is in PostDetail.
    """

    class Employer(models.TextChoices):
        AUTHORITY = "authority", "The authority"
        COMMISSIONED = "commissioned", "A body on its behalf"
        SCHOOL = "school", "A school"

    title = models.TextField()
    category = models.TextField()  # "attendance_officer": officers or equivalent, however named
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT)
    employer = models.TextField(choices=Employer.choices, default=Employer.AUTHORITY)
    established_on = models.DateField()
    abolished_on = models.DateField(null=True, blank=True)

    plain = "title category employer established_on abolished_on"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_is_abolished_after_it_is_established",
                condition=Q(abolished_on__isnull=True)
                | Q(abolished_on__gte=models.F("established_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostDetail(Fact):
    """What a post was called and counted as, by whom employed and in which team, on its days.

    The first begins when the post was established, the last ends when it was abolished.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="details")
    title = models.TextField()
    category = models.TextField()
    employer = models.TextField(choices=Post.Employer.choices)
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    plain = "title category employer"

    class Meta:
        constraints = [
            one_at_a_time("a_post_is_written_of_once_at_a_time", "post"),
            ends_after_it_starts("post_detail_ends_after_it_starts"),
        ]


class PostHolding(Fact):
    """A person held a post. Before this program many had no sign-in: then only the name."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL)
    holder = models.TextField()
    full_time_equivalent = models.DecimalField(max_digits=3, decimal_places=2, default=1)

    personal = "holder"
    plain = "full_time_equivalent"

    class Meta:
        constraints = [
            one_at_a_time("a_post_is_held_once_by_one_holder", "post", "holder"),
            models.CheckConstraint(
                name="full_time_equivalent_is_between_0_and_1",
                condition=Q(full_time_equivalent__gt=0, full_time_equivalent__lte=1),
            ),
            ends_after_it_starts("post_holding_ends_after_it_starts"),
        ]
