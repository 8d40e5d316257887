from django.urls import path

from onroll.office.cme.views import checklist, closing, enquiries, work

app_name = "cme"

urlpatterns = [
    path("checklist/", checklist.templates, name="templates"),
    path("checklist/add/", checklist.template_add, name="template_add"),
    path("checklist/<slug:key>/", checklist.template_change, name="template"),
    path("checklist/<slug:key>/move/", checklist.template_move, name="template_move"),
    path("checklist/<slug:key>/retire/", checklist.template_retire, name="template_retire"),
    path("checklist/<slug:key>/restore/", checklist.template_restore, name="template_restore"),
    path("reasons/", checklist.reasons, name="reasons"),
    path("reasons/add/", checklist.reason_add, name="reason_add"),
    path("reasons/<slug:name>/", checklist.reason_change, name="reason_change"),
    path("reasons/<slug:name>/retire/", checklist.reason_retire, name="reason_retire"),
    path("reasons/<slug:name>/restore/", checklist.reason_restore, name="reason_restore"),
    path("<str:ref>/enquiries/", enquiries.enquiries, name="enquiries"),
    path("<str:ref>/enquiries/ask/", enquiries.ask, name="ask"),
    path("<str:ref>/enquiries/<int:pk>/answer/", enquiries.answer, name="answer"),
    path("<str:ref>/enquiries/<int:pk>/correct/", enquiries.correct, name="correct"),
    path("<str:ref>/joint-enquiry/", enquiries.joint_enquiry, name="joint_enquiry"),
    path("<str:ref>/reason/", work.reason, name="reason"),
    path("<str:ref>/absence/", work.absence, name="absence"),
    path("<str:ref>/whereabouts/", enquiries.whereabouts, name="whereabouts"),
    path("<str:ref>/place/", work.secure, name="secure"),
    path("<str:ref>/start/", work.start, name="start"),
    path("<str:ref>/close/", closing.close, name="close"),
    path("<str:ref>/reopen/", closing.reopen, name="reopen"),
    path("<str:ref>/plan/add/", work.plan_add, name="plan_add"),
    path("<str:ref>/plan/<int:pk>/", work.plan_done, name="plan_done"),
    path("<str:ref>/post-16/", work.post_sixteen, name="post_sixteen"),
]
