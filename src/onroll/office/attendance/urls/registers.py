from django.urls import URLPattern

registers: list[URLPattern] = []
