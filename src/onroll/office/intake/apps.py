from django.apps import AppConfig

from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import navigation


class IntakeConfig(AppConfig):
    name = "onroll.office.intake"
    label = "intake"

    def ready(self) -> None:
        navigation.add(navigation.Way("Files", "intake:files", 60, shown_to=_to_those_who_load))


def _to_those_who_load(request: OfficeRequest) -> bool:
    return any(request.actor.may(p) for p in ("imports.apply", "referrals.take"))
