from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "onroll.office.linkage"
    label = "linkage"
