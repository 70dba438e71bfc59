"""What the invented people say and write."""

from __future__ import annotations

PIN = "2468"
"""What residents of the demo open their own pages with."""

PROGRESS = (
    "Rang the council about the form and got a reference number. Wrote it on the fridge.",
    "Up before nine on four days this week.",
    "Cooked twice for the corridor. The dhal went quickly; {name} wrote the recipe down.",
    "Opened the post with me. Two letters were old and could go, one was the PIP date.",
    "Went to the GP alone and came back with a plan.",
    "Paid the service charge on the day, third time running.",
    "Started the computer course; the first lesson was easier than feared.",
    "Met the housing officer and asked good questions. Band B confirmed.",
    "Walks to the park most evenings and says that sleep is better for it.",
    "Got the birth certificate at last. Next is the photo card.",
    "Kept both appointments at the clinic. Bus pass works.",
    "Spoke up at the residents’ meeting about the washing machine.",
    "Bank account is open. The card should come to us by Thursday.",
    "Two weeks without borrowing from anybody on the landing.",
    "Rang the college and has a place on the taster day.",
    "Room check was fine, first time without a reminder.",
    "Took the bus to the job centre alone; used to need one of us along.",
    "Filled in the first page of the housing form before the session.",
)
PROBLEMS = (
    "Money is short until the first of the month. Food parcel agreed for Friday.",
    "The noise on the landing keeps waking {name}. Will raise it with nights.",
    "A letter about old arrears came and it was a bad day.",
    "Missed the dentist because the bus was late; booked again for the 9th.",
    "Nothing today.",
    "Nothing today.",
    "Worried about court. We went through what will happen, and who comes along.",
    "Fell out with a friend over the washing-up; they talked on Sunday.",
    "Universal Credit has a deduction that nobody explained. I will ring them.",
    "Has not slept well since the change of room.",
    "Phone is broken, so calls go through the office until pay day.",
    "Anniversary of a bad thing this week; did not want to say more, and that is fine.",
    "Drank on Saturday. Told me straight away, before anybody asked.",
    "The landlord reference is still missing. Chased twice.",
)
ACHIEVEMENTS = (
    "Six weeks without missing a workshop.",
    "Rang a sister for the first time this year. Twenty minutes.",
    "Kept to the budget and has £12 left over.",
    "Nothing today.",
    "Helped a new arrival find the launderette.",
    "Finished the form without any help at all.",
    "Said no when it would have been easier to say yes.",
    "Cooked for eight on Sunday.",
    "Came to the session on time and with a list.",
    "First payslip.",
    "Went back to five-a-side after three months.",
    "Asked for help before it got bad.",
    "Read a letter from the council aloud and understood all of it.",
)
OWN_WORDS = (
    "It was all right. I said what I wanted to say.",
    "I want to do the next bit on my own.",
    "Better than last week.",
    "I still think the form is stupid but it is done.",
    "Don’t put me down for mornings.",
    "I didn’t think I would get this far.",
    "Can we do the next one outside?",
    "",
    "",
    "",
)
NOTES = (
    ("informal", "Talked on the stairs. In good spirits, asked about the football."),
    ("informal", "Came to the office for a stamp and stayed to talk about work."),
    ("phone", "Rang from the job centre: the appointment went well, next one is in two weeks."),
    ("encouragement", "Told {name} how much tidier the room looks. A big smile."),
    ("agency", "Spoke to the benefits adviser, who will write by Friday."),
    ("night", "Up at two, could not sleep. Tea in the lounge, back to bed at three."),
    ("observation", "Up and dressed before the fire test, joked about the noise."),
    ("family", "Mum rang; passed on the message. {name} will call back on Sunday."),
    (
        "health",
        "Asked about the new tablets. Rang the pharmacy together: one in the morning, with food.",
    ),
    ("informal", "Helped set the tables without being asked."),
    ("informal", "Quiet at breakfast. Said it was just a bad night and went for a walk."),
    ("phone", "Housing Options rang back: the medical evidence has arrived, decision next week."),
    ("outside_visit", "Went along to the bank. ID was accepted this time. Card in five days."),
    (
        "outside_visit",
        "Walked to the dentist together; {name} went in alone and came out grinning.",
    ),
    ("agency", "E-mail from probation: supervision moves to fortnightly. Good news, told {name}."),
    ("night", "Back at 22:40, cheerful, straight to bed. No concerns."),
    ("night", "Television loud at half past twelve. Asked once, turned down at once."),
    (
        "night",
        "Sat in the kitchen until one, about the children. Offered a talk with the day team.",
    ),
    ("observation", "Has not been at the evening meal for three days; plate left in the oven."),
    ("observation", "New coat, haircut, and in a hurry to the interview."),
    ("family", "Brother visited for an hour in the lounge. Calm, both laughing."),
    ("family", "Birthday card came from the youngest. {name} has put it on the door."),
    ("encouragement", "Said well done for going to the college open day in that rain."),
    ("home_visit", "Room visit: window fixed, bed moved to the other wall. Smoke alarm tested."),
    ("home_visit", "Looked at the damp patch together. Reported it to maintenance, ref. 2291."),
    ("other", "Lost the key; found in the laundry bag an hour later. No charge."),
    ("other", "Parcel signed for and handed over."),
    (
        "informal",
        "About the flat viewing on Tuesday: wants one of us to come, just to be there.",
    ),
    ("phone", "No answer from {name} at ten and at two. Text came at four: overslept, sorry."),
    ("informal", "Borrowed the iron for tomorrow. Asked what one wears to a warehouse."),
)
LATE_NOTE = (
    "Met {name} on the bridge on my way home, in the rain. Walked back together. Written two days"
    " later, as I was off."
)
WRONG_NOTE = "Saw {name} at the station on Tuesday at eight, upset about a phone call."
RIGHT_NOTE = "Saw {name} at the station on Monday at eight, upset about a phone call."
CONFIDENTIAL = (
    "Told me something about a diagnosis, and asked that only Grace and I know.",
    "Spoke about what happened at home when small. Does not want it in the plan or talked about.",
    "An ex-partner has been asking around for the address. Nights know not to confirm anything.",
)
REPORTS = (
    "Moving steadily; more done alone than last month.",
    "A slow month after a quick one. The plan is right, the pace is theirs.",
    "Sessions kept, money still tight. Ready to talk about the next step.",
    "Two setbacks and an honest conversation about both. I am not worried.",
    "Settling in. Trusts two of us so far, which is two more than in the first week.",
)
RISKS = (
    "None that the team does not know.",
    "Low mood around the anniversary; nights are aware.",
    "Old debts may bring somebody to the door. Agreed what we say.",
    "None new.",
)
MISSED = (
    "Slept through it. Talked the day after and found out why mornings are hard.",
    "Was at the hospital with a friend. Rang at noon.",
    "Came an hour late; I was with somebody else by then. We laughed about it.",
    "Did not want to talk this week and said so. Next week is fine.",
)
ASSESSED = (
    "Asks when unsure; good with people.",
    "Notices when others are low, and does something about it.",
    "Never late for work, whatever else is going on.",
    "Handy: fixed two bikes in the yard.",
    "Funny, and stubborn in a good way.",
)
VIEWS = (
    "I am proud of how far this is.",
    "Slower than I want, but it is going the right way.",
    "I want fewer meetings and more doing.",
    "It is fine. I would like the review to be shorter.",
    "First time somebody read it all out to me. I agree with most of it.",
    "I want it written down that I did this without my family.",
)
SUMMARIES = (
    "Went through the month together. Money is the next thing.",
    "Most of the actions are done. We looked at what is left, and left one out.",
    "A good month. Housing form goes in this week.",
    "Talked about the two missed sessions; mornings do not work, afternoons do.",
    "Plan still fits. One goal is nearer than we thought.",
)
DECISIONS = (
    "Ring the housing register about the band",
    "Take the bank statements to the adviser",
    "Ask the college about the evening course",
    "Book the eye test",
    "Write to the old landlord about the deposit",
)
WISHES = (
    ("same_gender", "Would rather talk to a woman."),
    ("no_wish", ""),
    ("language", "Somebody who speaks some Polish would help with the forms."),
    ("named", "Knows them from the night shelter."),
    ("no_wish", "Anybody who does not give up."),
    ("not_asked", ""),
)
REASONS = (
    "Needs a safe place and help with the next step.",
    "Leaving hospital on Monday and has nowhere to go.",
    "Sofa-surfing since the spring; the friend is moving out.",
    "Tenancy ended after a relationship broke down. Working part time.",
    "Release date confirmed. Wants to be away from the old street.",
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
WHY_AGAIN = (
    "Two goals are done and a new one matters more.",
    "The course starts in spring, so the steps change.",
    "What matters has moved on since the last version.",
)
VOICES = (
    ("My own place, and to keep it.", "That it stays this calm."),
    ("To be left in peace, and a job with mornings off.", "To see my kids at Christmas."),
    ("A flat with a window to the water.", "To be well enough to work again."),
    ("To stop looking over my shoulder.", "A dog."),
    ("Someone to talk to who does not write everything down.", "To cook for my sister."),
)
MOVING_ON = (
    "A council flat on this side of the river; on the register since spring, band B.",
    "A room in a shared house near work, once the deposit is saved.",
    "Supported flat first, then we will see. Riverside has a list.",
    "Private rent with the guarantor scheme. Two agencies know me.",
)
QUESTIONS = (
    "Who can go to the housing viewing?",
    "Does anybody know a dentist who takes new patients?",
    "Could nights knock at seven on Tuesdays for the course?",
    "Who knows the benefits adviser well enough to ring?",
)
WITH_COVER = "With cover today, as their key worker was away. It went well."
HOW_TO = "They do it; you sit beside them. Ask first whether now is a good time."
STILL_RIGHT = "Read it through together. It is still what they want."
SAID_OF = {
    "achieved": "Did it. Could not have said that in the spring.",
    "partly": "Half of it. The other half is not up to me.",
    "on_the_way": "It goes on. I can see it from here.",
    "slow": "Slower than I wanted.",
    "parked": "Not now. After Christmas.",
}
SUPPORTED = (
    "Knock, then wait a minute. Do not wake me before nine.",
    "Tell me straight. I do not like it when people go round things.",
    "Sit beside me, not across a table. A walk is better still.",
    "One thing at a time, and write it down for me.",
    "Ask me first before you ring anybody about me.",
)
AT_THE_MEETING = (
    "The kitchen stays open an hour longer at the weekend, on trial until the new year. The laundry"
    " list goes up on the door. Nobody wants the radio in the dining room."
)
IN_SUPERVISION = (
    "The week with three admissions. What went well, and what to drop when it is too much.",
    "A hard goodbye. How to end well with somebody who leaves in anger.",
    "The course on trauma. Two things to try out.",
    "Nights: what the day team has to write down so that nights are quiet.",
)
