from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "onroll.office.portal"
    label = "portal"
