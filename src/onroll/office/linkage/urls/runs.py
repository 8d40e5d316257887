from django.urls import URLPattern, path

from onroll.office.linkage.views import answers, candidates, yields
from onroll.office.linkage.views import runs as views

runs: list[URLPattern] = [
    path("", views.find, name="find"),
    path("search/", views.search, name="run_new"),
    path("searches/", views.runs, name="runs"),
    path("searches/<int:pk>/", views.run, name="run"),
    path("searches/<int:pk>/stop/", views.stop, name="run_stop"),
    path("how-well/", yields.yields, name="yields"),
    path("found/", candidates.found, name="found"),
    path("found/list.csv", candidates.exported, name="found_csv"),
    path("found/print/", candidates.list_printed, name="found_print"),
    path("found/answer/", answers.answer_many, name="answer_many"),
    path("found/take-back/", answers.take_back, name="answers_take_back"),
    path("found/<slug:ref>/", candidates.candidate, name="candidate"),
    path("found/<slug:ref>/print/", candidates.printed, name="candidate_print"),
    path("found/<slug:ref>/answer/", answers.answer_one, name="answer_one"),
    path("found/<slug:ref>/look-into/", answers.look_into, name="look_into"),
    path("may-be-sealed/", candidates.sealed_found, name="sealed_found"),
    path("may-be-sealed/<slug:ref>/refer/", candidates.to_keepers, name="to_keepers"),
]
