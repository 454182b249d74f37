"""The demo's own pages: signing in as one of the cast, what would be sent, Newport."""

from django.urls import URLPattern, path

from thedeal.demo.views import newport, stage

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("", stage.stage, name="stage"),
    path("as/<slug:key>/", stage.become, name="become"),
    path("gallery/", stage.components, name="gallery"),
    path("letters/", stage.letters, name="letters"),
    path("newport/", newport.newport, name="newport"),
    path("newport/what-if/", newport.what_if, name="newport_what_if"),
]
