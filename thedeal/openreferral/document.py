"""The OpenAPI document: each address, each filter and what it means here. Pure."""

from typing import Any

Body = dict[str, Any]
TEXT, NUMBER, YES_NO = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
UUID = {"type": "string", "format": "uuid"}
LIST = ("page", "per_page", "search", "format")
SERVICE = (
    "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after",
    "minimum_age", "maximum_age", "start_time", "end_time", "day", "postcode",
    "proximity", "full",
)  # fmt: skip
FILTERS: dict[str, tuple[Body, str]] = {
    "page": (NUMBER, "Which page, from 1. Beyond the last is an empty page."),
    "per_page": (NUMBER, "How many on a page: 20 unless told, 100 at most."),
    "search": (TEXT, 'Words to look for; "quoted words" together, -word without.'),
    "format": (
        {"type": "string", "enum": ["json", "ndjson"]},
        "ndjson: everything, a line each, with no pages.",
    ),
    "taxonomy_term_id": (UUID, "Has this theme."),
    "taxonomy_id": (UUID, "Has any theme of this taxonomy."),
    "organization_id": (UUID, "Is of this group."),
    "modified_after": (
        {"type": "string", "format": "date-time"},
        "Changed then or since; compares with last_modified.",
    ),
    "minimum_age": (NUMBER, "For anybody of this age or older: ranges overlap."),
    "maximum_age": (NUMBER, "For anybody of this age or younger: ranges overlap."),
    "start_time": (TEXT, "Starts at this time (HH:MM) or later."),
    "end_time": (TEXT, "Ends by this time (HH:MM)."),
    "day": (TEXT, "On this weekday: MO to SU, or its name. With times: the same row."),
    "postcode": (TEXT, "Near this postcode: within proximity, else 1,600 metres."),
    "proximity": (NUMBER, "Metres from the postcode, as the crow flies."),
    "full": (YES_NO, "With all that is nested."),
    "minimal": (YES_NO, "Only id and last_modified, all on one page."),
    "full_service": (YES_NO, "With its services in full."),
    "parent_id": (UUID, "Below this term."),
}
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "/services": ("What there is to join", (*LIST, *SERVICE, "minimal")),
    "/service_at_locations": ("The same, at its places", (*LIST, *SERVICE)),
    "/organizations": ("The groups", (*LIST, "full")),
    "/taxonomies": ("The taxonomies", LIST),
    "/taxonomy_terms": ("The themes", (*LIST, "taxonomy_id", "parent_id")),
}
ERROR = {
    "type": "object",
    "required": ["error", "message"],
    "properties": {"error": TEXT, "message": TEXT},
}
PAGE = {
    "type": "object",
    "required": [
        "total_items", "total_pages", "page_number", "size", "first_page",
        "last_page", "empty", "contents",
    ],
    "properties": {
        "total_items": NUMBER,
        "total_pages": NUMBER,
        "page_number": NUMBER,
        "size": NUMBER,
        "first_page": YES_NO,
        "last_page": YES_NO,
        "empty": YES_NO,
        "contents": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip
THING = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": UUID},
}
API = {
    "type": "object",
    "required": ["version", "profile", "openapi_url"],
    "properties": {
        "version": TEXT,
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
    },
}


def written(base: str, licences: list[dict[str, str]]) -> Body:
    """Give the document of the interface at an address."""
    stated = "; ".join(f"{o['source']}: {o['licence']}" for o in licences)
    paths: Body = {
        "/": _path("What this is", (), "Api"),
        "/services.ndjson": _bulk(),
    }
    for address, (summary, filters) in LISTS.items():
        paths[address] = _path(summary, filters, "Page")
        extra = ("full_service",) if address == "/organizations" else ()
        paths[f"{address}/{{id}}"] = _path(f"{summary}: one", extra, "Thing", one=True)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The directory, as Open Referral UK 3.0",
            "version": "3.0",
            "description": "Read only, no key. Sensitive places are blurred. "
            f"Licences: {stated or 'none stated'}.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": {"Page": PAGE, "Error": ERROR, "Thing": THING, "Api": API}
        },
    }


def _path(
    summary: str, filters: tuple[str, ...], schema: str, *, one: bool = False
) -> Body:
    parameters = [_parameter(name) for name in filters]
    answers = {
        "200": _json("As asked", schema),
        "400": _json("Not understood", "Error"),
    }
    if one:
        parameters.insert(
            0, {"name": "id", "in": "path", "required": True, "schema": UUID}
        )
        answers["404"] = _json("Not there", "Error")
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _parameter(name: str) -> Body:
    schema, words = FILTERS[name]
    return {"name": name, "in": "query", "schema": schema, "description": words}


def _json(words: str, schema: str) -> Body:
    held = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": words, "content": {"application/json": held}}


def _bulk() -> Body:
    held = {"application/x-ndjson": {"schema": {"type": "string"}}}
    answer = {"200": {"description": "A line each", "content": held}}
    return {"get": {"summary": "Every service in full", "responses": answer}}
