"""One person alone gets no list past the brake, whichever way round."""

from datetime import timedelta

import pytest

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.linkage.actions import sources
from onroll.office.linkage.actions import sources_loads as actions
from onroll.office.linkage.models import Source
from onroll.office.linkage.queries import sources as queries
from tests import actors
from tests.actors import TODAY
from tests.linkage.lists import SAID, a_source, csv_of, rows, sent, theirs
from tests.linkage.test_sources import values
from tests.linkage.test_sources_lists import held

pytestmark = pytest.mark.django_db
EARLIER = TODAY - timedelta(days=30)
HALF = csv_of(rows(50))


def changed(source: Source, by: Actor, **more: object) -> Source:
    source.refresh_from_db()
    given: dict[str, object] = {**values(source), "evidence": source.evidence, **more}
    return sources.change(source=source, by=by, on=TODAY, **given)  # type: ignore[arg-type]


@pytest.fixture
def full(births: Source, carol: Actor) -> Source:
    """A source of which a list of a hundred is in use."""
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    return births


@pytest.mark.parametrize("share", [1, 100])
def test_the_share_by_which_a_list_is_held_stays_while_it_is_held(
    full: Source, carol: Actor, mina: Actor, share: int
) -> None:
    load = sent(full, HALF, carol)

    for anybody in (carol, mina):
        with pytest.raises(Faulty, match="held by this share"):
            changed(full, anybody, brake_share=share)

    actions.reject(load=load, reason="Half is missing", by=carol, on=TODAY)
    assert changed(full, carol, brake_share=share).brake_share == share


def test_a_list_turned_away_is_not_sent_in_again_under_a_share_of_one_s_own(
    full: Source, carol: Actor
) -> None:
    actions.reject(load=sent(full, HALF, carol), reason="Half is missing", by=carol, on=TODAY)
    changed(full, carol, brake_share=60)
    changed(full, carol, brake_share=100)

    load = sent(full, HALF, carol)

    assert "50.0% of the last list would change and this source allows 5%" in held(load)
    assert "100% to which the share was raised count" in held(load)
    with pytest.raises(Refused, match="A colleague who loads lists must accept it"):
        actions.accept(load=load, reason="Right", by=carol, on=TODAY)


def test_a_share_raised_before_the_first_list_that_needs_it_is_one_person_s_all_the_same(
    full: Source, carol: Actor
) -> None:
    changed(full, carol, brake_share=100)

    held(sent(full, HALF, carol))


def test_a_source_added_with_a_share_of_one_s_own_is_judged_by_the_usual_one(
    carol: Actor, mina: Actor
) -> None:
    gp = a_source(carol, "GP register", "health", brake_share=100)
    assert sent(gp, csv_of(rows(100)), carol, as_at=EARLIER).load.state == "applied"

    assert "this source allows 5%" in held(sent(gp, HALF, carol))
    assert sent(gp, csv_of(rows(49)), mina).load.state == "applied"
    assert a_source(carol, "Housing", "housing", brake_share=3).share_before is None


def test_naming_the_columns_of_a_colleague_s_list_lets_no_raised_share_in(
    births: Source, carol: Actor, mina: Actor
) -> None:
    first = sent(births, theirs(100), carol, as_at=EARLIER)
    actions.name_columns(load=first, columns=SAID, date_order="dmy", by=carol, on=TODAY)
    load = sent(births, theirs(50), mina, ask=True)
    changed(births, carol, brake_share=100)

    named = actions.name_columns(load=load, columns=SAID, date_order="dmy", by=carol, on=TODAY)

    assert "this source allows 5%" in held(named)


def test_a_raised_share_counts_once_a_colleague_agrees_and_for_a_colleague_s_lists(
    full: Source, carol: Actor, mina: Actor
) -> None:
    changed(full, carol, brake_share=60)
    with pytest.raises(Refused, match="A colleague who loads lists must agree"):
        changed(full, carol, agrees_to_share=True)
    changed(full, mina, supplier="The registrars")
    held(sent(full, csv_of(rows(70)), carol))

    with_mina = sent(full, csv_of(rows(80)), mina)
    assert with_mina.load.state == "applied"
    actions.reject(load=full.loads.get(load__state="held"), reason="Sent again", by=carol, on=TODAY)
    agreed = changed(full, mina, agrees_to_share=True)

    assert agreed.share_before is None
    assert sent(full, csv_of(rows(60)), carol).load.state == "applied"
    assert Event.objects.get(verb="linkage.share_agreed").data == {
        "key": full.key, "share": 60,
    }  # fmt: skip


@pytest.mark.parametrize("share", [5, 3, 40])
def test_a_share_that_somebody_else_sets_or_that_is_lowered_again_needs_nobody(
    full: Source, carol: Actor, mina: Actor, share: int
) -> None:
    changed(full, carol, brake_share=60)

    again = changed(full, mina if share == 40 else carol, brake_share=share)

    assert (again.share_before, again.share_raised_by_id) == (None, None)


def test_what_a_list_shows_stays_while_one_is_in_use(carol: Actor) -> None:
    club = a_source(carol, "Club", "other", evidence="education")
    load = sent(club, csv_of(rows(100)), carol)

    for more in ({"evidence": "residence"}, {"kind": "births"}):
        with pytest.raises(Faulty, match="in use as what it was sent in for"):
            changed(club, carol, **more)
    assert changed(club, carol, is_basis_checked=True, lawful_basis="Agreed").is_basis_checked
    actions.undo(load=load, by=carol, on=TODAY)

    assert changed(club, carol, evidence="residence").evidence == "residence"
    # What was taken back is no way round two people: see the brake.
    assert sent(club, csv_of(rows(100)), carol).needs_a_second_person


def test_what_a_list_shows_stays_while_one_is_held_or_waits(carol: Actor) -> None:
    club = a_source(carol, "Club", "other", evidence="education")
    sent(club, theirs(), carol)

    with pytest.raises(Faulty, match="waits, is held or is in use"):
        changed(club, carol, evidence="residence")


def test_a_destroyed_list_leaves_the_kind_to_be_changed(carol: Actor) -> None:
    club = a_source(carol, "Club", "other", evidence="education")
    actions.destroy(load=sent(club, csv_of(rows(100)), carol), by=carol, on=TODAY)

    assert changed(club, carol, evidence="residence").evidence == "residence"


def test_a_list_of_another_authority_is_not_sent_in_again_as_another_kind(
    full: Source, carol: Actor, mina: Actor
) -> None:
    gp = a_source(carol, "GP register", "health")
    load = sent(gp, csv_of(rows(100, la="383")), carol)
    assert "another authority’s list" in held(load)
    actions.reject(load=load, reason="Not ours", by=mina, on=TODAY)
    # A file that is refused by itself does not come between.
    assert sent(gp, b"record_id,upn\n", carol).load.state == "refused"

    for hand in (carol, mina):
        with pytest.raises(Faulty, match="A colleague must say that it is of another kind"):
            changed(gp, hand, kind="other_rolls")
    assert changed(gp, actors.person("Nadia", "team_manager"), kind="other_rolls").evidence == (
        "education"
    )


def test_retiring_a_source_and_adding_it_again_does_not_let_off_the_brake(
    full: Source, carol: Actor, mina: Actor
) -> None:
    sources.retire(source=full, by=carol, on=TODAY)
    again = a_source(carol, "Births 2")

    load = sent(again, HALF, carol)

    assert "“Births” of the same kind was retired" in held(load)
    with pytest.raises(Refused, match="A colleague"):
        actions.accept(load=load, reason="Mine", by=carol, on=TODAY)
    actions.accept(load=load, reason="The registrars have a new system", by=mina, on=TODAY)
    assert load.pk in [one.load for one in queries.current_lists(TODAY)]
