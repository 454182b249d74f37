"""The peer: the plainest Django pages for the same three things, on the same database.

It saves what was typed in one row, finds six listings by full text, and shows a person
by name with when they were last met. Nothing is locked, nobody is signed in, no look is
noted, nothing is nearer than anything else.
"""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from bench.plain_django import configure

TABLES = {
    "bench_plain_draft": "(id int primary key, words text not null)",
    "bench_plain_listing": "as select id, name, description, search "
    "from community_activity where state = 'live'",
    "bench_plain_person": "as select id, full_name, postcode, last_contact_on "
    "from residents_person",
}
MAKE = [
    statement
    for name, columns in TABLES.items()
    for statement in (f"drop table if exists {name}", f"create table {name} {columns}")
] + [
    "create index on bench_plain_listing using gin (search)",
    "alter table bench_plain_person add primary key (id)",
    "insert into bench_plain_draft select n, '' from generate_series(0, 999) n",
    *(f"grant select, update on {name} to public" for name in TABLES),
]
PAGE = """<!doctype html><title>{{ title }}</title>
{% for one in rows %}<h2>{{ one }}</h2><p>{{ one.description }}</p>{% endfor %}"""

configure(__name__)


class Draft(models.Model):
    """What somebody types."""

    id = models.IntegerField(primary_key=True)
    words = models.TextField()

    class Meta:
        """A table made beside ours."""

        app_label, db_table, managed = "plain", "bench_plain_draft", False

    def __str__(self) -> str:
        """Give the words."""
        return self.words


class Listing(models.Model):
    """One thing to do."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    description = models.TextField()
    search = SearchVectorField()

    class Meta:
        """A table made beside ours."""

        app_label, db_table, managed = "plain", "bench_plain_listing", False

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Person(models.Model):
    """Somebody."""

    id = models.UUIDField(primary_key=True)
    full_name = models.TextField()
    postcode = models.TextField()
    last_contact_on = models.DateField(null=True)

    class Meta:
        """A table made beside ours."""

        app_label, db_table, managed = "plain", "bench_plain_person", False

    def __str__(self) -> str:
        """Give who it is."""
        return f"{self.full_name}, {self.postcode}, {self.last_contact_on}"


def first(_request: HttpRequest) -> HttpResponse:
    """Say that it is here."""
    return HttpResponse("here")


def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed."""
    Draft.objects.filter(pk=pk).update(words=request.POST.get("words", ""))
    return JsonResponse({"revision": 0})


def fit(request: HttpRequest) -> HttpResponse:
    """Show six that share a word."""
    said = " or ".join(request.POST.get("words", "").split())
    query = SearchQuery(said, config="english", search_type="websearch")
    rows = Listing.objects.defer("search").filter(search=query)
    best = rows.annotate(rank=SearchRank("search", query)).order_by("-rank")[:6]
    return _page("What fits", best)


def person(_request: HttpRequest, pk: str) -> HttpResponse:
    """Show one person."""
    return _page("Somebody", Person.objects.filter(pk=pk))


def _page(title: str, rows: "models.QuerySet[models.Model]") -> HttpResponse:
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"title": title, "rows": rows}))


urlpatterns = [
    path("", first),
    path("save/<int:pk>/", save),
    path("fit/", fit),
    path("people/<uuid:pk>/", person),
]
application = get_wsgi_application()
