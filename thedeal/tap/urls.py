"""One address: a link from a message."""

from django.urls import path

from thedeal.tap import views

app_name = "tap"
urlpatterns = [path("t/<str:token>/", views.tapped, name="tapped")]
