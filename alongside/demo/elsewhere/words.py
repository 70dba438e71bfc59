"""What is said and written at the second organisation, in each service's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences to take turns with. `{name}` is the person."""

    headings: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    form: tuple[str, ...]
    goals: tuple[str, ...]
    actions: tuple[str, ...]
    voice: tuple[str, ...]
    review: tuple[str, ...]
    own_words: tuple[str, ...] = ("",)


AOTEAROA = Said(
    headings=(
        "{name} rang her aunty herself. Proud of it.",
        "The rent history is the barrier; we wrote to the old landlord together.",
        "Slept well for the first time in weeks. Wants to get back to the marae on Sunday.",
        "Registered with the doctor. Next, the housing register: one paper is missing.",
        "Cooked kai for the table last night. Budget for the week is done.",
    ),
    notes=(
        ("informal", "Cuppa in the lounge. {name} talked about home and who is there."),
        ("food", "Helped set the table, and stayed for the kōrero afterwards."),
        ("housing", "Looked at three places on the screen together; one is worth a viewing."),
        ("phone", "Rang from the bus: the appointment went fine."),
    ),
    form=("Talked it through together; nothing to worry about today.",
          "All four walls looked at. What helps: a walk, a call to whānau.",
          "Agreed on the day before. The room is warm and tidy."),
    goals=("A whare of my own, near my mokopuna", "Be back with my whānau at the weekends",
           "Keep my mind steady"),
    actions=("Send the last paper to the housing register", "Ring the doctor about the tablets",
             "Go to the budgeting hour on Thursday", "Walk to the moana with Aunty on Sunday"),
    voice=("A door that is mine and a place for my mokopuna.", "To be well, and to be home."),
    review=("Steady steps; the barrier is the paper from the old landlord.",
            "The plan holds. Two viewings before we meet again."),
    own_words=("I feel lighter.", "Ka pai, but the waiting is hard.", ""),
)  # fmt: skip

SUPPORTED = Said(
    headings=(
        "{name} paid the electricity by phone without help.",
        "Asked for a quieter evening; we moved the visit to five.",
        "The new kettle is easier to hold. Tea for two.",
        "Wants to go to the library again, by bus this time.",
    ),
    notes=(
        ("home_visit", "Dinner was on the table. {name} showed me the seedlings on the sill."),
        ("informal", "Talked on the landing about Saturday’s market."),
        ("phone", "Rang to say the plumber came."),
    ),
    form=("Everybody gives the same help in the same way; one note about mornings.",
          "Asked, listened, and written down as it was said.",
          "Nothing has changed since last time."),
    goals=("Manage my own front door", "See my sister every week", "Get about on my own"),
    actions=("Try the bus to the library with Jude", "Put the bin day on the calendar",
             "Ask the landlord about the handrail"),
    voice=("My own place, my own time.", "People who knock and wait."),
    review=("The plan still fits; more on getting out by herself.",),
    own_words=("I chose it.", ""),
)  # fmt: skip

CHILDREN = Said(
    headings=(
        "{name} got through the whole week of maths without walking out.",
        "Missed the call with home on Wednesday and was low about it.",
        "Climbing again on Saturday; wants to bring a friend.",
        "Sleep is better with the landing light on.",
        "Talked about the visit next week and what might be hard about it.",
    ),
    notes=(
        ("morning", "Up on the second call, porridge, bag packed. Cheerful."),
        ("evening", "Worried about tomorrow’s meeting. Sat on the stairs and talked it through."),
        ("day", "Football after school; {name} scored and told everybody."),
        ("emotional_support", "Upset after a phone call. Needed quiet, then cards, then supper."),
    ),
    form=("A good week at school, one hard evening, a nice visit from Nan.",
          "Asked {name} first; said it can be shared.", "All there and up to date."),
    goals=("Stay in the climbing club", "See Nan and my brother every month",
           "Get my maths sorted"),
    actions=("Ask school about the quiet room", "Ring Nan on Sunday",
             "Choose the paint for my room", "Go to the dentist with Sophie"),
    voice=("I want to see my brother more.", "I want people to tell me before things change."),
    review=("The plan is still about {name}; the visits with family are the part to work on.",),
    own_words=("It was alright. The climbing bit was good.", "Didn’t want to talk much.", ""),
)  # fmt: skip

CARE = Said(
    headings=(
        "{name} cooked with Lorna and ate at the table.",
        "Breathless on the stairs; the surgery is told.",
        "Wants the window seat back. Moved the chair together.",
        "Sorted the letters; one from the council needs an answer.",
    ),
    notes=(
        ("personal_care", "Help with a bath as agreed. {name} washed their own hair."),
        ("nutrition", "Ate half of lunch, drank well."),
        ("informal", "Chatted about the old bakery while folding the washing."),
    ),
    form=("Checked line by line; right.", "Agreed with {name}, in their words.",
          "Counted by two; it agrees."),
    goals=("Keep well enough to stay in my flat", "Get to chapel on Sundays"),
    actions=("Ask the surgery for a review of the tablets", "Try the walking frame outside"),
    voice=("I want to be asked, not told.", "My own bed, as long as I can."),
    review=("Needs have changed a little: more help in the mornings.",),
    own_words=("They listen.", ""),
)  # fmt: skip

BY_PACK = {
    "aotearoa-transitional": AOTEAROA,
    "supported-living": SUPPORTED,
    "childrens-home": CHILDREN,
    "coordinated-care": CARE,
}
