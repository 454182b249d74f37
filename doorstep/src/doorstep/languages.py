"""Languages by their code, and the names that people call them by.

Codes are ISO 639-1, and 639-3 where it has none ("bfi" is British Sign Language). The
list is of those spoken or signed most in England (Census of 2021, main language), with
the other old languages of these islands; what is not on it keeps its code.
"""

import re
from functools import lru_cache

NAMES = {
    "am": "Amharic", "ar": "Arabic", "bfi": "British Sign Language", "bg": "Bulgarian",
    "bn": "Bengali", "ckb": "Sorani Kurdish", "cs": "Czech", "cy": "Welsh",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Farsi",
    "fr": "French", "ga": "Irish", "gd": "Gaelic", "gu": "Gujarati", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "ig": "Igbo", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian",
    "ml": "Malayalam", "nan": "Hokkien", "ne": "Nepali", "nl": "Dutch", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "rom": "Romani",
    "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sn": "Shona",
    "so": "Somali", "sq": "Albanian", "sw": "Swahili", "syl": "Sylheti", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "wo": "Wolof", "yi": "Yiddish",
    "yo": "Yoruba", "yue": "Cantonese", "zh": "Chinese",
}  # fmt: skip

ALIASES = {
    "bsl": "bfi", "sign language": "bfi", "mandarin": "zh", "persian": "fa",
    "filipino": "tl", "bangla": "bn", "panjabi": "pa", "romany": "rom",
    "sorani": "ckb", "kurmanji": "ku", "eng": "en", "cym": "cy", "pol": "pl",
}  # fmt: skip
"""Other names and codes of the same. BSL is not ISO's "bsl", but it is what people say."""

_NAMED = {name.casefold(): code for code, name in NAMES.items()} | ALIASES
CODE = re.compile(r"[a-z]{2,3}")


@lru_cache(maxsize=1024)
def code_of(said: str) -> str:
    """Give the code of a language by its name or its code; as it was said if unknown.

    >>> code_of("Polish"), code_of(" BSL "), code_of("en-GB"), code_of("Klingon")
    ('pl', 'bfi', 'en', 'klingon')
    """
    typed = " ".join(said.casefold().split())
    first = typed.split("-")[0]
    return (
        _NAMED.get(typed) or _NAMED.get(first) or (first if first in NAMES else typed)
    )


def name_of(code: str) -> str:
    """Give the name of a language by its code, or the code where we know no name.

    >>> name_of("bfi"), name_of("bsl"), name_of("xx")
    ('British Sign Language', 'British Sign Language', 'xx')
    """
    return NAMES.get(code_of(code), code)


def is_code(text: str) -> bool:
    """Say whether a text has the shape of a code.

    >>> is_code("pl"), is_code("klingon")
    (True, False)
    """
    return CODE.fullmatch(text) is not None
