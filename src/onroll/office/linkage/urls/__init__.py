from onroll.office.linkage.urls.identity import identity
from onroll.office.linkage.urls.runs import runs
from onroll.office.linkage.urls.sources import sources

app_name = "linkage"
urlpatterns = [*sources, *runs, *identity]
