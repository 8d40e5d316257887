from django.apps import AppConfig
from django.core import checks

from onroll.office.web.brand import check_settings


class WebConfig(AppConfig):
    name = "onroll.office.web"
    label = "web"

    def ready(self) -> None:
        checks.register(check_settings)
