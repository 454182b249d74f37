"""The peer: the plainest Django page over PostgreSQL's full text, on the same data.

Two pages and nothing else: twenty that match, best first, with how many there are; and
one by its id. One table with a GIN index. No session, no walls, no middleware.
"""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from bench.plain_django import configure

TABLE = "bench_plain"
MAKE = (
    f"drop table if exists {TABLE}",
    f"create table {TABLE} as select id, name, description, place_name, search "  # noqa: S608 - our own names
    "from community_activity where state in ('live', 'paused')",
    f"alter table {TABLE} add primary key (id)",
    f"create index on {TABLE} using gin (search)",
    f"analyze {TABLE}",
)
PAGE = """<!doctype html><title>{{ q }}</title><h1>{{ total }}</h1>
{% for one in rows %}<h2><a href="/{{ one.pk }}/">{{ one.name }}</a></h2>
<p>{{ one.description }}</p><p>{{ one.place_name }}</p>{% endfor %}"""

configure(__name__)


class Listing(models.Model):
    """One thing to do."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    description = models.TextField()
    place_name = models.TextField()
    search = SearchVectorField()

    class Meta:
        """A table made beside ours."""

        app_label = "plain"
        db_table = TABLE
        managed = False

    def __str__(self) -> str:
        """Give its name."""
        return self.name


def search(request: HttpRequest) -> HttpResponse:
    """Show twenty that match."""
    words = request.GET.get("q", "")
    rows = Listing.objects.defer("search")
    if words:
        query = SearchQuery(words, config="english", search_type="websearch")
        rows = rows.filter(search=query).annotate(rank=SearchRank("search", query))
        rows = rows.order_by("-rank")
    return _page(words, rows[:20], rows.count())


def one(request: HttpRequest, pk: str) -> HttpResponse:
    """Show one."""
    return _page("", Listing.objects.defer("search").filter(pk=pk), 1)


def _page(words: str, rows: "models.QuerySet[Listing]", total: int) -> HttpResponse:
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"q": words, "rows": rows, "total": total}))


urlpatterns = [path("", search), path("<uuid:pk>/", one)]
application = get_wsgi_application()
