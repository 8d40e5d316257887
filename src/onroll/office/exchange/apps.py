from django.apps import AppConfig

from onroll.office.web import navigation


class ExchangeConfig(AppConfig):
    name = "onroll.office.exchange"
    label = "exchange"

    def ready(self) -> None:
        from onroll.office.casework import kinds
        from onroll.office.exchange.kind import FORMER

        kinds.register(FORMER)
        navigation.add(
            navigation.Way(
                "Migrations",
                "exchange:migrations",
                65,
                shown_to=lambda request: request.actor.may("imports.apply"),
            )
        )
