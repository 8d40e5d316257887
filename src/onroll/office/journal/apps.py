from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "onroll.office.journal"
    label = "journal"
