from django.apps import AppConfig

from onroll.office.web import navigation


class AccountsConfig(AppConfig):
    name = "onroll.office.accounts"
    label = "accounts"

    def ready(self) -> None:
        navigation.add(navigation.Way("Organisation", "accounts:structure", order=90))
