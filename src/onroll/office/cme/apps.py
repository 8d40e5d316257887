from django.apps import AppConfig


class CmeConfig(AppConfig):
    name = "onroll.office.cme"
    label = "cme"

    def ready(self) -> None:
        # Models are loaded by now; a kind is built from actions and queries that use them.
        from onroll.office.casework import kinds
        from onroll.office.cme.kind import CME
        from onroll.office.web import navigation

        kinds.register(CME)
        for order, (label, name) in enumerate(
            [("Kinds of enquiry", "cme:templates"), ("Reasons for missing", "cme:reasons")]
        ):
            navigation.add_setting(
                navigation.Way(
                    label, name, order,
                    shown_to=lambda request: request.actor.may("letters.templates"),
                )
            )  # fmt: skip
