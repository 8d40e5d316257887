"""Addresses of My work, lists of cases, and cases."""

from django.urls import path

from onroll.office.casework.views import attention, cases, cohort, mywork, oversight, work

urlpatterns = [
    path("", mywork.my_work, name="my_work"),
    path("caseloads/", mywork.caseloads, name="caseloads"),
    path("cases/", mywork.cases, name="cases"),
    path("cases/list.csv", mywork.cases_csv, name="cases_csv"),
    path("cases/none/", mywork.unfollowed, name="unfollowed"),
    path("cases/none/list.csv", mywork.unfollowed_csv, name="unfollowed_csv"),
    path("cases/none/take/", attention.take, name="unfollowed_take"),
    path("cases/none/release/", attention.release, name="unfollowed_release"),
    path("cases/none/back/", attention.bring_back, name="unfollowed_back"),
    path("cases/reassign/", mywork.reassign, name="reassign"),
    path("cases/chronologies/", cohort.cohort, name="cohort"),
    path("cases/audits/", oversight.audits, name="audits"),
    path("cases/audits/<int:pk>/", oversight.audit, name="audit"),
    path("cases/<str:ref>/", cases.overview, name="case"),
    path("cases/<str:ref>/clocks/", cases.clocks, name="case_clocks"),
    path("cases/<str:ref>/history/", cases.history, name="case_history"),
    path("cases/<str:ref>/move/<slug:name>/", cases.move, name="move"),
    path("cases/<str:ref>/allocate/", cases.allocate, name="allocate"),
    path("cases/<str:ref>/transfer/", cases.transfer, name="transfer"),
    path("cases/<str:ref>/held-by/", cases.hand_to, name="hand_to"),
    path("cases/<str:ref>/urgent/", cases.urgent, name="urgent"),
    path("cases/<str:ref>/contacts/", work.contacts, name="case_contacts"),
    path("cases/<str:ref>/contacts/add/", work.contact_add, name="contact_add"),
    path(
        "cases/<str:ref>/contacts/<int:corrects>/correct/", work.contact_add, name="contact_correct"
    ),
    path("cases/<str:ref>/notes/", work.notes, name="case_notes"),
    path("cases/<str:ref>/notes/add/", work.note_add, name="note_add"),
    path("cases/<str:ref>/notes/<int:corrects>/correct/", work.note_add, name="note_correct"),
    path("cases/<str:ref>/tasks/", work.tasks, name="case_tasks"),
    path("cases/<str:ref>/tasks/add/", work.task_add, name="task_add"),
    path("cases/<str:ref>/tasks/<int:pk>/", work.task_finish, name="task_finish"),
    path("cases/<str:ref>/safeguarding/", oversight.safeguarding, name="case_safeguarding"),
    path("cases/<str:ref>/safeguarding/consider/", oversight.consider, name="consider"),
    path("cases/<str:ref>/safeguarding/add/", oversight.concern_add, name="concern_add"),
    path(
        "cases/<str:ref>/safeguarding/<int:pk>/escalate/", oversight.concern_escalate,
        name="concern_escalate",
    ),
    path(
        "cases/<str:ref>/safeguarding/<int:pk>/result/", oversight.concern_result,
        name="concern_result",
    ),
    path("cases/<str:ref>/oversight/", oversight.oversight, name="case_oversight"),
    path("cases/<str:ref>/oversight/challenge/", oversight.challenge_add, name="challenge_add"),
    path(
        "cases/<str:ref>/oversight/challenge/<int:pk>/", oversight.challenge_result,
        name="challenge_result",
    ),
    path("cases/<str:ref>/oversight/supervise/", oversight.supervise, name="supervise"),
]  # fmt: skip
