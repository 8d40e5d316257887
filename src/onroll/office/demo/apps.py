from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "onroll.office.demo"
    label = "demo"
