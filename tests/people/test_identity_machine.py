"""Any order of joining, asking, answering, taking apart, recording, sealing and lifting.

The database is a real one, so that an ordinary run tries 60 sequences; 2,000 are tried with
ONROLL_IDENTITY_SEQUENCES=2000. Each runs in a transaction of its own that is rolled back.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from onroll.office.casework.queries.children import standings
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.facts import Fact
from onroll.office.people import actions, queries
from onroll.office.people.models import (
    Child,
    ChildAddress,
    ChildName,
    Flag,
    JoinAsked,
    SameChild,
    SealedFact,
    Sealing,
)
from onroll.office.people.queries import identity, opened
from onroll.office.people.queries.sealed import facts_of, sealed_children, sealed_rows
from tests import actors
from tests.actors import TODAY

SEQUENCES = int(os.environ.get("ONROLL_IDENTITY_SEQUENCES", "60"))
STEPS = 16
RECORDS = 4
BORN = date(2014, 2, 2)
RAISED = ("da", "cla", "ehcp")

record = st.integers(0, RECORDS - 1)
who = st.integers(0, 1)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Records(RuleBasedStateMachine):
    """Five records, two people who decide and both are cleared, and what each record should be."""

    cast: ClassVar[list[Actor]] = []

    def __init__(self) -> None:
        super().__init__()
        self.turn = rolled_back()
        self.turn.__enter__()
        alice, carol, dave, erin = self.cast
        self.people = [carol, dave]
        self.writers = [alice, carol]
        self.keepers = [dave, erin]
        self.children = list(Child.objects.order_by("pk"))
        # By record: (table, key) of what was written on it and by whom; nobody moves any of it.
        self.written: dict[int, set[tuple[str, int, int | None]]] = {
            child.pk: set() for child in self.children
        }
        self.edges: dict[int, int] = {}  # record: the record beside which it was joined
        self.sealed: set[int] = set()
        self.contents = self._rows()

    # --- the model: a forest of who was joined to whom ---------------------------------------

    def _root(self, pk: int) -> int:
        while pk in self.edges:
            pk = self.edges[pk]
        return pk

    def _group(self, pk: int) -> set[int]:
        return {c.pk for c in self.children if self._root(c.pk) == self._root(pk)}

    def _rows(self) -> dict[int, dict[str, Any]]:
        rows = {row["id"]: row for row in Child.objects.values()}
        for row in rows.values():
            row.pop("version")  # counts what is written on this record
        return rows

    def _joined(self, child: Child, other: Child) -> None:
        kept, folded = self._root(child.pk), self._root(other.pk)
        self.edges[folded] = kept
        if self.sealed & self._group(kept):
            self.sealed |= self._group(kept)

    # --- the acts -----------------------------------------------------------------------------

    @rule(pair=st.permutations(range(RECORDS)), person=who)
    def join(self, pair: list[int], person: int) -> None:
        child, other = (self.children[n] for n in pair[:2])
        by = self.people[person]
        weighty = identity.why_two(child, other, by=by)
        said = {"starts_on": BORN, "why": "One passport", "by": by, "on": TODAY}
        if self._root(child.pk) == self._root(other.pk):
            with pytest.raises(Faulty), transaction.atomic():
                actions.join(child=child, other=other, **said)
        elif weighty:
            with pytest.raises(Refused), transaction.atomic():
                actions.join(child=child, other=other, **said)
        else:
            actions.join(child=child, other=other, **said)
            self._joined(child, other)

    @rule(pair=st.permutations(range(RECORDS)), person=who)
    def ask(self, pair: list[int], person: int) -> None:
        child, other = (self.children[n] for n in pair[:2])
        said = {"starts_on": BORN, "why": "One passport", "by": self.people[person], "on": TODAY}
        waits = identity.waiting_for(child.pk, other.pk) is not None
        if self._root(child.pk) == self._root(other.pk) or waits:
            with pytest.raises(Faulty), transaction.atomic():
                actions.ask_to_join(child=child, other=other, **said)
        else:
            actions.ask_to_join(child=child, other=other, **said)

    @rule(pair=st.permutations(range(RECORDS)), person=who)
    def join_by_two(self, pair: list[int], person: int) -> None:
        child, other = (self.children[n] for n in pair[:2])
        if self._root(child.pk) == self._root(other.pk) or identity.waiting_for(child.pk, other.pk):
            return
        asked = actions.ask_to_join(
            child=child, other=other, starts_on=BORN, why="One passport",
            by=self.people[person], on=TODAY,
        )  # fmt: skip
        actions.agree_to_join(asked=asked, by=self.people[1 - person], on=TODAY)
        self._joined(child, other)

    @precondition(lambda self: JoinAsked.objects.filter(answer="").exists())
    @rule(nth=st.integers(0, 9), person=who, how=st.sampled_from(["agree", "decline", "take back"]))
    def answer(self, nth: int, person: int, how: str) -> None:
        every = list(JoinAsked.objects.filter(answer="").order_by("pk"))
        asked, by = every[nth % len(every)], self.people[person]
        is_own = asked.asked_by_id == by.pk
        is_one = self._root(asked.child_id) == self._root(asked.other_id or 0)
        try:
            with transaction.atomic():
                if how == "agree":
                    actions.agree_to_join(asked=asked, by=by, on=TODAY)
                elif how == "decline":
                    actions.decline_to_join(asked=asked, why="Two passports", by=by)
                else:
                    actions.withdraw_asking(asked=asked, by=by)
        except Refused:
            assert is_own == (how != "take back")
        except Faulty:
            assert how == "agree"
            assert is_one
        else:
            assert is_own == (how == "take back")
            if how == "agree":
                assert not is_one
                assert asked.other is not None
                self._joined(asked.child, asked.other)

    @precondition(lambda self: bool(self.edges))
    @rule(nth=record, person=who)
    def take_apart(self, nth: int, person: int) -> None:
        folded = sorted(self.edges)[nth % len(self.edges)]
        same = SameChild.objects.as_known().get(other=folded)
        actions.take_apart(same=same, why="Two passports", by=self.people[person], on=TODAY)
        del self.edges[folded]

    @rule(pair=st.permutations(range(RECORDS)), person=who)
    def tell_apart(self, pair: list[int], person: int) -> None:
        child, other = (self.children[n] for n in pair[:2])
        said = {"why": "Cousins", "by": self.people[person], "on": TODAY}
        if self._root(child.pk) == self._root(other.pk):
            with pytest.raises(Faulty), transaction.atomic():
                actions.tell_apart(child=child, other=other, **said)
        else:
            actions.tell_apart(child=child, other=other, **said)

    @rule(one=record, person=who, what=st.sampled_from(["name", "address"]))
    def write(self, one: int, person: int, what: str) -> None:
        child, by = self.children[one], self.writers[person]
        if child.pk in self.sealed:
            by = self.writers[1]
        said = {"child": child, "starts_on": TODAY, "by": by, "on": TODAY}
        fact: Fact
        if what == "name":
            fact = actions.record_name(use="other", given_names="Ben", family_name="Osei", **said)
        else:
            before = facts_of(ChildAddress, by=self.keepers[0], child=child.pk)
            if before:
                return
            fact = actions.record_address(line_1="1 High Street", postcode="ZZ1 1AA", **said)
        self.written[child.pk].add((fact._meta.label, fact.pk, by.pk))

    @rule(one=record, flag=st.sampled_from(RAISED))
    def flag(self, one: int, flag: str) -> None:
        child, by = self.children[one], self.writers[1]
        if Flag.objects.as_known().filter(child=child, flag=flag).exists():
            return
        raised = actions.record_flag(child=child, flag=flag, starts_on=TODAY, by=by, on=TODAY)
        self.written[child.pk].add((raised._meta.label, raised.pk, by.pk))

    @rule(one=record)
    def seal(self, one: int) -> None:
        child = self.children[one]
        if child.pk in self.sealed:
            return
        actions.seal(child=child, reason="Fled", by=self.keepers[0], on=TODAY)
        self.sealed |= self._group(child.pk)

    @precondition(lambda self: bool(self.sealed))
    @rule(nth=record, first=who)
    def lift_by_two(self, nth: int, first: int) -> None:
        pk = sorted(self.sealed)[nth % len(self.sealed)]
        sealing = Sealing.objects.as_known().get(child=pk, lifted_on=None)
        if sealing.lift_asked_by_id is None:
            sealing = actions.ask_to_lift(sealing=sealing, by=self.keepers[first])
        asker = sealing.lift_asked_by_id
        same_one = next(k for k in self.keepers if k.pk == asker)
        with pytest.raises(Refused), transaction.atomic():
            actions.lift_seal(sealing=sealing, by=same_one, on=TODAY)
        other = next(k for k in self.keepers if k.pk != asker)
        actions.lift_seal(sealing=sealing, by=other, on=TODAY)
        self.sealed -= self._group(pk)

    # --- what holds after every act -------------------------------------------------------------

    @invariant()
    def groups_are_stars_as_they_were_joined(self) -> None:
        rows = list(SameChild.objects.as_known().values_list("child", "other", "beside"))
        assert {head for head, _, _ in rows}.isdisjoint(self.edges)
        assert {other: beside for _, other, beside in rows} == self.edges
        assert {other: head for head, other, _ in rows} == {pk: self._root(pk) for pk in self.edges}
        for pk, found in identity.groups([child.pk for child in self.children]).items():
            assert (found[0], set(found)) == (self._root(pk), self._group(pk))

    @invariant()
    def only_two_people_lower_a_seal_and_it_covers_all_records(self) -> None:
        sealed = sealed_children()
        assert sealed == self.sealed
        for child in self.children:
            group = self._group(child.pk)
            assert group <= sealed or not group & sealed
        assert not ChildAddress.objects.filter(child__in=sealed).exists()
        with opened():
            assert not SealedFact.objects.exclude(child__in=sealed).exists()

    @invariant()
    def every_record_is_what_it_was_with_what_was_written_on_it_and_by_whom(self) -> None:
        found: dict[int, set[tuple[str, int, int | None]]] = {pk: set() for pk in self.written}
        kept: list[Fact] = []
        for model in (ChildName, ChildAddress, Flag):
            kept += model.objects.as_known()
            with opened():
                kept += sealed_rows(model, children=self.sealed)
        for row in kept:
            # Each of the three kinds has a child, which Fact itself does not know.
            owner = row.child_id  # type: ignore[attr-defined]
            found[owner].add((row._meta.label, row.pk, row.recorded_by_id))
        assert found == self.written
        assert self._rows() == self.contents

    def teardown(self) -> None:
        """Ask what is slow once, at the end of each sequence: standing, warnings, orphans."""
        try:
            for child in self.children[:2]:
                group = self._group(child.pk)
                raised = {flag_label(f) for f in Flag.objects.as_known().filter(child__in=group)}
                banner = queries.banner(child, by=self.writers[1], on=TODAY)
                assert raised == {badge.label for badge in banner.flags}
            found = standings(self.children, TODAY)
            for child in self.children:
                assert found[child.pk].place == found[self._root(child.pk)].place
            every = set(self.contents)
            for row in SameChild.objects.all():
                assert {row.child_id, row.other_id, row.beside_id} <= every
        finally:
            self.turn.__exit__(None, None, None)


def flag_label(flag: Flag) -> str:
    return next(kind.title for kind in queries.FLAGS if kind.key == flag.flag)


def test_any_order_of_joining_and_taking_apart_restores_and_protects(db: None) -> None:
    Records.cast = [actors.alice(), actors.carol(), actors.dave(), actors.erin()]
    for n in range(RECORDS):
        Child.objects.create(
            ref=f"RECORD{n}", given_names=f"Ben{n}", family_name="Osei", born_on=BORN
        )

    run_state_machine_as_test(
        Records,
        settings=settings(
            max_examples=SEQUENCES, stateful_step_count=STEPS, deadline=None, database=None,
            # A real database is slow, and most steps ask for records that a sequence has not yet.
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            print_blob=False,
            phases=[Phase.generate],  # a sequence is short; shrinking it takes minutes
        ),
    )  # fmt: skip
