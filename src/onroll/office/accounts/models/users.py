"""People who sign in, the roles they hold, the teams they belong to, whom they cover."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from onroll.office.kernel.facts import (
    Fact,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever the capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do is in the roles they hold, never here."""

    email = models.EmailField()
    name = models.TextField()
    job_title = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")
    qualifications = models.TextField(blank=True, default="")  # e.g. qualified teacher
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    personal = "email name job_title telephone qualifications password last_login"
    plain = "is_active"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_for_an_email_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class RoleHolding(Fact):
    """A person holds a role, for a school where the role is a school's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_holdings")
    role = models.TextField()  # a key of accounts.roles
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT)

    plain = "role"

    class Meta:
        constraints = [
            one_at_a_time("a_role_is_held_once_at_a_time", "user", "role", where=Q(school=None)),
            one_at_a_time(
                "a_role_is_held_once_at_a_school", "user", "role", "school", where=~Q(school=None)
            ),
            ends_after_it_starts("role_ends_after_it_starts"),
        ]


class RoleAsked(models.Model):
    """A role that reads sealed records, asked for somebody: held once a second person agrees."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_asked")
    role = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=TransactionNow())
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(null=True, blank=True)  # null = nobody has answered

    plain = "role starts_on ends_on asked_at settled_at is_agreed"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_role_that_is_agreed_has_two_people",
                condition=Q(is_agreed=None) | ~Q(settled_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="nobody_agrees_to_a_role_of_their_own",
                condition=Q(is_agreed=None) | ~Q(settled_by=F("user")),
            ),
            models.CheckConstraint(
                name="an_answer_says_who_and_when",
                condition=Q(is_agreed=None, settled_by=None, settled_at=None)
                | Q(is_agreed__isnull=False, settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(is_agreed=None),
                name="a_role_is_asked_for_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} asked for {self.user}"


class Membership(Fact):
    """A person belongs to a team."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="memberships")

    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("a_team_is_joined_once_at_a_time", "user", "team"),
            ends_after_it_starts("membership_ends_after_it_starts"),
        ]


class Cover(Fact):
    """While one person is away, another sees and does their work."""

    absent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covered_by")
    covering = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers")
    why = models.TextField(blank=True, default="")

    personal = "why"

    class Meta:
        constraints = [
            one_at_a_time("one_cover_by_one_person_at_a_time", "absent", "covering"),
            models.CheckConstraint(
                name="nobody_covers_themselves", condition=~Q(absent=models.F("covering"))
            ),
            ends_after_it_starts("cover_ends_after_it_starts"),
        ]
