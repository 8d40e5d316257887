from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "onroll.office.reporting"
    label = "reporting"

    def ready(self) -> None:
        from onroll.office.web import navigation

        navigation.add(
            navigation.Way(
                label="Reports",
                url_name="reporting:index",
                order=70,
                shown_to=lambda request: request.actor.may("reports.run"),
            )
        )
