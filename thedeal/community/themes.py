"""Which of our own themes a search was about: all that is kept of its words. Pure.

Somebody may type a name or an illness into a search, so that the words themselves are
never kept: only a theme of this list, or that it was something else.
"""

import re

SOMETHING_ELSE = "something else"
# theme: the beginnings of words that tell of it
THEMES: dict[str, tuple[str, ...]] = {
    "art and making": ("art", "craft", "paint", "pottery", "draw", "ceramic"),
    "sewing and knitting": ("sew", "knit", "crochet", "quilt", "stitch"),
    "singing": ("sing", "choir", "karaoke"),
    "playing music": ("music", "guitar", "ukulele", "brass", "drum", "piano", "band"),
    "dancing": ("danc", "ballroom", "zumba", "salsa", "ceilidh"),
    "walking": ("walk", "rambl", "hik", "stroll"),
    "running": ("run", "jog", "parkrun"),
    "cycling": ("cycl", "bike", "biking"),
    "swimming": ("swim", "aqua"),
    "football": ("football", "soccer"),
    "bowls and darts": ("bowls", "bowling", "dart", "snooker", "pool", "domino"),
    "other sport": ("sport", "badminton", "tennis", "cricket", "rugby", "netball"),
    "martial arts": ("judo", "karate", "boxing", "taekwondo", "kabaddi"),
    "yoga and tai chi": ("yoga", "tai", "pilates", "stretch"),
    "keep fit": ("fit", "gym", "exercise", "aerobic", "strength", "balance"),
    "gardening": ("garden", "allotment", "plant", "grow"),
    "nature and birds": ("nature", "bird", "wildlife", "conservation", "wood"),
    "fishing": ("fish", "angl"),
    "animals": ("dog", "cat", "animal", "horse", "pigeon"),
    "cooking": ("cook", "bak", "recipe"),
    "a meal together": ("lunch", "meal", "dinner", "supper", "breakfast", "food"),
    "a brew and a chat": ("tea", "coffee", "brew", "chat", "company", "friend"),
    "games and cards": ("game", "card", "chess", "bridge", "bingo", "quiz", "whist"),
    "books and writing": ("book", "read", "writ", "poet", "librar"),
    "history": ("histor", "heritage", "archive", "genealog"),
    "films and theatre": ("film", "cinema", "theatre", "drama", "act"),
    "photography": ("photo", "camera"),
    "mending and sheds": ("shed", "repair", "mend", "wood", "joiner", "tool"),
    "computers and phones": ("computer", "digital", "phone", "tablet", "internet"),
    "learning": ("course", "class", "learn", "lesson", "english", "maths", "esol"),
    "work and volunteering": ("job", "work", "volunteer", "cv"),
    "money and advice": ("money", "debt", "benefit", "advice", "rent", "housing"),
    "babies and toddlers": ("bab", "toddler", "play", "pram", "mum", "dad"),
    "children": ("child", "kid", "scout", "brownie", "cub", "rainbow"),
    "young people": ("teen", "youth", "young"),
    "older people": ("older", "senior", "pension", "over"),
    "men": ("men", "lads"),
    "women": ("women", "ladies", "wi"),
    "faith": ("church", "faith", "mosque", "prayer", "worship", "temple"),
    "carers": ("carer", "caring"),
    "memory and dementia": ("memory", "dementia", "alzheimer"),
    "grief": ("grief", "bereave", "loss", "widow"),
    "mind and mood": ("mental", "anxi", "depress", "mood", "wellbeing", "stress"),
    "drink and drugs": ("drink", "alcohol", "drug", "recover", "sober"),
    "disabled people": ("disab", "wheelchair", "deaf", "blind", "autis", "access"),
    "lgbt+": ("lgbt", "gay", "lesbian", "trans", "queer", "pride"),
    "getting about": ("transport", "bus", "lift", "minibus"),
}
EXACT = 3  # a beginning this short must be the whole word


def theme_of(words: str) -> str:
    """Give the theme that most of the words tell of, or SOMETHING_ELSE; "" for none.

    The first theme in the list wins where two are told of alike.
    """
    typed = re.findall(r"[a-z+]+", words.lower())
    if not typed:
        return ""
    told = {
        theme: sum(_tells(word, beginnings) for word in typed)
        for theme, beginnings in THEMES.items()
    }
    best = max(told, key=lambda theme: told[theme])
    return best if told[best] else SOMETHING_ELSE


def themes_told(words: str) -> frozenset[str]:
    """Give every theme that any of the words tell of; SOMETHING_ELSE is none."""
    typed = re.findall(r"[a-z+]+", words.lower())
    return frozenset(
        theme
        for theme, beginnings in THEMES.items()
        if any(_tells(word, beginnings) for word in typed)
    )


def _tells(word: str, beginnings: tuple[str, ...]) -> bool:
    return any(
        word.startswith(start) and (len(start) > EXACT or _is_form_of(word, start))
        for start in beginnings
    )


def _is_form_of(word: str, start: str) -> bool:
    """Say whether a word is a short one itself, or a usual ending of it."""
    rest = word[len(start) :]
    return rest in ("", "s", "es", "ing", "y", "ies", "e", "er", "ers", "ning", "ting")
