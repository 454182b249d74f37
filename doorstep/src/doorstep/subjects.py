"""What a listing may be about that is not for everybody to be shown.

A tender subject (grief, abuse, addiction) is shown only to somebody whose own words
raise it: never because a wife or a neighbour was named, and never after "I don't
want". A listing for some people (children, women, one faith) stands lower for those
whose words do not say they belong, with a caution to ask. Nothing is worked out about
who a person is: only what they themselves said counts, and only while it is asked.

The table is plain data, in phrases of lower case; one ending in * stands for every
word that begins so. It is printed on the public page of rules as it stands here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from doorstep.words import contains_any


@dataclass(frozen=True)
class Subject:
    """One subject: how it is known in a listing, and which words raise it.

    `is_tender`: left out unless raised. `is_apart`: the same, for what is plainly for
    others (children, say) and not for what hurts. Anything else stands lower unless
    raised, and is told as "It is for {whom}". A subject that a person wants to avoid
    is left out in any case.
    """

    name: str
    whom: str
    in_listing: tuple[str, ...]
    raised_by: tuple[str, ...]
    unless_listing: tuple[str, ...] = ()
    is_tender: bool = False
    is_apart: bool = False


def _same(name: str, whom: str, *phrases: str, also: tuple[str, ...] = ()) -> Subject:
    return Subject(name, whom, phrases, phrases + also)


_LOST = tuple(
    f"lost {whose} {whom}"
    for whose in ("my", "me", "our")
    for whom in (
        "husband", "wife", "partner", "mum", "mam", "mother", "dad", "father", "son",
        "daughter", "brother", "sister", "baby", "friend", "lad", "lass", "nan", "grandad",
    )
)  # fmt: skip

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "grief",
        "people who have lost someone",
        (
            "bereav*", "grief", "griev*", "widow*", "funeral*", "burial*", "loved one",
            "after a death", "after a loss", "partner has died", "lost your other half",
        ),
        (
            "bereav*", "grief", "griev*", "widow*", *_LOST,
            "passed away", "died", "funeral", "miscarr*", "stillb*",
            *(f"{since} {they} {left}" for since in ("since", "after")
              for they in ("he", "she") for left in ("went", "passed", "died")),
        ),
        is_tender=True,
    ),
    Subject(
        "abuse",
        "people who have been hurt by someone",
        ("abused", "domestic abuse", "violence", "rape*", "sexual*", "abusive"),
        (
            "abus*", "hits me", "hit me", "hurts me", "shouts at me", "frighten*",
            "scared of", "afraid of", "rape*", "assault*", "violen*", "controls me",
            "not safe", "unsafe", "scared to go home",
        ),
        is_tender=True,
    ),
    Subject(
        "despair",
        "people in despair",
        ("suicid*", "despair", "samaritans", "self-harm*"),
        (
            "suicid*", "despair", "end it all", "kill myself", "self-harm*",
            "no point going on", "don't want to be here", "want to die",
        ),
        is_tender=True,
    ),
    Subject(
        "addiction",
        "people getting over drink or drugs",
        ("addict*", "substance misuse", "drug*", "alcohol*", "rehabilitation"),
        ("sober", "drinking too", "drink problem", "addict*", "drugs", "alcohol*", "rehab"),
        is_tender=True,
    ),
    Subject(
        "prison",
        "people who have been in prison",
        ("offender*", "ex-offend*", "prison*", "probation"),
        ("prison", "jail", "probation", "offen*", "sentence"),
        is_tender=True,
    ),
    Subject(
        "homelessness",
        "people without a home",
        ("homeless*", "rough sleep*", "those on the margins"),
        ("homeless*", "sleeping rough", "nowhere to live", "evict*", "sofa surf*"),
        is_tender=True,
    ),
    Subject(
        "going without",
        "people who go without",
        ("foodbank*", "food bank*", "emergency food", "food parcel*", "clothing"),
        (
            "no food", "food bank*", "foodbank*", "hungry", "skint", "can't afford",
            "food in", "no money", "homeless*", "not eaten",
        ),
        is_tender=True,
    ),
    Subject(
        "dying",
        "people near the end of life",
        ("hospice*", "palliative", "end of life", "life limiting"),
        ("dying", "terminal*", "hospice", "palliative", "months to live"),
        is_tender=True,
    ),
    Subject(
        "cancer",
        "people with cancer",
        ("cancer*",),
        ("cancer", "chemo*", "tumour*", "oncolog*"),
        is_tender=True,
    ),
    Subject(
        "seeking refuge",
        "people seeking refuge",
        ("asylum*", "refugee*", "immigration"),
        ("asylum*", "refugee*", "immigration", "home office", "visa"),
        is_tender=True,
    ),
    Subject("HIV", "people with HIV", ("hiv",), ("hiv",), is_tender=True),
    Subject(
        "low spirits",
        "people in low spirits",
        (
            "mental health", "mental ill*", "mental distress", "emotional distress",
            "counselling", "depress*", "anxiety", "psychological*",
        ),
        (
            "feeling low", "feel low", "so low", "depress*", "anxi*", "counsel*", "mental*", "feel flat", "feeling flat", "just flat", "can't cope",
            "nerves", "panic*", "someone to talk to", "don't speak", "fall out",
        ),
        unless_listing=("learning disab*",),
    ),
    Subject(
        "memory",
        "people with dementia and those who look after them",
        ("dementia", "alzheimer*"),
        ("dementia", "alzheimer*", "forget*", "memory"),
        unless_listing=("over 50", "over 50s"),
    ),
    Subject(
        "care home",
        "people who live there",
        ("residential care", "accommodation of elderly", "nursing care", "care home"),
        ("care home", "nursing home", "sheltered", "residential"),
        is_apart=True,
    ),
    Subject(
        "disability",
        "disabled people",
        (
            "learning disab*", "learning disabilities", "with disabilities", "autis*",
            "disabled people", "disabled", "have disabilities", "down's", "spina bifida",
            "disabling", "disability", "disablement", "dyslexi*",
        ),
        (
            "disab*", "autis*", "wheelchair", "stroke", "down's", "special needs",
            "learning diff*", "dyslexi*",
        ),
        unless_listing=("regardless of", "with and without", "young and old"),
        is_apart=True,
    ),
    Subject(
        "hearing",
        "people hard of hearing",
        ("deaf*", "hearing loss", "hard of hearing", "lip reading"),
        ("deaf*", "hearing", "can't hear", "hear well", "hard of hearing"),
    ),
    Subject(
        "sight",
        "people with little sight",
        ("blind*", "visually*", "sight loss", "partially sighted"),
        ("blind*", "sight*", "eyes", "can't see"),
    ),
    Subject(
        "illness",
        "people with an illness",
        ("patients", "sufferers", "epilepsy", "eczema", "kidney", "heart or vascular"),
        ("heart", "epilep*", "eczema", "kidney", "illness", "condition", "diabet*"),
    ),
    Subject(
        "long illness",
        "people with a long illness, and who is close to them",
        (
            "parkinson*", "prostate", "fibro*", "fatigue", "long covid", "menopause",
            "stroke*", "copd", "arthritis",
        ),
        (
            "parkinson*", "prostate", "fibro*", "fatigue", "covid", "menopause", "stroke",
            "copd", "arthritis", "diagnos*",
        ),
    ),
    Subject(
        "later life",
        "older people",
        (
            "older people", "older adults", "elderly", "over 50*", "over 60*", "over 65*",
            "pensioner*", "age concern", "age uk",
        ),
        (
            "old", "older", "retire*", "pension*", "grand*", "widow*", "knees",
            "years ago", "used to", "my wife", "my husband", "mum", "mam", "dad",
        ),
    ),
    Subject(
        "attention",
        "people with ADHD or autism",
        ("adhd", "neurodiver*", "body-doubling", "late diagnosed"),
        ("adhd", "neurodiver*", "autis*", "concentrat*", "diagnos*"),
    ),
    Subject(
        "caring",
        "people who look after somebody",
        ("carers", "carer", "carers'", "caring for"),
        (
            "carer*", "caring for", "look after", "looking after", "care for", "dementia",
            "run ragged", "need a break", "got parkinson*", "my husband's", "my mum's",
        ),
    ),
    Subject(
        "children",
        "children and young people",
        (
            "children", "young people", "scout*", "playgroup*", "pre-school", "preschool",
            "pre school", "toddler*", "youth", "pupils", "boys and girls", "girls",
            "11-15 years", "ages 5+", "school children", "babies", "parents", "kids",
            "childmind*", "guides", "cadets", "care leavers", "saturday school",
            "duke of edinburgh",
        ),
        (
            "child*", "kids", "son", "daughter", "grandson", "granddaughter", "lad",
            "grandchild*", "little ones", "baby", "twins", "toddler*", "teenager",
            "i'm 12", "i'm 13", "i'm 14", "i'm 15", "i'm 16", "i'm 17", "i'm 18",
            "i'm 19", "left care", "teenage*", "a mum", "young mum", "new mum",
            "yung mum", "school",
        ),
        unless_listing=(
            "adult*", "all ages", "older", "over 50*", "over 60*", "anyone aged",
            "elderly", "everyone", "volunteering",
        ),
        is_apart=True,
    ),
    Subject(
        "small children",
        "small children and those who look after them",
        (
            "playgroup*", "pre-school*", "preschool*", "pre school*", "toddler*", "babies",
            "under 5*", "under five*", "childmind*", "nursery", "breastfe*", "pregnan*",
            "postnatal", "antenatal", "multiple births",
        ),
        (
            "baby", "babies", "twins", "toddler*", "little ones", "my kids", "children",
            "grandson", "granddaughter", "grandchild*", "a mum", "young mum", "new mum",
            "yung mum", "pregnant", "expecting", "breastfe*", "nursery",
        ),
        unless_listing=("adult learners", "all ages", "over 50*", "over 60*", "elderly"),
        is_apart=True,
    ),
    Subject(
        "women",
        "women",
        ("women", "womens", "ladies", "female*"),
        ("women", "woman", "ladies", "lass", "girls", "mum", "husband", "wi"),
        unless_listing=("women and men", "women, men", "men and women"),
    ),
    Subject(
        "men",
        "men",
        ("male voice", "men's", "mens", "male members"),
        ("men", "man", "lads", "bloke*", "male", "widower"),
        unless_listing=("women",),
    ),
    Subject(
        "armed forces",
        "people who served, and their families",
        ("veterans", "ex-forces", "ex-service*", "armed forces"),
        (
            "veteran*", "army", "navy", "raf", "forces", "soldier*", "regiment", "served",
            "squaddie*", "national service",
        ),
    ),
    _same("LGBT+", "lesbian, gay, bisexual and trans people",
          "lesbian*", "gay", "bisexual*", "transgender", "lgbt*", also=("queer", "trans")),
    _same("Christian faith", "Christians",
          "christian*", "church*", "gospel", "bible", "methodist", "quaker*", "worship",
          also=("chapel", "faith", "religio*", "jesus")),
    _same("Muslim faith", "Muslims", "muslim*", "islam*", "mosque", "quran", also=("faith", "religio*")),
    _same("Jewish faith", "Jewish people",
          "jewish", "synagogue", "kosher", "hebrew", also=("jew", "faith", "religio*")),
    _same("Hindu faith", "Hindus", "hindu*", "puja", "jain", also=("faith", "religio*")),
    _same("Sikh faith", "Sikhs", "sikh*", "gurdwara", also=("faith", "punjabi", "religio*")),
    _same("Buddhist faith", "Buddhists", "buddhis*", "dharma", also=("meditat*", "faith", "religio*")),
    _same("Chinese", "Chinese people",
          "chinese", "mandarin", "cantonese", also=("hong kong", "china")),
    _same("Polish", "Polish people", "polish", also=("poland", "polsk*")),
    _same("Irish", "Irish people", "irish", "gaelic", also=("ireland",)),
    _same("South Asian", "South Asian people",
          "pakistan*", "asian*", "indian", "bengali*", "bangladesh*", "malayalee*",
          "hindi", also=("urdu", "punjabi", "india", "sikh", "muslim", "hindu")),
    _same("African and Caribbean", "African and Caribbean people",
          "afro-caribbean", "caribbean people", "african", "black", also=("jamaica*",)),
    _same("another homeland", "people from one country",
          "yemen*", "somali*", "finnish", "dutch", "flemish", "german", "bosnian",
          "alevi*", "ogaden", also=("yemen", "somalia", "finland", "germany", "turkish")),
)  # fmt: skip


def about(listing: str) -> int:
    """Give the subjects a listing is about, as bits in the order of SUBJECTS."""
    text = listing.lower().replace("’", "'")
    return _bits(
        number
        for number, subject in enumerate(SUBJECTS)
        if contains_any(text, subject.in_listing)
        and not contains_any(text, subject.unless_listing)
    )


def raised(words: str) -> int:
    """Give the subjects that somebody's own words raise, as bits."""
    text = words.lower().replace("’", "'")
    return _bits(
        number
        for number, subject in enumerate(SUBJECTS)
        if contains_any(text, subject.raised_by)
    )


def named(bits: int) -> tuple[Subject, ...]:
    """Give the subjects of some bits."""
    return tuple(s for number, s in enumerate(SUBJECTS) if bits >> number & 1)


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


UNLESS_RAISED = _bits(
    number for number, s in enumerate(SUBJECTS) if s.is_tender or s.is_apart
)
"""The bits of the subjects that are left out unless raised."""


def others_of_a_group(raised_bits: int) -> int:
    """Give the faiths other than those raised, and the homelands other than those.

    Somebody who names one is not to be sent to another.
    """
    others = 0
    for group in (FAITHS, HOMELANDS):
        if raised_bits & group:
            others |= group & ~raised_bits
    return others


def bit(name: str) -> int:
    """Give one subject's bit by its name."""
    return _bits(number for number, s in enumerate(SUBJECTS) if s.name == name)


FAITHS = _bits(number for number, s in enumerate(SUBJECTS) if s.name.endswith(" faith"))
HOMELANDS = (
    bit("Chinese")
    | bit("Polish")
    | bit("Irish")
    | bit("South Asian")
    | bit("African and Caribbean")
    | bit("another homeland")
)
"""The bits of the faiths, and of where people or their parents come from."""
