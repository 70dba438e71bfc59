"""The invented people of the second organisation. Any likeness to somebody is chance."""

from __future__ import annotations

from dataclasses import dataclass, field

# Given name, family name, known as, pronouns, gender key.
type Who = tuple[str, str, str, str, str]
# Name, role. The first of a service leads it; everybody else reports to the first.
type Works = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """One of its services: what it is, who works there, and since when (days) people are there.

    `left` are those who have moved on and are supported still: days since they came, and since
    they moved.
    """

    name: str
    slug: str
    pack: str
    address: str
    staff: tuple[Works, ...]
    people: tuple[Who, ...]
    days: tuple[int, ...]
    time_zone: str = "Europe/London"
    women_only: bool = False
    residential: bool = True
    places: int | None = None
    model: str = ""
    rooms: str = ""
    left: tuple[tuple[Who, int, int], ...] = field(default=())


ORGANISATION = "Kōwhai and Oak"
AUCKLAND = "Pacific/Auckland"
DOMAIN = "kowhai-oak.example"


KOWHAI = Service(
    "Te Whare Kōwhai", "te-whare-kowhai", "aotearoa-transitional", "4 Kōwhai Street, Auckland",
    (
        ("Mereana Tūhoro", "manager"), ("Lupe Faleolo", "team_leader"),
        ("Anahera Whaanga", "key_worker"), ("Priya Raman", "key_worker"),
        ("Sefina Ioane", "support_worker"), ("Joan Petrie", "night_worker"),
    ),
    (
        ("Hinewai", "Rāpana", "", "she/her", "woman"),
        ("Losa", "Tuiasosopo", "", "she/her", "woman"),
        ("Kiri", "Manihera", "", "she/her", "woman"),
        ("Debbie", "Orchard", "Deb", "she/her", "woman"),
        ("Ngaire", "Pōtatau", "", "she/her", "woman"), ("Ana", "Vunipola", "", "she/her", "woman"),
        ("Tui", "Hoani", "", "they/them", "woman"), ("Shanti", "Prakash", "", "she/her", "woman"),
    ),
    (68, 61, 54, 44, 33, 25, 12, 3),
    time_zone=AUCKLAND, women_only=True, places=15, rooms="K",
    model="Kaupapa Māori, trauma informed",
)  # fmt: skip

HARAKEKE = Service(
    "Harakeke House", "harakeke-house", "aotearoa-transitional", "88 Flax Road, Auckland",
    (
        ("Wiremu Te Awa", "manager"), ("Talia Moeke", "team_leader"),
        ("Rangi Paewai", "key_worker"), ("Emma Cartwright", "key_worker"),
        ("Sione Latu", "support_worker"), ("Vikram Anand", "night_worker"),
    ),
    (
        ("Tama", "Wharerau", "", "he/him", "man"), ("Pita", "Haenga", "", "he/him", "man"),
        ("Graham", "Stowell", "", "he/him", "man"), ("Manu", "Fonoti", "", "he/him", "man"),
        ("Isaac", "Tipene", "", "he/him", "man"), ("Li Wei", "Huang", "", "he/him", "man"),
        ("Raymond", "Kupa", "Ray", "he/him", "man"), ("Colleen", "Barstow", "", "she/her", "woman"),
        ("Hoani", "Matene", "", "he/him", "man"), ("Salesi", "Vaka", "", "he/him", "man"),
        ("Terry", "Oakden", "", "he/him", "man"),
    ),
    (96, 72, 66, 59, 51, 45, 37, 30, 22, 10, 2),
    time_zone=AUCKLAND, places=50, rooms="H", model="Housing First, guided by Tāiki",
    left=(
        (("Whetu", "Paraone", "", "he/him", "man"), 100, 24),
        (("Marama", "Kereama", "", "she/her", "woman"), 140, 71),
        (("Joseph", "Leota", "Joe", "he/him", "man"), 150, 78),
        (("Bronwyn", "Thrale", "", "she/her", "woman"), 150, 80),
        (("Eru", "Nikora", "", "he/him", "man"), 120, 50),
    ),
)  # fmt: skip

OAK_ROW = Service(
    "Oak Row", "oak-row", "supported-living", "1 to 9 Oak Row, Wexcombe",
    (
        ("Helen Ashdown", "manager"), ("Jude Okonjo", "key_worker"), ("Martin Peel", "key_worker"),
        ("Farah Siddiq", "support_worker"),
    ),
    (
        ("Edith", "Lomax", "", "she/her", "woman"),
        ("Robin", "Sayers", "", "they/them", "non_binary"),
        ("Anil", "Deshmukh", "", "he/him", "man"), ("Pauline", "Crewe", "", "she/her", "woman"),
        ("George", "Attwell", "", "he/him", "man"),
    ),
    (70, 63, 52, 41, 9),
    residential=False, places=9, model="Own front doors, chosen link workers",
)  # fmt: skip

MEADOW = Service(
    "Meadow View", "meadow-view", "childrens-home", "7 Meadow Lane, Wexcombe",
    (
        ("Karen Whitcombe", "manager"),
        ("Leon Baptiste", "deputy"), ("Sophie Harding", "key_worker"),
        ("Owain Pugh", "key_worker"), ("Hattie Cole", "key_worker"),
        ("Bridget Malone", "support_worker"),
        ("Carl Jessop", "support_worker"), ("Winston Reyes", "night_worker"),
    ),
    (
        ("Kayden", "Moss", "", "he/him", "man"), ("Ellie", "Farrow", "", "she/her", "woman"),
        ("Tariq", "Bashir", "", "he/him", "man"), ("Poppy", "Langton", "", "she/her", "woman"),
        ("Jaden", "Clarke", "Jay", "he/him", "man"),
        ("Morgan", "Tilley", "", "they/them", "non_binary"),
    ),
    (69, 62, 55, 43, 29, 6),
    places=6, rooms="Room ", model="A small home, a key worker for each young person",
)  # fmt: skip

BEECH = Service(
    "Beech Court", "beech-court", "coordinated-care", "20 Beech Avenue, Wexcombe",
    (
        ("Neil Garside", "manager"), ("Shona McRae", "key_worker"), ("Imran Qureshi", "key_worker"),
        ("Lorna Tebbutt", "support_worker"), ("Dipa Nair", "support_worker"),
    ),
    (
        ("Maureen", "Hodge", "", "she/her", "woman"),
        ("Stanley", "Wainwright", "Stan", "he/him", "man"),
        ("Beatrice", "Olusoga", "", "she/her", "woman"), ("Colin", "Yarrow", "", "he/him", "man"),
    ),
    (67, 58, 46, 20),
    residential=False, places=12, model="Person-centred support, coordinated by one person",
)  # fmt: skip

SERVICES = (KOWHAI, HARAKEKE, OAK_ROW, MEADOW, BEECH)
