from django.apps import AppConfig


class ProvisionConfig(AppConfig):
    name = "onroll.office.provision"
    label = "provision"

    def ready(self) -> None:
        # Models are loaded before anything that reads them.
        from onroll.office.people.actions import sealable

        for table in ("HomeEducation", "Provision", "Plan", "PartTimeTimetable", "Judgement"):
            sealable(f"provision.{table}")
