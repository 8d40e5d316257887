"""Addresses of casework, a module for each noun."""

from onroll.office.casework.urls import cases, children, letters, referrals, rules

app_name = "casework"

# A case's own address stands last: what has a name of its own is found before it.
urlpatterns = [
    *referrals.urlpatterns,
    *letters.urlpatterns,
    *cases.urlpatterns,
    *children.urlpatterns,
    *rules.urlpatterns,
]
