"""Languages by their codes (ISO 639-1, else 639-3) and by what people call them. Pure."""

NAMES = {
    "ar": "Arabic",
    "bfi": "British Sign Language",
    "bn": "Bengali",
    "bsl": "British Sign Language",
    "cy": "Welsh",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Farsi",
    "fr": "French",
    "gu": "Gujarati",
    "hi": "Hindi",
    "hu": "Hungarian",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "ne": "Nepali",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sk": "Slovak",
    "so": "Somali",
    "ti": "Tigrinya",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "wo": "Wolof",
    "yo": "Yoruba",
    "zh": "Chinese",
}
# "bsl" is what people write; the standard's code for it is another
STANDARD = {"bsl": "bfi"}
OURS = {"bfi": "bsl"}
CODES = {name.casefold(): OURS.get(code, code) for code, name in NAMES.items()}
CODES |= {code: OURS.get(code, code) for code in NAMES}


def code(words: str) -> str:
    """Give the code of a language by its name or code, "" where it is not known."""
    return CODES.get(words.strip().casefold(), "")


def name(given: str) -> str:
    """Give what a language is called; a code that we do not know as it is."""
    return NAMES.get(given, given)
