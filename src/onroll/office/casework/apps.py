from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "onroll.office.casework"
    label = "casework"

    def ready(self) -> None:
        # Models are loaded by now; the packages below call what is given to them here.
        from onroll.office.accounts.actions.rules import when_pack_changes
        from onroll.office.accounts.queries import let_tell_work
        from onroll.office.accounts.queries.rules import let_preview
        from onroll.office.casework.actions.cases import cases_follow_sealing
        from onroll.office.casework.actions.deadlines import (
            follow_facts,
            follow_pack,
            follow_term_dates,
        )
        from onroll.office.casework.actions.referrals import follow_sealing
        from onroll.office.casework.loaders.referrals import LOADERS
        from onroll.office.casework.policy.cases import chronologies_of_roll
        from onroll.office.casework.queries.cases import why_two_join
        from onroll.office.casework.queries.children import tell
        from onroll.office.casework.queries.leads import leads_to_cases, leads_to_referrals
        from onroll.office.casework.queries.referrals import kept_from
        from onroll.office.casework.queries.rules_preview import address_of
        from onroll.office.casework.queries.worklist import work_of
        from onroll.office.intake import kinds as files
        from onroll.office.journal.queries import keep_things
        from onroll.office.people.actions import when_facts_change, when_sealed
        from onroll.office.people.queries import let_lead
        from onroll.office.people.queries.children import let_tell
        from onroll.office.people.queries.identity import let_weigh
        from onroll.office.schools.actions import when_term_dates_change
        from onroll.office.schools.queries import let_link_beside_rolls
        from onroll.office.web import navigation

        let_tell("standing", tell)
        let_weigh("cases", why_two_join)
        let_link_beside_rolls(chronologies_of_roll)
        when_pack_changes(follow_pack)
        let_preview(address_of)
        let_tell_work(work_of)
        keep_things(kept_from)
        let_lead("case", leads_to_cases)
        let_lead("referral", leads_to_referrals)
        when_sealed(cases_follow_sealing)
        when_sealed(follow_sealing)
        when_facts_change(follow_facts)
        when_term_dates_change(follow_term_dates)
        for loader in LOADERS:
            files.register(loader)
        navigation.add(navigation.Way("My work", "casework:my_work", 10))
        navigation.add(
            navigation.Way(
                "Letters", "casework:letter_templates", 65,
                shown_to=lambda request: request.actor.may("letters.templates"),
            )
        )  # fmt: skip
        navigation.add(
            navigation.Way(
                "Cases", "casework:cases", 30,
                shown_to=lambda request: request.actor.may("cases.work")
                or request.actor.may("cases.see_all"),
            )
        )  # fmt: skip
        navigation.add(
            navigation.Way(
                "Triage", "casework:triage", 20,
                shown_to=lambda request: request.actor.may("referrals.triage"),
            )
        )  # fmt: skip
