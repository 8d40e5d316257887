"""The address at which other local rules are looked at before they are chosen."""

from django.urls import path

from onroll.office.casework.views import rules

urlpatterns = [path("organisation/rules/preview/", rules.preview, name="rules_preview")]
