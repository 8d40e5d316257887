from django.urls import URLPattern

sources: list[URLPattern] = []
