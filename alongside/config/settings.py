"""Settings for Alongside: one file, read from the environment, safe by default."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from alongside.config.proof import asking_for_proof
from alongside.config.sign_on import apps_of, origins_of, providers_in
from alongside.config.sqlite_engine.shim import use_a_fixed_engine

use_a_fixed_engine()  # before Django looks for an engine

import django_stubs_ext  # noqa: E402
from django.utils.csp import CSP  # noqa: E402
from environs import Env  # noqa: E402

django_stubs_ext.monkeypatch()

env = Env(prefix="ALONGSIDE_")
ROOT = Path(__file__).resolve().parent.parent
VAR = Path(env.str("VAR", default=str(Path.cwd() / "var")))

DEBUG = env.bool("DEBUG", default=False)
# A production site is one behind HTTPS. There is no demo mode in it, whatever is asked for.
TLS = env.bool("TLS", default=False)
DEMO_ASKED_FOR = env.bool("DEMO", default=False)
DEMO = DEMO_ASKED_FOR and not TLS
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("ORIGINS", default=[])

INSTALLED_APPS = [
    "alongside.audit",
    "alongside.organisation",
    "alongside.ui",
    "alongside.signin",
    "alongside.drafts",
    "alongside.post",
    "alongside.exports",
    "alongside.residents",
    "alongside.accommodation",
    "alongside.stays",
    "alongside.moments",
    "alongside.duties",
    "alongside.signatures",
    "alongside.sheets",
    "alongside.schemes",
    "alongside.conversations",
    "alongside.other_duties",
    "alongside.agreements",
    "alongside.assessments",
    "alongside.privileges",
    "alongside.building",
    "alongside.workshops",
    "alongside.chores",
    "alongside.money",
    "alongside.health",
    "alongside.sharing",
    "alongside.data_breaches",
    "alongside.paperwork",
    "alongside.stages",
    "alongside.allocations",
    "alongside.rights",
    "alongside.documents",
    "alongside.absence",
    "alongside.time_away",
    "alongside.plans",
    "alongside.keywork",
    "alongside.cover",
    "alongside.team",
    "alongside.rota",
    "alongside.referrals",
    "alongside.admissions",
    "alongside.reviews",
    "alongside.aftercare",
    "alongside.moving_on",
    "alongside.demo",
    "alongside.casefile",
    "alongside.overview",
    "alongside.portal",
    "alongside.today",
    "alongside.calendars",
    "alongside.imports",
    "alongside.reports",
    "alongside.coverage",
    "alongside.reminders",
    "alongside.retention",
    "alongside.subject_access",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "alongside.config",
]
MIDDLEWARE = [
    "alongside.config.wall.middleware.reaches_nobody_yet",
    "alongside.ui.headers.house_headers",
    "alongside.ui.methods.known_methods",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alongside.config.wall.middleware.BehindTheWall",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.config.doors.DeclaredDoors",
    "alongside.signin.middleware.AsksWhoItIs",
    "alongside.signin.middleware.SessionsMayGoOn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.organisation.middleware.SchemesOfThisPerson",
    "alongside.stays.middleware.PartsInUse",
    "alongside.config.doors.RolesComeIn",
    "alongside.audit.guard.write_guard",
    "alongside.audit.reading.readings",
]
# What follows every operation, inside its transaction, in this order.
OPERATION_FOLLOWERS = [
    "alongside.keywork.leaving.follow",
    "alongside.stages.lapsing.follow",
    "alongside.moments.recalculation.follow",
    "alongside.duties.recalculation.follow",
    "alongside.team.following.follow",
]

# What seals the journal, kept outside the database. Give one of its own before the secret key is
# ever changed: `alongside journal key` prints the one in use.
JOURNAL_KEY = env.str(
    "JOURNAL_KEY",
    default=hmac.digest(SECRET_KEY.encode(), b"alongside journal", "sha256").hex(),
)
# What seals details that few may read, kept outside the database: the first seals, each opens. Give
# one of its own before the secret key is ever changed: `alongside seal key` prints the one in use.
SEAL_KEYS: list[str] = env.list("SEAL_KEYS", default=[]) or [
    hmac.digest(SECRET_KEY.encode(), b"alongside sealed details", "sha256").hex()
]
# Where signed anchors of the journal are put; better a folder that another machine takes away.
ANCHORS = env.path("ANCHORS", default=VAR / "anchors")

# A provider's own practice packs, read over the shipped ones.
PRACTICE = env.path("PRACTICE", default=ROOT / "demo" / "practice" if DEMO else None)

# The doors in the header, in order: a word of the pack (shown in its plural) or plain words, the
# page (or the doors behind this one), and what one's roles must include to be shown it, if any.
# A page that takes a scheme opens on the chosen one; one that no room offers is left out.
type Door = tuple[str, str | list[Door], str]
NAVIGATION: list[Door] = [
    ("Today", "today:today", ""),
    ("resident", "casefile:residents", "read_file"),
    ("referral", "referrals:referrals", "read_file"),
    ("bed", "referrals:bed-board", "read_file"),
    ("Diary", "keywork:week", "read_file"),
    ("review", "reviews:scheme-reviews", "read_file"),
    ("plan", "plans:plans-here", "read_file"),
    (
        "House",
        [
            ("Write a note", "keywork:quick-note", "write_note read_file"),
            ("Handover", "handover:handover", "read_file"),
            ("Workshops", "workshops:workshops", "keep_register"),
            ("Duties of the house", "chores:week", "keep_register"),
            ("Messages", "conversations:here", ""),
            ("Other duties", "other_duties:here", ""),
            ("Evening meal", "building:evening-meal", "keep_register"),
            ("The door tonight", "building:door", "book_night_out"),
            ("Arrivals", "admissions:arrivals", "admit read_file"),
            ("key_worker", "allocations:key-workers", "read_file"),
            ("Who is away", "cover:team", "read_file"),
            ("Rota", "rota:week", ""),
            ("Moving on", "moving_on:moving-on-here", "plan_move_on"),
            ("Housing providers", "moving_on:providers", "plan_move_on"),
            ("After the move", "aftercare:aftercare-here", "provide_aftercare"),
            ("Agreements", "agreements:scheme-agreements", "read_file"),
            ("My shifts", "rota:my-shifts", ""),
            ("My calendar", "calendars:mine", "read_file"),
            ("My leave", "cover:my-leave", ""),
            ("What we are here for", "reports:aims", ""),
            ("How we work", "schemes:practice", ""),
            ("Spending", "money:spending", "record_spending"),
            ("Keeping records", "retention:queue", "propose_erasure"),
            ("Data breaches", "data_breaches:register", "keep_data_breaches"),
            ("Report a data breach", "data_breaches:report", ""),
            ("Team and service", "paperwork:team", "read_file"),
            ("Who works here", "team:team", ""),
            ("Open a file in an emergency", "rights:emergency", "break_glass"),
            ("Opened in an emergency", "rights:reviews", "review_break_glass"),
            ("My signing PIN", "signatures:my-pin", "read_file"),
            ("E-mails to me", "reminders:my-mail", ""),
            ("Begun and not finished", "drafts:mine", ""),
            ("How I sign in", "mfa_index", ""),
            ("Sign-ins of the team", "signin:team", "manage_staff"),
            ("Bring in a spreadsheet", "imports:imports", "import_records"),
            ("What left the house", "exports:left", "read_reports"),
        ],
        "",
    ),
    (
        "Reports",
        [
            ("How current files are", "overview:current", "read_file"),
            ("What nobody answers for", "overview:unowned", "allocate_key_worker"),
            ("Coverage", "coverage:coverage", "read_reports read_file"),
            ("How full limits are", "coverage:limits", "read_reports read_file"),
            ("Progress", "reviews:progress-here", "read_reports read_file"),
            ("Monthly figures", "reports:reports", "read_reports"),
            ("Closed months", "today:months", "read_reports"),
            ("Figures to share", "reports:figures-to-share", "read_reports"),
            ("Stages", "stages:outcome", "read_reports"),
            ("Out of the ordinary", "stages:variations", "read_reports"),
        ],
        "",
    ),
    ("Search", "casefile:search", "read_file"),
]

# Rooms and single pages that a practice can switch off, and the switch in its pack (for a page of
# such a room "" means that it stays). A part that is off is not offered, has no address, and
# nothing is written there; what was written is kept.
PARTS = {
    "referrals": "referrals",
    "referrals:bed-board": "",
    "stages": "stages",
    "workshops": "workshops",
    "chores": "house_duties",
    "building": "building",
    "building:nights-out": "nights_out",
    "building:book-night-out": "nights_out",
    "money": "money",
    "moving_on": "move_on",
    "aftercare": "aftercare",
    "plans:weeks": "weekly_form",
    "plans:week": "weekly_form",
    "plans:write-week": "weekly_form",
}

# The parts of somebody's file, in order: key, a word of the pack or plain words, and the page,
# which takes the stay.
CASEFILE: list[tuple[str, str, str]] = [
    ("overview", "Overview", "casefile:casefile"),
    ("whole", "The whole picture", "overview:whole"),
    ("together", "Who does what", "overview:together"),
    ("notes", "Notes", "keywork:notes"),
    ("sessions", "session", "keywork:sessions"),
    ("assessments", "Assessments", "assessments:progress"),
    ("plan", "plan", "plans:plan"),
    ("stages", "Stages", "stages:stage-sheet"),
    ("reviews", "review", "reviews:reviews"),
    ("moving-on", "Moving on", "moving_on:moving-on"),
    ("aftercare", "After the move", "aftercare:aftercare"),
    ("tenancy", "Tenancy", "aftercare:tenancy"),
    ("money", "Money", "money:money"),
    ("health", "Health", "health:health"),
    ("messages", "Messages", "conversations:about"),
    ("sharing", "Sharing", "sharing:sharing"),
    ("taking-part", "Taking part", "workshops:taking-part"),
    ("nights-out", "night_out", "building:nights-out"),
    ("time-away", "Time away", "time_away:time-away"),
    ("forms", "Forms", "paperwork:forms"),
    ("voice", "In their own words", "overview:voice"),
    ("answers", "Who answers for what", "overview:answers"),
    ("agreements", "Agreements", "agreements:agreements"),
    ("key-worker", "key_worker", "allocations:allocation"),
    ("induction", "Induction", "admissions:induction"),
    ("duties", "Owed", "casefile:duties"),
    ("details", "Details", "casefile:details"),
    ("documents", "Documents", "documents:documents"),
    ("sealed", "Sealed", "rights:sealed"),
    ("access", "Who may open it", "rights:access"),
    ("who-looked", "Who looked", "casefile:who-looked"),
    ("keeping", "Keeping", "retention:keeping"),
    ("own-data", "Their own data", "subject_access:requests"),
]

# Parts of a file that are not for everybody who may read it, and what they ask for.
CASEFILE_NEEDS = {
    "sealed": "seal_details",
    "money": "record_benefits",
    "who-looked": "read_journal",
    "keeping": "propose_erasure",
    "own-data": "answer_access_request",
    "moving-on": "plan_move_on",
    "aftercare": "provide_aftercare",
    "tenancy": "keep_tenancy",
    "nights-out": "book_night_out",
}
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
FORM_RENDERER = "alongside.ui.renderer.HouseRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.ui.context.house",
            ],
        },
    }
]

DATABASES = {"default": env.dj_db_url("DATABASE", default=f"sqlite:///{VAR / 'alongside.sqlite'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "alongside.config.sqlite_engine"
    # FULL, because a disclosure at two in the morning must survive the power cut at three.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA mmap_size=0;"
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000;"
            "PRAGMA temp_store=MEMORY"
        ),
    }
    # A file, because an in-memory database has no write-ahead log to test.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite")}
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        DATABASES["default"]["ENGINE"] = "alongside.config.postgresql_engine"
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    if env.bool("PREPARED_STATEMENTS", default=True):  # planned once by the server, not each time
        DATABASES["default"].setdefault("OPTIONS", {}).update(
            server_side_binding=True, prepare_threshold=2
        )
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "organisation.Staff"
AUTHENTICATION_BACKENDS = ["alongside.organisation.backend.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Characters (OWASP ASVS 5.0 6.2.1 asks for eight, and advises fifteen).
SHORTEST_PASSWORD = env.int("SHORTEST_PASSWORD", default=12)
SHORTEST_PASSWORD_OF_ADMINISTRATORS = env.int("SHORTEST_PASSWORD_OF_ADMINISTRATORS", default=15)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"alongside.signin.passwords.{name}"}
    for name in ("LongEnough", "NotCommon", "NoNames")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
# Seconds within which the same words, sent again from the same browser, are one note.
SAME_WORDS_WITHIN = env.int("SAME_WORDS_WITHIN", default=600)
# Minutes. A session ends when it was not used for so long on a phone or at a desk, and at the end
# of a working day; a dangerous act asks for proof that is no older (ASVS 7.3.1, 7.3.2, 7.5.3).
SIGN_IN_LIMITS = {
    "phone": env.int("IDLE_ON_A_PHONE", default=15),
    "desk": env.int("IDLE_AT_A_DESK", default=30),
    "desk_in_all": env.int("LONGEST_SESSION", default=720),
    "phone_in_all": env.int("LONGEST_ON_A_PHONE", default=720),
    "proof": env.int("PROOF_LASTS", default=5),
}
# So many people's files in so many minutes, in one session, and it must be shown again who reads.
READING_BRAKE = {
    "people": env.int("BRAKE_PEOPLE", default=60),
    "minutes": env.int("BRAKE_MINUTES", default=10),
}
# The same for documents, each counted once.
DOCUMENT_BRAKE = {
    "documents": env.int("BRAKE_DOCUMENTS", default=30),
    "minutes": env.int("BRAKE_DOCUMENT_MINUTES", default=5),
}
# Dangerous acts of the rooms above, by the address that does them: they ask for fresh proof when
# something is sent there. Which they are stands beside each address, in `rules.toml`.
ASKS_FOR_PROOF = asking_for_proof("post")
INVITATION_HOURS = env.int("INVITATION_HOURS", default=24)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = max(SIGN_IN_LIMITS["desk_in_all"], SIGN_IN_LIMITS["phone_in_all"]) * 60
# Seals the seeds of second factors: 64 hexadecimal figures. Without it a file in the folder does.
SEED_KEY = env.str("SEED_KEY", default="")

# django-allauth, which does the signing in. It counts tries in a table that all workers share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "alongside_cache",
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1 if TLS else 0)
ACCOUNT_ADAPTER = "alongside.signin.adapters.HouseAccounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = SIGN_IN_LIMITS["proof"] * 60
ACCOUNT_FORMS = {"login": "alongside.signin.forms.SignInForm"}
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "10/15m/key,29/15m/ip",
    "reauthenticate": "10/5m/user",
}
MFA_ADAPTER = "alongside.signin.adapters.HouseSecondFactors"
MFA_FORMS = {
    "authenticate": "alongside.signin.forms.CodeForm",
    "authenticate_webauthn": "alongside.signin.forms.PasskeySecondForm",
    "login_webauthn": "alongside.signin.forms.PasskeyInForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS  # http://localhost, for a demonstration
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 12
# Organisations' own accounts, by OpenID Connect.
SIGN_ON = providers_in(env.path("SIGN_ON", default=None))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps_of(SIGN_ON)}}
SOCIALACCOUNT_ADAPTER = "alongside.signin.sign_on.HouseSignOn"
SOCIALACCOUNT_STORE_TOKENS = False
# Residents that a demonstration offers to be, in one click.
DEMO_GUESTS = "alongside.portal.queries.residents_to_try"

USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/London")
LANGUAGE_CODE = "en-gb"
USE_I18N = True

# Letters leave by `alongside send-post`: to the terminal, until a mail server is named.
MAIL = urlsplit(env.str("MAIL", default=""))
MAILERS: dict[str, Any] = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
if MAIL.hostname and not DEMO:  # people who never were get no letters
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL.hostname,
            "port": MAIL.port or {"smtps": 465, "smtp+tls": 587}.get(MAIL.scheme, 25),
            "username": unquote(MAIL.username or ""),
            "password": unquote(MAIL.password or ""),
            "use_tls": MAIL.scheme == "smtp+tls",
            "use_ssl": MAIL.scheme == "smtps",
            "timeout": 20,
        },
    }
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="alongside@localhost")
SITE = env.str("SITE", default="")

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "alongside.kit.certain.KeptFiles"},
    "staticfiles": {"BACKEND": "alongside.ui.static_files.HouseStaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
# A file is applied beside the request that asked for it; tests apply it at once.
IMPORTS_IN_BACKGROUND = True
# How large a file and a picture may be, and the virus scanner that is asked first, if there is
# one: clamd at "host:port" or at a socket’s path. Where one is named and silent, nothing comes in.
UPLOAD_MEGABYTES = env.int("UPLOAD_MEGABYTES", default=20)
UPLOAD_MEGAPIXELS = env.int("UPLOAD_MEGAPIXELS", default=50)
CLAMD = env.str("CLAMD", default="")
# Pictures and spreadsheets are opened by a process of their own, with limits.
READ_APART = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Nothing inline, nothing from anywhere else; a script needs our address or its page's nonce.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *origins_of(SIGN_ON)],
    "frame-ancestors": [CSP.NONE],
}
# What a page may ask of the device: a passkey, and nothing else.
MAY_ASK = ["publickey-credentials-get", "publickey-credentials-create"]
MAY_NOT_ASK = [
    "accelerometer",
    "ambient-light-sensor",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Frame-Options": X_FRAME_OPTIONS,
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(
        [f"{what}=(self)" for what in MAY_ASK] + [f"{what}=()" for what in MAY_NOT_ASK]
    ),
    "Origin-Agent-Cluster": "?1",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex, nofollow",
}

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "alongside.ui.said_once.SealedMessages"
MESSAGES_COOKIE_NAME = "said-once"
if TLS:
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Such a name a browser takes from this host alone, over HTTPS alone.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    MESSAGES_COOKIE_NAME = "__Host-said-once"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
