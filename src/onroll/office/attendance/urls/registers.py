from django.urls import URLPattern, path

from onroll.office.attendance.views import registers as views
from onroll.office.attendance.views import registers_acts as acts
from onroll.office.attendance.views import registers_feeds as feeds

registers: list[URLPattern] = [
    path("registers/", views.files, name="registers"),
    path("registers/send/", views.send, name="register_send"),
    path("registers/feeds/", feeds.feeds, name="feeds"),
    path("registers/feeds/list.csv", feeds.exported, name="feeds_csv"),
    path("registers/<int:pk>/", views.show, name="register"),
    path("registers/<int:pk>/columns/", views.columns, name="register_columns"),
    path("registers/<int:pk>/of-nobody/", views.apart, name="register_apart"),
    path("registers/<int:pk>/refused/", views.refused, name="register_refused"),
    path("registers/<int:pk>/not-taken.csv", views.not_taken, name="register_not_taken"),
    path("registers/<int:pk>/apply/", acts.apply, name="register_apply"),
    path("registers/<int:pk>/check/", acts.check_again, name="register_check"),
    path("registers/<int:pk>/turn-away/", acts.reject, name="register_reject"),
    path("registers/<int:pk>/take-back/", acts.take_back, name="register_take_back"),
]
