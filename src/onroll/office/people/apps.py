from django.apps import AppConfig
from django.http import HttpRequest

from onroll.office.web import navigation


class PeopleConfig(AppConfig):
    name = "onroll.office.people"
    label = "people"

    def ready(self) -> None:
        # Models are loaded by now.
        from onroll.office.journal.queries import keep_children
        from onroll.office.people.queries.sealed import kept_from

        keep_children(kept_from)
        navigation.add(navigation.Way("Find a child", "people:find", 20, shown_to=_to_finders))
        navigation.add(navigation.Way("Sealed records", "people:sealed", 90, shown_to=_to_cleared))


def _to_finders(request: HttpRequest) -> bool:
    return bool(request.actor.may("children.find"))  # type: ignore[attr-defined]


def _to_cleared(request: HttpRequest) -> bool:
    return bool(request.actor.may("sealed.read"))  # type: ignore[attr-defined]
