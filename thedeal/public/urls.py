"""The public pages' addresses."""

from django.urls import URLPattern, path

from thedeal.public import views

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", views.first, name="first"),
]
