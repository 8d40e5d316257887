from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "onroll.office.attendance"
    label = "attendance"

    def ready(self) -> None:
        # Models are loaded before anything that reads them.
        from onroll.office.attendance import loaders
        from onroll.office.attendance.kind import CARD
        from onroll.office.attendance.policy.seeing import can_see
        from onroll.office.casework.kinds import add_child_card
        from onroll.office.intake import kinds
        from onroll.office.web import navigation

        kinds.register(loaders.LOADER)
        add_child_card(CARD)
        navigation.add(
            navigation.Way(
                "Attendance", "attendance:home", 35,
                shown_to=lambda request: bool(can_see(request.actor)),
            )
        )  # fmt: skip
