"""Addresses of referrals and triage."""

from django.urls import path

from onroll.office.casework.views import factors, referrals, triage

urlpatterns = [
    path("triage/", triage.queue, name="triage"),
    path("triage/by-school/", referrals.by_school, name="referrals_by_school"),
    path("triage/factors/", factors.table, name="risk_factors"),
    path("triage/factors/add/", factors.add, name="risk_factor_add"),
    path("triage/factors/<slug:key>/", factors.factor, name="risk_factor"),
    path("triage/factors/<slug:key>/retire/", factors.retire, name="risk_factor_retire"),
    path("triage/factors/<slug:key>/restore/", factors.restore, name="risk_factor_restore"),
    path("referrals/", referrals.mine, name="referrals_mine"),
    path("referrals/add/", referrals.add, name="referral_add"),
    path("referrals/urgent/", referrals.urgent, name="referral_urgent"),
    path("referrals/taken/<str:token>/", referrals.taken, name="referral_taken"),
    path("referrals/<str:ref>/", triage.referral, name="referral"),
    path("referrals/<str:ref>/given/", triage.given, name="referral_given"),
    path("referrals/<str:ref>/complete/", referrals.complete, name="referral_complete"),
]
