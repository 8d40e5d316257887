"""What the law leaves to the authority: chosen on a screen, from a day on, and never lost."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from onroll.office.accounts.actions.rules import choose_rules
from onroll.office.accounts.models import LocalRules
from onroll.office.accounts.queries.rules import own_packs, pack_choices, pack_on, rules_on
from onroll.office.config import doctor
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.statute import packs
from tests import actors

TODAY = actors.TODAY
OWN = """key = "ashcombe_2026"
title = "Ashcombe from 2026"

[[duty]]
id = "ASHCOMBE_RING"
title = "Ring the family"
started_by = "case.opened_on"
stopped_by = ["case.first_action_on"]
n = 2
unit = "calendar_day"
who = "authority"
cites = "Ashcombe's procedure, 2026"
"""


@pytest.fixture
def admin(db: None) -> Actor:
    return actors.person("Ada", "administrator")


def choose(by: Actor, on: date = TODAY, **given: object) -> LocalRules:
    values = {"pack": "leeds", "seen_within": 20, "quiet_after": 10, "starts_on": on, **given}
    return choose_rules(by=by, on=TODAY, **values)  # type: ignore[arg-type]


def test_before_anything_is_chosen_national_law_holds_with_the_limits_of_the_program(
    db: None,
) -> None:
    rules = rules_on(TODAY)

    assert (rules.pack, rules.seen_within, rules.quiet_after) == ("national", 30, 14)
    assert pack_on(TODAY).pack.key == "national"
    assert pack_on(TODAY).fault == ""


def test_the_rules_of_an_earlier_day_stay_those_of_that_day(admin: Actor) -> None:
    before = TODAY - timedelta(days=30)
    choose(admin, before)
    choose(admin, pack="north_yorkshire", seen_within=40)

    assert rules_on(TODAY).pack == rules_on().pack == "north_yorkshire"
    assert rules_on(TODAY - timedelta(days=1)).pack == "leeds"
    assert rules_on(before - timedelta(days=1)).pack == "national"
    assert pack_on(TODAY - timedelta(days=1)).pack.key == "leeds"


def test_a_second_choice_on_one_day_takes_the_firsts_place_and_the_first_is_still_recorded(
    admin: Actor,
) -> None:
    choose(admin)
    choose(admin, quiet_after=7)

    assert rules_on(TODAY).quiet_after == 7
    assert LocalRules.objects.as_known().count() == 1
    assert LocalRules.objects.filter(superseded_at__isnull=False).get().quiet_after == 10


def test_the_event_holds_what_was_and_what_is(admin: Actor) -> None:
    choose(admin)

    kept = Event.objects.get(verb="accounts.rules_chosen").data
    assert (kept["pack_before"], kept["pack"]) == ("national", "leeds")
    assert (kept["seen_within_before"], kept["seen_within"]) == (30, 20)
    assert (kept["quiet_after_before"], kept["quiet_after"]) == (14, 10)
    assert kept["starts_on"] == TODAY.isoformat()


@pytest.mark.parametrize(
    "given",
    [
        {"pack": "nowhere"},
        {"seen_within": 0},
        {"starts_on": TODAY + timedelta(days=1)},
        {"starts_on": TODAY - timedelta(days=400)},
    ],
)
def test_an_unknown_pack_no_limit_a_future_day_and_one_before_the_present_rules_are_refused(
    admin: Actor, given: dict[str, object]
) -> None:
    choose(admin, TODAY - timedelta(days=10))

    with pytest.raises(Faulty):
        choose(admin, **given)

    assert rules_on(TODAY).pack == "leeds"
    assert LocalRules.objects.count() == 1


def test_a_choice_in_place_of_rules_that_a_colleague_has_changed_is_refused(admin: Actor) -> None:
    seen = choose(admin, TODAY - timedelta(days=10))
    choose(admin, pack="north_yorkshire")

    with pytest.raises(Stale):
        choose(admin, pack="national", instead_of=seen.pk)
    with pytest.raises(Stale):
        choose(admin, pack="national", instead_of=0)

    assert rules_on(TODAY).pack == "north_yorkshire"


def test_an_act_that_is_not_law_yet_is_offered_with_that_word_and_not_chosen(admin: Actor) -> None:
    act = packs.load("act_2026")
    assert ("act_2026", f"{act.title} (not law yet)") in pack_choices()

    with pytest.raises(Faulty, match="not law yet"):
        choose(admin, pack="act_2026")

    assert rules_on(TODAY).pack == "national"


def test_an_act_is_chosen_from_its_first_day_as_law_and_not_before(
    admin: Actor, settings: Settings, tmp_path: Path
) -> None:
    began = TODAY - timedelta(days=3)
    (tmp_path / "act.toml").write_text(
        f'key = "act"\ntitle = "An Act"\nact = true\nsince = {began.isoformat()}\n'
    )
    settings.ONROLL_PACKS = str(tmp_path)

    with pytest.raises(Faulty, match="is law from"):
        choose(admin, began - timedelta(days=1), pack="act")
    choose(admin, began, pack="act")

    assert rules_on(TODAY).pack == "act"


def test_nobody_but_an_administrator_chooses(db: None) -> None:
    with pytest.raises(Refused):
        choose(actors.carol())


def test_a_pack_of_the_authoritys_own_folder_can_be_chosen(
    admin: Actor, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "ours.toml").write_text(OWN)
    settings.ONROLL_PACKS = str(tmp_path)

    assert ("ashcombe_2026", "Ashcombe from 2026 (own)") in pack_choices()
    choose(admin, pack="ashcombe_2026")
    assert [duty.id for duty in pack_on(TODAY).pack.duties] == ["ASHCOMBE_RING"]


def test_a_pack_that_is_gone_is_said_by_doctor_and_never_passes_in_silence(
    admin: Actor, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "ours.toml").write_text(OWN)
    settings.ONROLL_PACKS = str(tmp_path)
    choose(admin, pack="ashcombe_2026")
    (tmp_path / "ours.toml").write_text("key = ")

    assert "ashcombe_2026" in pack_on(TODAY).fault
    said = " ".join(doctor.faults())
    assert "“ashcombe_2026” that this authority chose is not there" in said
    assert "ours.toml" in said


def test_a_file_that_takes_the_name_of_a_pack_that_comes_with_the_program_is_a_fault(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "ours.toml").write_text(OWN.replace("ashcombe_2026", "leeds"))
    settings.ONROLL_PACKS = str(tmp_path)

    assert not own_packs().packs
    assert "'leeds'" in own_packs().faults[0]


def test_a_folder_that_is_not_there_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    settings.ONROLL_PACKS = str(tmp_path / "nowhere")

    assert "holds no file" in own_packs().faults[0]


def test_the_screen_offers_the_packs_and_shows_what_was_chosen(
    admin: Actor, client: Client
) -> None:
    client = actors.signed_in(actors.person("Ada", "administrator", on=clock.today()))
    today = clock.today()

    form = client.get(reverse("accounts:rules_edit")).content.decode()
    assert '<option value="leeds">Leeds</option>' in form
    sent = {
        "pack": "leeds", "seen_within": "21", "quiet_after": "9", "source": "The board",
        "starts_on": today.isoformat(), "instead_of": "0",  # as the preview sends it
    }  # fmt: skip
    answer = client.post(reverse("accounts:rules_edit"), sent)

    assert answer.status_code == 302
    shown = client.get(reverse("accounts:authority")).content.decode()
    assert "after 21 days" in shown
    assert "The board" in shown
    assert "Refer the child to the children missing education team" in shown


def test_every_page_says_that_the_chosen_pack_is_not_there(db: None) -> None:
    LocalRules.objects.create(pack="lost", starts_on=TODAY)
    client = actors.signed_in(actors.person("Ada", "administrator", on=clock.today()))

    for page in ("accounts:structure", "accounts:authority"):
        assert "The policy pack “lost”" in client.get(reverse(page)).content.decode()
