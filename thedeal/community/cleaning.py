"""Cleans what others wrote: HTML and scripts out, blanks tidied, nonsense absent.

Pure. Real feeds hold HTML in nearly every description, two of them whole pictures
(145,411 letters); labels inside phone numbers; "" where nothing is meant.
"""

import html
import re
import unicodedata
from urllib.parse import urlsplit

import nh3
import phonenumbers

LONGEST_TEXT = 10_000
CUT_HERE = " … (cut here: it was longer than we keep)"
NO_EMAIL = re.compile(r"@(noemail\.invalid|example\.invalid)$", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s<>\"',;:()]+@[^@\s<>\"',;:()]+\.[A-Za-z]{2,}")
NOT_ADDRESSES = ("http://www.example.com", "https://path/to/")
BLOCKS = re.compile(r"<\s*/?\s*(p|br|div|li|ul|ol|h[1-6]|tr|table)\b[^>]*>", re.I)
PICTURE = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]*", re.I)
HIDDEN = re.compile(r"<\s*(script|style)\b.*?(<\s*/\s*\1\s*>|$)", re.I | re.S)


def text(given: object, *, most: int = LONGEST_TEXT) -> str:
    """Give plain words: no tags, no entities, no control letters, single blanks.

    Paragraphs stay as new lines. What is longer than ``most`` is cut, and says so.
    """
    words = given if isinstance(given, str) else "" if given is None else str(given)
    if "<" in words or "&" in words:
        words = _without_tags(words)
    words = unicodedata.normalize("NFC", words)
    words = words.replace("\u00a0", " ").replace("\t", " ")
    if not words.replace("\n", "").isprintable():
        words = "".join(c for c in words if c.isprintable() or c == "\n")
    words = re.sub(r"[ \t]+", " ", words)
    words = re.sub(r" ?\n ?", "\n", words)
    words = re.sub(r"\n{3,}", "\n\n", words).strip()
    if len(words) > most:
        words = words[: max(0, most - len(CUT_HERE))].rsplit(" ", 1)[0] + CUT_HERE
    return words[:most]


def line(given: object, *, most: int) -> str:
    """Give plain words on one line, cut at ``most`` letters."""
    return " ".join(text(given).split())[:most].strip()


def _without_tags(words: str) -> str:
    words = HIDDEN.sub(" ", PICTURE.sub("", words))
    words = BLOCKS.sub("\n", words)
    bare = html.unescape(nh3.clean(words, tags=set(), attributes={}))
    if "<" in bare:  # tags that were written as entities: once more
        bare = html.unescape(nh3.clean(HIDDEN.sub(" ", bare), tags=set()))
    return bare


def email(given: object) -> str:
    """Give an email address in lower case, or "" where there is none in it."""
    found = EMAIL.search(line(given, most=300))
    tidy = found[0].strip(".").lower() if found else ""
    return "" if NO_EMAIL.search(tidy) or len(tidy) > 254 else tidy


def phone(given: object) -> tuple[str, str]:
    """Give a phone number as the UK writes it, and the label found beside it.

    "Youth line: 0117 496 0999" is ("0117 496 0999", "Youth line"). A number nobody
    could ring gives ("", the words). Numbers kept free for fiction pass.
    """
    words = line(given, most=200)
    for match in phonenumbers.PhoneNumberMatcher(
        words, "GB", leniency=phonenumbers.Leniency.POSSIBLE
    ):
        shape = phonenumbers.PhoneNumberFormat.NATIONAL
        number = phonenumbers.format_number(match.number, shape)
        label = (words[: match.start] + " " + words[match.end :]).strip(" :;,.-()")
        return number, " ".join(label.split())[:80]
    return "", words[:80]


def web_address(given: object) -> str:
    """Give an http address, a scheme added to a bare domain; "" for anything else."""
    words = line(given, most=2000)
    if not words or " " in words or words.lower().startswith(NOT_ADDRESSES):
        return ""
    if "://" not in words:
        words = f"https://{words}"
    try:
        parts = urlsplit(words)
        host = parts.hostname or ""
    except ValueError:
        return ""
    odd = parts.username or parts.password or "." not in host.strip(".")
    if parts.scheme.lower() not in ("http", "https") or odd or len(words) > 500:
        return ""
    return words


def age(given: object) -> int | None:
    """Give an age in years, or None: -1, blank, words and 999 all mean unknown."""
    try:
        years = int(float(str(given).strip()))
    except (ValueError, OverflowError):
        return None
    return years if 0 <= years <= 120 else None
