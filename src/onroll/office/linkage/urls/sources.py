from django.urls import URLPattern, path

from onroll.office.linkage.views import sources as views
from onroll.office.linkage.views import sources_loads as loads

sources: list[URLPattern] = [
    path("sources/", views.sources, name="sources"),
    path("sources/add/", views.add, name="source_add"),
    path("sources/lists/<int:pk>/", loads.show, name="list"),
    path("sources/lists/<int:pk>/columns/", loads.columns, name="list_columns"),
    path("sources/lists/<int:pk>/accept/", loads.accept, name="list_accept"),
    path("sources/lists/<int:pk>/reject/", loads.reject, name="list_reject"),
    path("sources/lists/<int:pk>/undo/", loads.undo, name="list_undo"),
    path("sources/lists/<int:pk>/destroy/", loads.destroy, name="list_destroy"),
    path("sources/<slug:key>/", views.source, name="source"),
    path("sources/<slug:key>/edit/", views.edit, name="source_edit"),
    path("sources/<slug:key>/retire/", views.retire, name="source_retire"),
    path("sources/<slug:key>/restore/", views.restore, name="source_restore"),
    path("sources/<slug:key>/send/", loads.send, name="source_send"),
]
