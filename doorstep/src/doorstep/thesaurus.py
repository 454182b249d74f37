"""What residents say, beside what directories call it.

"My hands miss it" and "woodwork for men and women" share no word and, to the model,
little meaning. Where a person's words have a phrase on the left, the words on the
right are added for the match; nothing of what they said is taken away. Plain data, in
lower case, a phrase ending in * standing for every word that begins so. A council
adds the words of its own place; the table is printed with the rules.
"""

from collections.abc import Mapping

from doorstep.words import contains_any

ALSO: Mapping[tuple[str, ...], str] = {
    # making and mending
    ("joiner*", "carpent*", "woodwork*", "my hands", "with my hands", "fix things", "mend*",
     "shed", "tools", "fettle*"): "woodwork, making and repairing in a workshop, men in sheds",
    ("engineer*", "fitter", "loco*", "railway*", "steam", "machinist", "mechanic"):
        "restoring engines, trams, buses and vehicles, engineering heritage",
    ("boat*", "canal*", "narrowboat*"): "canal boats and their restoration",
    ("sew*", "knit*", "crochet*", "stitch*"): "sewing, knitting and crafts",
    ("bake", "baking", "cook*", "recipes"): "baking and cooking for others, a community cafe",
    ("draw*", "paint*", "watercolour*", "sketch*", "pottery"): "art, painting and drawing",
    ("camera", "photo*", "film*"): "photography, film and video",
    ("writing", "stories", "poem*", "poet*"): "creative writing workshops",
    # music and stage
    ("sing", "singing", "sang", "choir", "carols"): "choir, choral society, singing",
    ("cornet", "trombone", "trumpet", "brass", "euphonium", "pit band"): "brass band",
    ("guitar", "drums", "piano", "clarinet", "flute"): "playing music together, orchestra or band",
    ("am-dram", "acting", "stage", "theatre", "panto*"): "amateur drama, theatre group, plays",
    ("danc*", "waltz", "ballroom", "jive"): "dancing, social dance classes",
    # company
    ("brew", "cuppa", "natter", "chat", "quiet house", "house is", "on my own", "lonely",
     "don't know a soul", "don't know anyone", "company", "meet people", "meet folk"):
        "meeting people, a social club, coffee and talk, making friends",
    ("doesn't get out", "housebound", "stuck in", "can't get out", "on her own", "on his own"):
        "befriending visits for older people, company at home",
    ("dominoes", "cards", "snooker", "darts", "whist"): "indoor games and a social club",
    ("learn italian", "learn french", "learn spanish", "languages", "learn something"):
        "learning with other adults, university of the third age study groups",
    ("retired", "finished work", "since i retired"): "activities for retired people",
    # body
    ("knees", "hips", "arthritis", "gentle", "keep moving", "stiff", "doctor says"):
        "gentle exercise, low impact, tai chi, exercise in water",
    ("fell", "fall", "falls", "unsteady", "balance", "lost my confidence"):
        "falls prevention, strength and balance, confidence to get out",
    ("get fit", "lose weight", "overweight", "big lass", "big lad", "unfit"):
        "beginners' exercise, walking, friendly fitness for all abilities",
    ("swim", "swimming"): "swimming",
    ("walk", "walking", "stroll", "ramble*"): "walking group, walks for health",
    ("kickabout", "football", "goalie", "footy"): "football for adults, walking football",
    ("meditat*", "calm", "mindful*"): "meditation, yoga, relaxation",
    ("bike", "cycling", "cycle"): "cycling",
    # outdoors and animals
    ("soil", "garden*", "allotment*", "grow veg*", "fresh air", "planting"):
        "gardening, growing vegetables, looking after a park",
    ("birds", "bats", "owls", "hedgehogs", "wildlife", "nature"):
        "wildlife and nature conservation outdoors",
    ("dog", "dogs", "cats", "animals"): "animal rescue, caring for animals",
    ("stars", "planets", "telescope", "night sky"): "astronomy",
    # past and place
    ("history", "old buildings", "old photos", "heritage"):
        "local history society, heritage, museums",
    ("family tree", "ancestors", "genealogy"): "family history and genealogy",
    ("served", "army", "navy", "raf", "forces", "veteran*"): "veterans, ex-service people",
    # being useful
    ("van", "run folk", "drive people", "run people", "give lifts", "my car"):
        "volunteer drivers taking people to appointments, transport",
    ("biker", "motorbike", "motorcycl*"): "volunteer motorcycle couriers",
    ("little ones", "learn to read", "dinner lady", "help in school"):
        "volunteering with children in schools, reading",
    ("homeless*", "rough sleep*"): "feeding and clothing homeless people",
    # hard times
    ("debt*", "bills", "letters i", "owe", "bailiff*", "benefits", "rent"):
        "advice on debt, benefits and money",
    ("no food", "food in", "hungry", "skint"): "food bank, emergency food",
    ("frightened", "scared of him", "scared of her", "shouts at me", "hits me"):
        "domestic abuse support and advice",
    ("feeling low", "feel low", "flat", "depress*", "fed up", "finished at work"):
        "wellbeing and mental health groups, someone to talk to",
    ("don't speak", "fell out", "fallen out", "not speaking"):
        "family relationship counselling and mediation",
    ("need work", "out of work", "a job", "unemployed"): "help to find work, training, skills",
    ("computer*", "internet", "online", "laptop"): "basic computer classes",
    ("my english", "much english", "learn english", "speak english"):
        "English classes for speakers of other languages",
    ("dementia", "alzheimer*"): "dementia support, day care",
    ("carer", "run ragged", "caring for", "need a break", "look after my"):
        "support and breaks for carers",
    ("gone deaf", "can't hear", "hearing"): "hearing loss, lip reading, deaf people",
    ("sight", "going blind", "can't see"): "blind and partially sighted people",
    ("can't drive", "cant drive", "can't walk far", "bus"): "door to door accessible transport",
    ("sober", "drinking", "drugs"): "recovery from drink and drugs",
    ("wheelchair",): "accessible activities for disabled people",
    # young
    ("twins", "new mum", "a mum", "yung mum", "young mum", "new baby"):
        "support for parents of young children, parent and toddler group",
    ("i'm 14", "i'm 15", "i'm 16", "i'm 17", "teenager*"):
        "youth club, adventure and activities for young people",
    ("left care", "in care"): "support for young care leavers",
    ("grandson", "granddaughter", "for my son", "for my daughter", "our lad", "our lass"):
        "activities for children",
}  # fmt: skip


def also(words: str) -> tuple[str, ...]:
    """Give what directories call the things that somebody's words name.

    >>> also("I'd love a kickabout")
    ('football for adults, walking football',)
    """
    text = words.lower().replace("’", "'")
    return tuple(
        meant for phrases, meant in ALSO.items() if contains_any(text, phrases)
    )
