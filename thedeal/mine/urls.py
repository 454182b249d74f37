"""The addresses of a person's own page."""

from django.urls import URLPattern, path

from thedeal.mine.views import door, doors, pages, rights

app_name = "mine"
urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("open/", door.door, name="door"),
    path("code/", door.code, name="code"),
    path("which/", door.which, name="which"),
    path("again/<str:token>/", door.again, name="again"),
    path("words/", pages.words, name="words"),
    path("deals/", pages.deals, name="deals"),
    path("deals/<uuid:pk>/", pages.deal, name="deal"),
    path("deals/<uuid:pk>/yes/", pages.say_yes, name="say_yes"),
    path("deals/<uuid:pk>/paper.pdf", pages.paper, name="deal_paper"),
    path("what-we-sent/", pages.letters, name="letters"),
    path("how-i-am/", pages.measures, name="measures"),
    path("who/", rights.who, name="who"),
    path("who/<uuid:pk>/take-back/", rights.take_back, name="take_back"),
    path("put-it-right/", rights.put_right, name="rights"),
    path("about-me/", rights.about_me, name="about_me"),
    path("take-away/everything.json", rights.file, name="file"),
    path("take-away/everything.pdf", rights.paper, name="paper"),
    path("forget-me/", rights.forget_me, name="forget"),
    path("ask/<slug:door>/", doors.law, name="law"),
]
