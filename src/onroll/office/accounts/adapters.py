"""What the sign-in library asks of this office: who may sign in, how, and with which roles."""

from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode

from onroll.office.accounts.actions import users
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Refused
from onroll.office.kernel.encryption import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator invites. A locked account answers 429."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right",
        "incorrect_password": "The password is not right",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            if getattr(error, "code", "") == "too_many_login_attempts":
                raise ImmediateHttpResponse(ratelimit.respond_429(request)) from error
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        users.note_failed_sign_in(email=str(credentials.get("email", "")))

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **given: Any
    ) -> HttpResponse:
        methods = request.session.get("account_authentication_methods") or [{}]
        users.note_sign_in(user=user, method=", ".join(m.get("method", "?") for m in methods))
        return super().post_login(request, user, **given)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        mine = {"email": user.get_username(), "password": password}
        found = self.authenticate(context.request, **mine)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Return no to somebody who signed in a moment ago: they are not asked twice."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((record["at"] for record in records), default=0)
        if clock.now().timestamp() - newest < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **given)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # The same answer for an address that is known and for one that is not.
        raise Refused(
            "A forgotten password is renewed by an administrator, who gives you a one-time link."
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted, and drawn without a style of their own."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right, or has been used: enter the one shown now",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the square to scan, drawn in the page: a policy of no styles forbids the usual."""
        code = QRCode(border=2)
        code.add_data(url)
        code.make(fit=True)
        rows = code.get_matrix()
        dark = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
        )
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" '
            'viewBox="0 0 {n} {n}" role="img" aria-label="Square to scan with the app" '
            'shape-rendering="crispEdges"><rect width="{n}" height="{n}" fill="#fff"/>'
            '<path d="{dark}"/></svg>',
            n=len(rows),
            dark=dark,
        )

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        held = super().generate_authenticator_name(user, type)
        return {"Master key": "First key", "Backup key": "Second key"}.get(held, held)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The council's own sign-in: its groups decide who may come in and with which roles."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return any(group in settings.OIDC_GROUPS for group in groups_of(sociallogin))

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> AbstractBaseUser:
        user = sociallogin.user
        user.email = data.get("email") or ""
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = data.get("name") or " ".join(p for p in parts if p) or user.email
        return user

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> AbstractBaseUser:
        user = super().save_user(request, sociallogin, form)
        self._match_roles(sociallogin)
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Bring roles in step with groups before anybody is signed in with them."""
        if sociallogin.is_existing:
            self._match_roles(sociallogin)
            return
        if request.user.is_authenticated and request.user.email.lower() != _email(sociallogin):
            raise Refused(
                "The council sign-in is of another e-mail address than yours here. "
                "Ask an administrator to correct one of them."
            )

    def _match_roles(self, sociallogin: SocialLogin) -> None:
        users.match_roles_to_groups(
            user=sociallogin.user,
            groups=groups_of(sociallogin),
            roles_of=settings.OIDC_GROUPS,
            on=clock.today(),
        )


def groups_of(sociallogin: SocialLogin) -> list[str]:
    """Return the groups that the provider says a person is in, wherever it says so."""
    told = sociallogin.account.extra_data
    for claims in (told, told.get("userinfo") or {}, told.get("id_token") or {}):
        if isinstance(claims.get("groups"), list):
            return [str(group) for group in claims["groups"]]
    return []


def _email(sociallogin: SocialLogin) -> str:
    return str(sociallogin.user.email or "").lower()
