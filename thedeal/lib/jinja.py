"""The Jinja environment that every page of ours is drawn with.

Strict: a name that was not given stops the page, rather than leaving a hole in it. It
must never read ``request.user`` or ``request.session``, because the public site's pages
use it too and have neither. The settings snippet::

    TEMPLATES = [{
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "thedeal" / "templates",
                 *(ROOT / "thedeal" / app / "templates" for app in OUR_APPS)],
        "OPTIONS": {"environment": "thedeal.lib.jinja.environment"},
    }]
"""

from collections.abc import Mapping
from typing import Any

import phonenumbers
from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from thedeal.lib import codes, controls, definitions, wording


def environment(**options: Any) -> Environment:
    """Give the environment for Django's Jinja2 backend."""
    options |= {"autoescape": True, "undefined": StrictUndefined}
    options |= {"trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options)  # noqa: S701  (autoescape is on, two lines up)
    env.globals |= GLOBALS | {"demo": bool(getattr(settings, "DEMO", False))}
    env.filters |= FILTERS
    return env


def url(name: str, *args: object, **kwargs: object) -> str:
    """Give the address of a named page; raise NoReverseMatch if there is none."""
    return reverse(name, args=args, kwargs=kwargs)


@pass_context
def csp_nonce(context: Context) -> str:
    """Give this response's nonce, or nothing where the policy has not run."""
    return str(getattr(context.get("request"), "csp_nonce", "") or "")


@pass_context
def flash(context: Context) -> list[Any]:
    """Give the one-off messages left for this reader, and take them away."""
    request = context.get("request")
    left = get_messages(request) if request is not None else ()
    # reading none would still send a cookie to take none away
    return list(left) if len(left) else []


@pass_context
def words(context: Context, key: str) -> str:
    """Give a text of ``definitions/``, in the council's own words where it has some.

    The council is the page's ``authority_id``, or the one on the request.
    """
    request = context.get("request")
    council = context.get("authority_id") or getattr(request, "authority_id", None)
    return definitions.words(key, authority_id=council)


PHONE = Markup('<a href="{}" class="phone">{}</a>')


def phone(typed: str | None) -> Markup:
    """Give a link that rings the number, written as people here write it.

    What is not a telephone number is given back as text.
    """
    if not typed:
        return Markup("")
    try:
        parsed = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        return Markup.escape(typed)
    if not phonenumbers.is_possible_number(parsed):
        short = "".join(filter(str.isdigit, typed))
        return PHONE.format(f"tel:{short}", typed) if short else Markup.escape(typed)
    forms = phonenumbers.PhoneNumberFormat
    is_ours = parsed.country_code == phonenumbers.country_code_for_region("GB")
    shown = forms.NATIONAL if is_ours else forms.INTERNATIONAL
    return PHONE.format(
        phonenumbers.format_number(parsed, forms.RFC3966),
        phonenumbers.format_number(parsed, shown),
    )


def paragraphs(text: str | None) -> Markup:
    """Give plain text as paragraphs: a blank line parts them, a line end breaks one."""
    parts = str(text or "").replace("\r\n", "\n").split("\n\n")
    lines = [Markup("<br>").join(part.strip().split("\n")) for part in parts]
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines if line)


def qr_svg(text: str) -> Markup:
    """Give a QR code as inline SVG, black on white, sized by its box."""
    return Markup(codes.qr_inline(text))  # noqa: S704  (segno writes shapes, never the text itself)


def without(query: Mapping[str, Any], *names: str) -> str:
    """Give a query string less some names, ready to have one more put on its end."""
    copy: Any = query.copy() if hasattr(query, "copy") else dict(query)
    for name in names:
        copy.pop(name, None)
    encoded = str(copy.urlencode()) if hasattr(copy, "urlencode") else ""
    return f"?{encoded}&" if encoded else "?"


GLOBALS: dict[str, Any] = {
    "static": static,
    "url": url,
    "csp_nonce": csp_nonce,
    "flash": flash,
    "words": words,
    "now": timezone.localtime,
    "control": controls.control,
    "form_errors": controls.form_errors,
    "qr_svg": qr_svg,
    "without": without,
}
FILTERS: dict[str, Any] = {
    "phone": phone,
    "paragraphs": paragraphs,
    "date": wording.date,
    "as_published": wording.as_published,
    "time": wording.time,
    "when": wording.when,
    "day": wording.day,
    "since": wording.since,
    "pounds": wording.pounds,
    "pounds_short": wording.pounds_short,
    "number": wording.number,
    "percent": wording.percent,
    "plural": wording.plural,
    "people": wording.people,
    "minutes": wording.minutes,
    "walk": wording.walk,
    "distance": wording.distance,
    "listed": wording.listed,
    "sentence": wording.sentence,
}
