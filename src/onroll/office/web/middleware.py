"""What every answer passes through: expected failures become pages, and pages are closed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onroll.office.web import errors

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

HEADERS = {
    # Not no-referrer: a browser then sends "Origin: null" with a form, which CSRF refuses.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(self), "
        "geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}


class ExpectedFailures:
    """Turns Unknown, Refused, Stale, IllegalMove and a lost database into their pages, once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.answer_for(request, error)


class SecurityHeaders:
    """Closes every page in: own scripts and styles only, no frame, no referrer, no copy kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        # Chromium holds form-action against redirects too, so a sign-on provider must be named.
        providers = " ".join(getattr(settings, "ONROLL_SIGN_ON_ORIGINS", ()))
        policy = {**POLICY, "form-action": f"'self' {providers}".strip()}
        self.policy = "; ".join(f"{name} {value}" for name, value in policy.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = self.policy
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not self._may_be_kept(request):
            response.headers["Cache-Control"] = "no-store"
        return response

    def _may_be_kept(self, request: HttpRequest) -> bool:
        static = getattr(settings, "STATIC_URL", None)
        if static and request.path.startswith(static):
            return True
        match = request.resolver_match
        return match is not None and bool(getattr(match.func, "may_be_kept", False))
