"""Pages that anyone may read. They never touch the session or the user."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def first(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    return render(request, "public/first.html")
