"""The demo's own pages: signing in as one of the cast, and what would be sent."""

from django.urls import URLPattern

app_name = "demo"
urlpatterns: list[URLPattern] = []
