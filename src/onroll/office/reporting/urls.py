from django.urls import path

from onroll.office.reporting.views import duties, duty, guidance, reports

app_name = "reporting"

# A report's own address stands last: what has a name of its own is found before it.
urlpatterns = [
    path("", reports.index, name="index"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<slug:key>/", duty.duty, name="duty"),
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/policies/add/", guidance.policy_add, name="policy_add"),
    path("guidance/policies/of/<slug:key>/", guidance.own_policy, name="policy"),
    path("guidance/policies/of/<slug:key>/add/", guidance.edition_add, name="edition_add"),
    path("guidance/policies/of/<slug:key>/end/", guidance.policy_end, name="policy_end"),
    path(
        "guidance/policies/of/<slug:key>/<int:pk>/",
        guidance.edition_correct,
        name="edition_correct",
    ),
    path(
        "guidance/policies/of/<slug:key>/<int:pk>/withdraw/",
        guidance.edition_withdraw,
        name="edition_withdraw",
    ),
    path("<slug:key>/", reports.report, name="report"),
]
