from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "onroll.office.linkage"
    label = "linkage"

    def ready(self) -> None:
        # Models are loaded before anything that reads them.
        from onroll.office.casework.queries.second_person import let_tell_decisions
        from onroll.office.intake import kinds
        from onroll.office.journal.queries import keep_things
        from onroll.office.linkage import loaders
        from onroll.office.linkage.actions.candidates import candidates_follow_sealing
        from onroll.office.linkage.policy.runs import can_see
        from onroll.office.linkage.queries.candidates import kept_from
        from onroll.office.linkage.queries.second_person import to_decide
        from onroll.office.people.actions import when_sealed
        from onroll.office.web import navigation

        kinds.register(loaders.LOADER)
        when_sealed(candidates_follow_sealing)
        keep_things(kept_from)
        let_tell_decisions(to_decide)
        navigation.add(
            navigation.Way(
                "Find missing children", "linkage:find", 40,
                shown_to=lambda request: bool(can_see(request.actor)),
            )
        )  # fmt: skip
        navigation.add(
            navigation.Way(
                "Duplicates", "linkage:duplicates", 25,
                shown_to=lambda request: request.actor.may("identity.decide"),
            )
        )  # fmt: skip
