from django.urls import URLPattern

runs: list[URLPattern] = []
