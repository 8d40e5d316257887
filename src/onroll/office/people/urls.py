from django.urls import path

from onroll.office.people.views import child, facts, find

app_name = "people"

urlpatterns = [
    path("", find.find, name="find"),
    path("add/", find.add, name="add"),
    path("added/<str:token>/", find.added, name="added"),
    path("emergency/", find.emergency, name="emergency"),
    path("sealed/", find.sealed, name="sealed"),
    path("<slug:ref>/details/", child.details, name="details"),
    path("<slug:ref>/carers/<int:pk>/name/", child.carer, name="carer_name"),
    path("<slug:ref>/seal/", child.seal, name="seal"),
]
for screen in facts.SCREENS.values():
    base = f"<slug:ref>/{screen.path}/"
    urlpatterns += [
        path(base, facts.listing(screen), name=screen.key),
        path(f"{base}add/", facts.adding(screen), name=f"{screen.key}_add"),
        path(f"{base}<int:pk>/correct/", facts.correcting(screen), name=f"{screen.key}_correct"),
        path(f"{base}<int:pk>/end/", facts.ending(screen), name=f"{screen.key}_end"),
        path(f"{base}<int:pk>/withdraw/", facts.withdrawing(screen), name=f"{screen.key}_withdraw"),
    ]
