"""Open Referral UK 3.0 and HSDS 3.x services into our listing shape. Pure.

One organisation is a group; a service is an activity, once for each place where it
happens. What the record says besides stays in the document, which is kept whole.
"""

import datetime as dt
import re
from typing import Any

from doorstep.languages import code_of, is_code

from thedeal.community.importers import moments, places_said, schedules, tidying
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import AT, Record, made_id, objects, text_of
from thedeal.community.importers.schedules import Timetable
from thedeal.community.screen import cost_of

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
YEAR_DAYS = 365
MOST_THEMES = 8
CAMEL = re.compile(r"^[a-z]+[A-Z]")
PEOPLE = re.compile(r"\b(place|person|people|seat|space|participant)s?\b", re.I)
FULL = {"capacity": "full"}
CHARITY, COMPANY = "GB-CHC", "GB-COH"


def read(
    body: dict[str, Any],
    oddities: Oddities,
    *,
    where: str,
    today: dt.date,
    kept: dict[str, Any],
) -> Record | None:
    """Give one service as a record; None where it has no name.

    ``kept`` is the source's own document, from which ``body`` may have been made.
    """
    name = tidying.description(text_of(body, "name"), Oddities(), where)
    name = " ".join(name.split())
    ref = text_of(body, "id").strip()
    where = f"{where}: {name or ref}".removesuffix(": ")[:120]
    if not name:
        oddities.note("no name", where)
        return None
    if ref:
        tidying.note_id(ref, oddities, where)
    else:
        oddities.note("no id", where)
        ref = made_id("service", name, _organisation(body).get("name"))
    _note_camel(body, oddities, where)
    group_ref, group = _group(body, ref, name, oddities, where)
    status = _status(body, oddities, where, today)
    return Record(
        ref=ref,
        group_ref=group_ref,
        name=name,
        group=group,
        activities=tuple(_activities(body, ref, name, oddities, where)),
        body=kept,
        where=where,
        changed_at=_changed_at(body, oddities, where),
        checked_on=_checked_on(body, oddities, where, today),
        has_stopped=status in ("inactive", "defunct"),
        is_resting=status == "temporarily closed",
    )


def _organisation(body: dict[str, Any]) -> dict[str, Any]:
    found = objects(body, "organization", "organisation")
    return found[0] if found else {}


def _note_camel(body: dict[str, Any], oddities: Oddities, where: str) -> None:
    children = [child for name in body for child in objects(body, name)]
    if any(CAMEL.match(key) for one in [body, *children] for key in one):
        oddities.note("camel case", where)


def _status(
    body: dict[str, Any], oddities: Oddities, where: str, today: dt.date
) -> str:
    if _is_out_of_its_days(body, today):
        oddities.note("not its days", where)
        return "inactive"
    said = text_of(body, "status").strip().lower().replace("_", " ")
    if said and said not in STATUSES:
        oddities.note("unknown status", where)
    return said if said in STATUSES else "active"


def _is_out_of_its_days(body: dict[str, Any], today: dt.date) -> bool:
    """Say whether its source shows it before or after today only (Outpost)."""
    first = moments.day(body.get("visible_from"), Oddities(), "")
    last = moments.day(body.get("visible_to"), Oddities(), "")
    return bool(first and first > today) or bool(last and last < today)


def _changed_at(
    body: dict[str, Any], oddities: Oddities, where: str
) -> dt.datetime | None:
    said = body.get("last_modified") or body.get("modified_date")
    return moments.moment(said, oddities, where) or moments.moment(
        body.get("assured_date"), Oddities(), where
    )


def _checked_on(
    body: dict[str, Any], oddities: Oddities, where: str, today: dt.date
) -> dt.date | None:
    found = moments.day(body.get("assured_date"), oddities, where)
    if found is None:
        oddities.note("no check date", where)
    elif (today - found).days > YEAR_DAYS:
        oddities.note("check date old", where)
    return found


def _group(
    body: dict[str, Any], ref: str, name: str, oddities: Oddities, where: str
) -> tuple[str, dict[str, Any]]:
    given = _organisation(body)
    group_ref = text_of(given, "id") or text_of(body, "organization_id")
    called = tidying.description(text_of(given, "name"), Oddities(), where)
    if not given and not group_ref:
        oddities.note("no organisation", where)
    elif not called:
        oddities.note("organisation without a name", where)
    number, is_charity = _identifier(given)
    what = tidying.description(given.get("description"), oddities, where)
    website = tidying.web_address(
        given.get("website") or given.get("url"), oddities, where
    )
    service_page = tidying.web_address(body.get("url"), oddities, where)
    return group_ref or (called and made_id("organisation", called)) or ref, {
        "name": called or name,
        "kind": "charity" if is_charity else "group",
        "legal_form": "charity" if is_charity else "none",
        "what": "" if what == called else what,
        "charity_number": number if is_charity else "",
        "website": website or service_page,
        "is_sensitive": _is_sensitive(body, oddities, where),
        "contact": _contact(body, given, oddities, where),
    }


def _identifier(given: dict[str, Any]) -> tuple[str, bool]:
    for one in objects(given, "organization_identifiers"):
        if text_of(one, "identifier_scheme").upper() == CHARITY:
            return text_of(one, "identifier"), True
    return "", False


def _is_sensitive(body: dict[str, Any], oddities: Oddities, where: str) -> bool:
    is_so = places_said.is_sensitive(body)
    if is_so:
        oddities.note("sensitive", where)
    return is_so


def _contact(
    body: dict[str, Any], group: dict[str, Any], oddities: Oddities, where: str
) -> dict[str, str] | None:
    """Give whom to ask: what the feed has published of it, and no record-keeper."""
    people = [*objects(body, "contacts"), *objects(group, "contacts")]
    holders = [*people, body, group]
    phones = (
        tidying.phone(one, oddities, where)
        for holder in holders
        for one in objects(holder, "phones", "phone")
    )
    number = next((p for p in phones if p), "")
    emails = [tidying.email(holder, oddities, where) for holder in holders]
    email = next((e for e in emails if e), "")
    name = next((text_of(p, "name") for p in people if text_of(p, "name")), "")
    if not (number or email):
        return None
    show = "number" if number else "email"
    return {"name": name, "phone": number, "email": email, "show": show}


def _activities(
    body: dict[str, Any], ref: str, name: str, oddities: Oddities, where: str
) -> list[dict[str, Any]]:
    """Give the service once for each place that it happens at."""
    spots = places_said.spots(body, oddities, where)
    shared = _shared(body, name, oddities, where)
    found = []
    for number, spot in enumerate(spots):
        table = schedules.read(spot.schedules, oddities, where)
        own_ref = ref if number == 0 else f"{ref}{AT}{spot.ref}"[:200]
        found.append(
            {
                **shared,
                **table.given(),
                "source_ref": own_ref,
                "description": _described(shared["description"], table),
                "is_online": spot.is_online,
                "online_url": spot.online_url,
                "spot": spot.given,
                "access": spot.access,
            }
        )
    return found


def _described(words: str, table: Timetable) -> str:
    extra = [line for line in table.words if line not in words]
    return "\n\n".join([words, *extra]).strip()


def _shared(
    body: dict[str, Any], name: str, oddities: Oddities, where: str
) -> dict[str, Any]:
    parts = [tidying.description(body.get("description"), oddities, where)]
    for more in ("alert", "eligibility_description", "application_process"):
        parts.append(tidying.description(body.get(more), oddities, where))
    return {
        "name": name,
        "description": "\n\n".join(part for part in parts if part),
        **tidying.ages(body, oddities, where),
        **_cost(body, oddities, where),
        **_room(body),
        "languages": _languages(body),
        "themes": _themes(body, oddities, where),
    }


def _cost(body: dict[str, Any], oddities: Oddities, where: str) -> dict[str, Any]:
    options = objects(body, "cost_options")
    amounts, words = [], []
    for option in options:
        try:
            amount = float(option.get("amount") or 0)
        except (TypeError, ValueError):
            oddities.note("cost odd", where)
            continue
        has_amount = option.get("amount") not in (None, "")
        amounts += [amount] if has_amount and amount >= 0 else []
        price = f"£{amount:.2f}" if has_amount and amount else ""
        said = (price, text_of(option, "amount_description"), text_of(option, "option"))
        words.append(" ".join(part for part in said if part).strip())
    if amounts:
        plain = "; ".join(w for w in words if w)
        return {"cost_pence": round(amounts[0] * 100), "cost_words": plain}
    fees = text_of(body, "fees") or text_of(body, "fees_description")
    return cost_of(" ".join(tidying.description(fees, oddities, where).split()))


def _room(body: dict[str, Any]) -> dict[str, Any]:
    """Give whether there is room, where it is counted in people (HSDS 3.1)."""
    for one in objects(body, "capacities"):
        unit = (objects(one, "unit") or [{}])[0]
        left = text_of(one, "available").removesuffix(".0")
        if left.isdigit() and PEOPLE.search(text_of(unit, "name")):
            places = int(left)
            return {"capacity": "room", "capacity_places": places} if places else FULL
    return {}


def _languages(body: dict[str, Any]) -> list[str]:
    found = []
    for one in objects(body, "languages"):
        said = (code_of(text_of(one, name)) for name in ("code", "name"))
        found.append(next(filter(is_code, said), ""))
    return list(dict.fromkeys(c for c in found if c))


def _themes(body: dict[str, Any], oddities: Oddities, where: str) -> list[str]:
    found = []
    for attribute in objects(body, "attributes"):
        terms = objects(attribute, "taxonomy_term")
        name = terms[0].get("name") if terms else attribute.get("value")
        found.append(tidying.term(name, oddities, where))
    return [theme for theme in dict.fromkeys(found) if theme][:MOST_THEMES]
