"""What a view gives back, what a failure looks like, and what closes every page in."""

import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

import onroll.office.web as web
from onroll.office.web import brand, views
from tests.web.urls import saves

STATIC = Path(web.__file__).parent / "static" / "onroll"


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def without_tokens(response: object) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words(response))


def test_a_page_says_once_each_whose_records_it_shows(visitor: Client) -> None:
    assert visitor.get("/shows/").children_shown == (7, 8)


def test_a_download_is_saved_and_never_opened_in_the_site(rf: RequestFactory) -> None:
    response = saves(rf.get("/saves/"))

    assert response.children_shown == (9,)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Gr")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "text/csv"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/fails/unknown/", 404, "Page not found"),
        ("/nowhere/", 404, "Page not found"),
        ("/fails/refused/", 403, "Only the case owner can close it."),
        ("/fails/illegal/", 409, "Cannot close from new."),
        ("/fails/stale/", 409, "A colleague changed the case first"),
        ("/fails/gone/", 503, "Nothing was saved"),
        ("/fails/bug/", 500, "Something went wrong"),
        ("/public-form/", 503, "Not received"),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "officer"])
def test_each_failure_has_its_status_and_a_page_in_plain_words(
    who: str, path: str, status: int, says: str, request: pytest.FixtureRequest
) -> None:
    response = request.getfixturevalue(who).get(path)

    assert response.status_code == status
    assert says in words(response)
    assert response.children_shown == ()
    assert "Northmoor Council" in words(response)


def test_what_is_not_there_and_what_may_not_be_known_look_the_same(officer: Client) -> None:
    there, nowhere = officer.get("/fails/unknown/"), officer.get("/nowhere/")

    assert without_tokens(there) == without_tokens(nowhere)


def test_a_stale_edit_shows_both_versions_and_marks_where_they_differ(officer: Client) -> None:
    html = words(officer.post("/fails/stale/"))

    assert "Family in Leeds" in html
    assert "Nobody in" in html
    assert html.count("Differs") == 1


def test_a_lost_database_tells_the_public_it_was_not_received_and_whom_to_ring(
    visitor: Client,
) -> None:
    response = visitor.post("/public-form/", {"name": "x"})

    assert "has not reached us" in words(response)
    assert "Ring 01632 960123 at any hour." in words(response)
    assert response["Retry-After"] == "120"


def test_a_failure_raised_by_a_middleware_is_translated_too(
    visitor: Client, settings: Settings
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.web.urls.DatabaseGone"]

    public, staff = visitor.post("/public-form/"), visitor.get("/shows/")

    assert public.status_code == staff.status_code == 503
    assert "Not received" in words(public)
    assert "Nothing was saved" in words(staff)


def test_a_program_that_asks_for_json_gets_json(visitor: Client) -> None:
    response = visitor.get("/fails/refused/", headers={"accept": "application/json"})

    assert response.status_code == 403
    assert "Only the case owner can close it." in response.json()["error"]


def test_a_form_that_is_too_large_says_so(visitor: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.web.urls.ReadsTheForm"]

    response = visitor.post("/shows/", {"note": "x" * 100})

    assert response.status_code == 413
    assert "too large" in words(response)


@pytest.mark.parametrize("path", ["/shows/", "/saves/", "/nowhere/", "/fails/bug/", "/theme.css"])
def test_every_answer_is_closed_in(visitor: Client, path: str) -> None:
    response = visitor.get(path)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_page_is_kept_by_the_browser_and_the_colour_is(visitor: Client) -> None:
    assert visitor.get("/shows/")["Cache-Control"] == "no-store"
    assert visitor.get("/fails/bug/")["Cache-Control"] == "no-store"
    assert visitor.get("/theme.css")["Cache-Control"] == "public, max-age=300"


def test_a_single_sign_on_provider_can_be_named_for_forms(
    visitor: Client, settings: Settings
) -> None:
    settings.ONROLL_SIGN_ON_ORIGINS = ["https://sign-on.example"]

    policy = Client().get("/shows/")["Content-Security-Policy"]

    assert "form-action 'self' https://sign-on.example;" in policy


def test_the_theme_carries_the_authoritys_colour(visitor: Client) -> None:
    response = visitor.get("/theme.css")

    assert response["Content-Type"] == "text/css"
    assert "#6d1f7e" in words(response)


@pytest.mark.parametrize(
    ("colour", "code"),
    [("#ffdd00", "web.E002"), ("purple", "web.E001"), ("#6d1f7e}body{", "web.E001")],
)
def test_a_colour_that_cannot_be_read_or_is_no_colour_is_refused(
    colour: str, code: str, settings: Settings
) -> None:
    settings.ONROLL_BRAND_COLOUR = colour

    assert [fault.id for fault in brand.check_settings()] == [code]
    assert brand.brand_colour() == brand.NEUTRAL


def test_the_contrast_of_black_with_white_is_twenty_one() -> None:
    assert round(brand.contrast_with_white("#000000"), 2) == 21
    assert round(brand.contrast_with_white("#767676"), 2) == 4.54


def test_an_officer_sees_the_ways_in_that_are_theirs_and_a_visitor_none(
    officer: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    html = words(officer.get("/style-guide/"))
    public = words(Client().get("/shows/"))

    assert "My work" in html
    assert 'href="/cases/"' in html
    assert "Hidden" not in html
    assert "Signed in as" in html
    assert "Signed in as" not in public


def test_the_style_guide_is_not_there_in_production(visitor: Client) -> None:
    assert visitor.get("/style-guide/").status_code == 404


def test_a_public_page_offers_a_quick_way_out(visitor: Client, settings: Settings) -> None:
    settings.ONROLL_EXIT_URL = "https://weather.example/"

    html = words(visitor.get("/shows/"))

    assert 'href="https://weather.example/"' in html
    assert "Leave this page" in html


def test_an_old_page_is_refused_in_words(rf: RequestFactory) -> None:
    response = views.csrf_failure(rf.post("/shows/"), reason="no cookie")

    assert response.status_code == 403
    assert "open too long" in words(response)


def test_the_vendored_files_are_the_ones_recorded_and_carry_no_branding() -> None:
    recorded = dict(
        reversed(line.split()) for line in (STATIC / "VERSIONS.txt").read_text().splitlines()[1:]
    )

    for name in ("govuk-frontend.min.css", "govuk-frontend.min.js"):
        found = (STATIC / name).read_bytes()
        assert hashlib.sha256(found).hexdigest() == recorded[name]
        for mark in (b"GDS Transport", b"crest", b"sourceMappingURL", b"url("):
            assert mark not in found


def test_no_page_of_ours_needs_an_inline_script_style_or_another_site() -> None:
    for template in Path(web.__file__).parent.rglob("templates/**/*.html"):
        source = template.read_text()
        for forbidden in (" style=", "<style", " onclick=", "javascript:", "http://", "https://"):
            assert forbidden not in source, f"{template.name} has {forbidden}"
