"""People who sign in: inviting them, their roles, the end of their account."""

from collections.abc import Sequence
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from onroll.office.accounts import policy, roles
from onroll.office.accounts.models import Membership, RoleAsked, RoleHolding, Team, User
from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty

INVITED = verb("accounts.invited", "invited a person to sign in")
EDITED = verb("accounts.user_edited", "changed a person’s details: {fields}", "fields")
LINKED = verb("accounts.link_made", "made a one-time link to choose a password")
CHOSE = verb("accounts.password_chosen", "chose a password")
FACTORS_REMOVED = verb("accounts.factors_removed", "removed a person’s second factors", "count")
CLOSED = verb("accounts.closed", "closed a person’s account", "on")
REOPENED = verb("accounts.reopened", "opened a person’s account again")
ROLE_GIVEN = verb(
    "accounts.role_given", "gave the role {role} from {starts_on}", "role", "starts_on", "ends_on"
)
ROLE_ASKED = verb(
    "accounts.role_asked", "asked that a person be given the role {role}, which reads sealed "
    "records", "role", "starts_on", "ends_on",
)  # fmt: skip
ROLE_AGREED = verb(
    "accounts.role_agreed", "agreed that a person is given the role {role}, which reads sealed "
    "records", "role",
)  # fmt: skip
ROLE_REFUSED = verb("accounts.role_refused", "refused a person the role {role}", "role")
ROLE_ENDED = verb("accounts.role_ended", "ended the role {role} on {ends_on}", "role", "ends_on")
SIGNED_IN = verb("accounts.signed_in", "signed in by {method}", "method")
SIGN_IN_FAILED = verb("accounts.sign_in_failed", "failed to sign in")
SIGNED_OUT = verb("accounts.sessions_ended", "ended {count} other sign-ins", "count")

FROM_GROUP = "council sign-in, group "


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    by: Actor,
    on: date,
    job_title: str = "",
    telephone: str = "",
    qualifications: str = "",
    role_keys: Sequence[str] = (),
    teams: Sequence[int] = (),
) -> User:
    """Create a person who can sign in once they have chosen a password by their one-time link."""
    policy.can_edit(by).require()
    _require_free(email)
    user = User(
        email=email,
        name=name,
        job_title=job_title,
        telephone=telephone,
        qualifications=qualifications,
    )
    user.set_unusable_password()
    user.save()
    record(INVITED, by=by, subject=user)
    for role in role_keys:
        give_role(user=user, role=role, starts_on=on, by=by)
    for team in Team.objects.filter(pk__in=teams):
        facts.state(Membership, by=by, user=user, team=team, starts_on=on)
    return user


def _require_free(email: str, except_for: int | None = None) -> None:
    if User.objects.filter(~Q(pk=except_for), email__iexact=email).exists():
        raise Faulty(("email", "Somebody already signs in with this e-mail address"))


@transaction.atomic
def edit_user(
    *,
    user: User,
    email: str,
    name: str,
    by: Actor,
    job_title: str = "",
    telephone: str = "",
    qualifications: str = "",
) -> User:
    """Change what is written about a person; a new e-mail address is how they sign in next."""
    policy.can_edit(by).require()
    _require_free(email, except_for=user.pk)
    given = {
        "email": email,
        "name": name,
        "job_title": job_title,
        "telephone": telephone,
        "qualifications": qualifications,
    }
    changed = [field for field, value in given.items() if getattr(user, field) != value]
    if not changed:
        return user
    User.objects.filter(pk=user.pk).update(**given)
    record(EDITED, by=by, subject=user, fields=changed)
    return User.objects.get(pk=user.pk)


def make_link(*, user: User, by: Actor) -> tuple[str, str]:
    """Return (uid, token) of a link by which a person chooses a password, once."""
    policy.can_link(by, user).require()
    if not user.is_active:
        raise Faulty(("", "This account is closed: open it again first"))
    record(LINKED, by=by, subject=user)
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


@transaction.atomic
def choose_password(*, user: User, password: str) -> None:
    """Set the password that a person chose by their link; every sign-in of theirs ends."""
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password)
    _end_sessions(user)
    record(CHOSE, by=Actor(pk=user.pk, name=user.name), subject=user)


@transaction.atomic
def remove_factors(*, user: User, by: Actor) -> None:
    """Remove a person's second factors, when their telephone or key is lost."""
    policy.can_change_rights(by, user).require()
    count, _ = Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    record(FACTORS_REMOVED, by=by, subject=user, count=count)


@transaction.atomic
def close_account(*, user: User, by: Actor, on: date) -> None:
    """Let a person no longer sign in: every sign-in ends, and the password with them."""
    policy.can_change_rights(by, user).require()
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(is_active=False, password=user.password)
    _end_sessions(user)
    record(CLOSED, by=by, subject=user, on=on)


@transaction.atomic
def open_account(*, user: User, by: Actor) -> None:
    """Let a person sign in again, once they have chosen a new password."""
    policy.can_change_rights(by, user).require()
    User.objects.filter(pk=user.pk).update(is_active=True)
    record(REOPENED, by=by, subject=user)


def _end_sessions(user: User) -> int:
    ended = 0
    for session in UserSession.objects.filter(user=user):
        session.end()
        ended += 1
    return ended


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    school_id: int | None = None,
    source: str = "",
) -> RoleHolding | RoleAsked:
    """Give a person a role, for one school where the role is a school's.

    A role that reads sealed records is asked for: it holds once a second person has agreed.
    """
    policy.can_change_rights(by, user).require()
    if role in roles.NEED_A_SECOND and not by.is_program:
        return _ask_for(user, role, starts_on, ends_on, by)
    return _give(user, role, starts_on, by, ends_on=ends_on, school_id=school_id, source=source)


def _ask_for(user: User, role: str, starts_on: date, ends_on: date | None, by: Actor) -> RoleAsked:
    _refuse_impossible(user, role, starts_on, ends_on, None)
    if RoleAsked.objects.filter(user=user, role=role, is_agreed=None).exists():
        raise Faulty(("role", "This role has been asked for already: a second person has to agree"))
    assert by.pk is not None  # the program gives roles and asks nobody
    asked = RoleAsked.objects.create(
        user=user, role=role, starts_on=starts_on, ends_on=ends_on, asked_by_id=by.pk
    )
    record(ROLE_ASKED, by=by, subject=user, role=role, starts_on=starts_on, ends_on=ends_on)
    return asked


@transaction.atomic
def agree_to_role(*, asked: RoleAsked, by: Actor, on: date) -> RoleHolding:
    """Be the second of the two who let a person read sealed records.

    What password the person had was chosen by a link that one person alone could make: it ends,
    and whoever agrees makes the next.
    """
    held = RoleAsked.objects.select_for_update().get(pk=asked.pk)
    policy.can_agree(by, held).require()
    if held.ends_on is not None and held.ends_on < on:
        raise Faulty(("", "The time for which it was asked has passed: refuse it"))
    given = _give(held.user, held.role, max(held.starts_on, on), by, ends_on=held.ends_on)
    _settle(held, by, is_agreed=True)
    held.user.set_unusable_password()
    User.objects.filter(pk=held.user_id).update(password=held.user.password)
    _end_sessions(held.user)
    record(ROLE_AGREED, by=by, subject=held.user, role=held.role)
    return given


@transaction.atomic
def refuse_role(*, asked: RoleAsked, by: Actor) -> None:
    """Refuse that a person reads sealed records."""
    held = RoleAsked.objects.select_for_update().get(pk=asked.pk)
    policy.can_agree(by, held).require()
    _settle(held, by, is_agreed=False)
    record(ROLE_REFUSED, by=by, subject=held.user, role=held.role)


def _settle(asked: RoleAsked, by: Actor, *, is_agreed: bool) -> None:
    RoleAsked.objects.filter(pk=asked.pk).update(
        is_agreed=is_agreed, settled_by_id=by.pk, settled_at=facts.TransactionNow()
    )


def _give(
    user: User,
    role: str,
    starts_on: date,
    by: Actor,
    *,
    ends_on: date | None = None,
    school_id: int | None = None,
    source: str = "",
) -> RoleHolding:
    _refuse_impossible(user, role, starts_on, ends_on, school_id)
    held = facts.state(
        RoleHolding,
        by=by,
        user=user,
        role=role,
        school_id=school_id,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    record(ROLE_GIVEN, by=by, subject=user, role=role, starts_on=starts_on, ends_on=ends_on)
    return held


def _refuse_impossible(
    user: User, role: str, starts_on: date, ends_on: date | None, school_id: int | None
) -> None:
    known = roles.BY_KEY.get(role)
    if known is None:
        raise Faulty(("role", "Select one of the roles listed"))
    if known.is_schools != (school_id is not None):
        wanted = "Enter the school’s URN" if known.is_schools else "This role is not a school’s"
        raise Faulty(("urn", wanted))
    if ends_on is not None and ends_on < starts_on:
        raise Faulty(("ends_on", "The last day must be the first day or later"))
    overlap = RoleHolding.objects.during(starts_on, ends_on or date.max)
    if overlap.filter(user=user, role=role, school_id=school_id).exists():
        raise Faulty(("role", "This person already holds this role in that time"))


@transaction.atomic
def end_role(*, holding: RoleHolding, ends_on: date, by: Actor) -> None:
    """End a role after a last day; a last day before the first means that it never was held."""
    policy.can_change_rights(by, holding.user).require()
    _end_role(holding, ends_on, by)


def _end_role(holding: RoleHolding, ends_on: date, by: Actor) -> None:
    if ends_on < holding.starts_on:
        facts.supersede(holding, by=by, replace=False)
    else:
        facts.end(holding, on=ends_on, by=by)
    record(ROLE_ENDED, by=by, subject=holding.user, role=holding.role, ends_on=ends_on)


@transaction.atomic
def match_roles_to_groups(
    *, user: User, groups: Sequence[str], roles_of: dict[str, str], on: date
) -> None:
    """Give the roles that a person's groups at the council's sign-in map to; end the others.

    Roles that an administrator gave here are left alone: only what a group gave, a group ends.
    """
    wanted = {roles_of[group]: group for group in sorted(groups) if group in roles_of}
    held = list(RoleHolding.objects.on(on).filter(user=user, school=None).select_related("user"))
    for holding in held:
        if holding.source.startswith(FROM_GROUP) and holding.role not in wanted:
            _end_role(holding, on - timedelta(days=1), PROGRAM)
    for role in sorted(wanted.keys() - {holding.role for holding in held}):
        _give(user, role, on, PROGRAM, source=f"{FROM_GROUP}{wanted[role]}")


def note_sign_in(*, user: AbstractBaseUser, method: str) -> None:
    """Write down that somebody signed in."""
    record(SIGNED_IN, by=Actor(pk=user.pk, name=str(user)), subject=user, method=method)


def note_failed_sign_in(*, email: str) -> None:
    """Write down that a sign-in failed, with whose account it was if it is one of ours.

    What was typed is not kept: people type their passwords into the wrong box.
    """
    whose = User.objects.filter(email__iexact=email).first() if email else None
    record(SIGN_IN_FAILED, by=PROGRAM, subject=whose or "")


@transaction.atomic
def end_other_sessions(*, user: User, keep: str, by: Actor) -> int:
    """End every sign-in of a person except the one they are using."""
    ended = 0
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep):
        session.end()
        ended += 1
    record(SIGNED_OUT, by=by, subject=user, count=ended)
    return ended
