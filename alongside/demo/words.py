"""What the invented people say and write."""

from __future__ import annotations

PIN = "2468"
"""What residents of the demo open their own pages with."""

PROGRESS = (
    "Rang the council about the form and got a reference number.",
    "Has been up before nine on four days this week.",
    "Cooked twice for the corridor and wrote the recipe down.",
    "Opened the post with me. Two letters were old and could go.",
    "Went to the GP alone and came back with a plan.",
    "Paid the service charge on the day, third time running.",
    "Started the computer course; the first lesson was easier than feared.",
    "Met the housing officer and asked good questions.",
    "Walked to the park most evenings and says that sleep is better for it.",
)
PROBLEMS = (
    "Money is short until the first of the month.",
    "The noise on the landing keeps waking people.",
    "A letter about old arrears came and it was a bad day.",
    "Missed the dentist because the bus was late; booked again.",
    "Nothing today.",
    "Worried about court. We went through what will happen.",
    "Fell out with a friend over the washing-up; they talked.",
)
ACHIEVEMENTS = (
    "Six weeks without missing a workshop.",
    "Rang their sister for the first time this year.",
    "Kept to the budget and has £12 left over.",
    "Nothing today.",
    "Helped a new arrival find the launderette.",
    "Finished the form without any help at all.",
    "Said no when it would have been easier to say yes.",
)
OWN_WORDS = (
    "It was all right. I said what I wanted to say.",
    "I want to do the next bit on my own.",
    "Better than last week.",
    "",
    "",
)
NOTES = (
    ("informal", "Talked on the stairs. In good spirits, asked about the football."),
    ("informal", "Came to the office for a stamp and stayed to talk about work."),
    ("phone", "Rang from the job centre: the appointment went well."),
    ("encouragement", "Told them how much tidier the room looks. A big smile."),
    ("agency", "Spoke to the benefits adviser, who will write by Friday."),
    ("night", "Up at two, could not sleep. Tea in the lounge, back to bed at three."),
    ("observation", "Up and dressed before the fire test, joked about the noise."),
    ("family", "Mum rang; passed on the message and said they may call back on Sunday."),
    ("health", "Asked about the new tablets. Rang the pharmacy together."),
    ("informal", "Helped set the tables without being asked."),
)
GOALS = (
    ("I want my own front door.", "4.1", "A tenancy that I can keep", "Good with neighbours"),
    ("I want to sleep through the night.", "1.8", "Seven hours most nights", "Likes to walk"),
    ("I want to stop owing money.", "2.6", "A budget that works", "Honest about money"),
    ("I want to see my kids more.", "3.2", "A visit every second week", "A patient listener"),
    ("I want a job that I can walk to.", "5.2", "Paid work, part time to begin with",
     "Turns up on time"),
    ("I want my teeth sorted out.", "1.4", "No more toothache", "Asks when unsure"),
)  # fmt: skip
ACTIONS = (
    ("Register with the GP on Mill Lane", "1.12"),
    ("Bring last month’s bank statement to the session", "2.6"),
    ("Ring the housing register and ask about the band", "4.5"),
    ("Cook one meal from the recipe book", "2.5"),
    ("Go to the Tuesday walking group", "1.8"),
    ("Write down what I spend for one week", "4.7"),
    ("Ask the dentist for a check-up", "1.4"),
    ("Send three job applications", "5.2"),
    ("Ring my sister on Sunday", "3.2"),
    ("Come to the workshop and stay to the end", "5.4"),
    ("Open every letter on the day it comes", "2.7"),
    ("Make a list of what I need for a flat", "4.4"),
    ("Keep the room ready for the weekly check", "2.1"),
    ("Talk to the drug and alcohol worker", "1.6"),
)
WORKSHOPS = (
    "Money that lasts the month", "Cooking for one", "Neighbours and noise", "Reading a tenancy",
    "Sleep", "Saying no", "Using the library computers", "Job letters", "First aid",
    "Fixing small things", "Staying safe online", "Who can help me",
)  # fmt: skip
REFERRERS = (
    ("Harbour Outreach", "L. Quill"),
    ("City Council Housing Options", "duty officer"),
    ("Northgate Prison, resettlement", "P. Osgood"),
    ("St Brigid’s Hospital, discharge team", "K. Amadi"),
    ("Riverside Night Shelter", "T. Blum"),
)
LAST_SLEPT = ("a doorway", "a friend’s sofa", "the night shelter", "the car", "a tent by the canal")
STROKES = (
    "M40 120 C 90 20, 120 190, 170 90 S 250 60, 290 120 S 380 160, 430 80",
    "M50 100 C 80 160, 130 40, 160 110 S 230 150, 270 70 S 340 90, 400 120",
    "M60 80 L 90 140 L 120 70 C 160 30, 190 170, 240 100 S 330 60, 420 110",
)
