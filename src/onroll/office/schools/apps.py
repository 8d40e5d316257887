from django.apps import AppConfig

from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import navigation


class SchoolsConfig(AppConfig):
    name = "onroll.office.schools"
    label = "schools"

    def ready(self) -> None:
        # Models are loaded before anything that reads them.
        from onroll.office.intake import kinds
        from onroll.office.people import actions as people_actions
        from onroll.office.people import queries as people_queries
        from onroll.office.schools import loaders
        from onroll.office.schools.actions.roll import schools_follow_sealing
        from onroll.office.schools.queries import recall_schools, tell_schools

        for label in ("schools.Enrolment", "schools.InYearApplication", "schools.Offer"):
            people_actions.sealable(label)
        people_actions.when_sealed(schools_follow_sealing)
        people_queries.let_tell("school", tell_schools)
        people_queries.let_recall("school", recall_schools)
        for loader in loaders.LOADERS:
            kinds.register(loader)
        navigation.add(navigation.Way("Schools", "schools:schools", 50, shown_to=_to_staff))


def _to_staff(request: OfficeRequest) -> bool:
    return bool(request.actor.permissions)
