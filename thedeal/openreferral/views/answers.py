"""Answers in JSON that any web page may read, with ETags and the standard's errors."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response

from thedeal.lib.errors import UserFacingError
from thedeal.openreferral import counting
from thedeal.openreferral.asking import Asked
from thedeal.openreferral.shape import Body

FRESH = "public, max-age=300"
NAMES = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
READING = ("GET", "HEAD", "OPTIONS")
View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """Make a view one that any page may read, its errors too."""

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        response = _answer(view, request, named)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    return answered


def _answer(
    view: View, request: HttpRequest, named: dict[str, Any]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        return response
    if request.method not in READING:
        return problem(405, "This is for reading alone: use GET.")
    try:
        return view(request, **named)
    except UserFacingError as error:
        return problem(400, error.sentence)
    except Http404:
        return problem(404, "There is nothing of this id here.")


def problem(status: int, message: str) -> HttpResponse:
    """Give an error as the standard has it."""
    body = {"error": NAMES[status], "message": message}
    return HttpResponse(
        json.dumps(body), status=status, content_type="application/json"
    )


def one(request: HttpRequest, body: Body) -> HttpResponseBase:
    """Give one object; 304 where the caller has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = FRESH
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return found or response


def page(
    request: HttpRequest, asked: Asked, rows: Any, shape: Callable[[Any], Body]
) -> HttpResponseBase:
    """Give one page of a list: a QuerySet, or a list of what there is."""
    is_held = isinstance(rows, list)
    total = len(rows) if is_held else counting.total(request.path, asked, rows)
    size = max(1, total) if asked.is_minimal else asked.per_page
    pages = max(1, -(-total // size))
    start = (asked.page - 1) * size
    contents = [shape(row) for row in counting.cut(rows, start, size)]
    body = {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page == pages,
        "empty": not contents,
        "contents": contents,
    }
    return one(request, body)


def lines(rows: Any, shape: Callable[[Any], Body]) -> StreamingHttpResponse:
    """Give every row, a line of JSON each."""
    text = (json.dumps(shape(r), ensure_ascii=False) + "\n" for r in rows)
    response = StreamingHttpResponse(
        (line.encode() for line in text), content_type="application/x-ndjson"
    )
    response["Cache-Control"] = FRESH
    return response
