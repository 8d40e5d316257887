from django.urls import path

from onroll.office.web import styleguide, views

app_name = "web"

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("style-guide/", styleguide.show, name="style_guide"),
    path("style-guide/<slug:part>/", styleguide.show, name="style_guide_part"),
]
