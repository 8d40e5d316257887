from django.urls import URLPattern

identity: list[URLPattern] = []
