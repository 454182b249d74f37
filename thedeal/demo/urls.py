"""The demo's own pages: signing in as one of the cast, and what would be sent."""

from django.urls import URLPattern, path

from thedeal.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("", views.stage, name="stage"),
    path("as/<slug:key>/", views.become, name="become"),
    path("gallery/", views.components, name="gallery"),
    path("letters/", views.letters, name="letters"),
]
