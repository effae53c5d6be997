"""Settings: one file, read from the environment. The README lists every variable."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE

from .environment import Environment
from .periods import PERIODS

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var", make=True)


def secret_key():
    """The key from the environment, else one made once and kept beside the embedded database."""
    if env.text("SECRET_KEY", ""):
        return env.text("SECRET_KEY", "")
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text()


DEBUG = env.flag("DEBUG", False)
SECRET_KEY = secret_key()
SITE_URL = env.address("SITE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")

# The council that runs the site. Names shown are settings, dates of councils are data.
COUNCIL_NAME = env.text("COUNCIL_NAME", "Surrey County Council")
SITE_NAME = env.text("SITE_NAME", "Community Marketplace")
SUPPORT_EMAIL = env.email("SUPPORT_EMAIL", "marketplace@example.org")

INSTALLED_APPS = [
    "matching",
    "requests_app",
    "golden_thread",
    "reports",
    "assurance",
    "returns",
    "talking",
    "offers",
    "performance",
    "suppliers",
    "organisations",
    "guidance",
    "importing",
    "places",
    "vocabulary",
    "mail",
    "desk",
    "screens",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.sitemaps",
    "django.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "marketplace",  # last: its post_migrate applies roles once permissions exist
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.crooked.CrookedAddressMiddleware",
    "marketplace.wire.WireMiddleware",
    "csp.middleware.CSPMiddleware",
    "marketplace.speculation.SpeculationMiddleware",
    "marketplace.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "marketplace.idle.IdleMiddleware",
    "marketplace.kept_words.KeptWordsMiddleware",
    "marketplace.private.PrivateAnswersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.middleware.StaffTwoStepMiddleware",
    "marketplace.middleware.AdminPolicyMiddleware",
    "marketplace.middleware.InUseMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["screens.templatetags.components"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.context.site",
            ],
        },
    },
]

# Many workers and hosts share nothing but the database, the cache and the file store.
DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'marketplace.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A writer takes its lock at the start and waits for its turn: no "database is locked" page.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-2000;"),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits need a cache that all workers share.
REDIS_URL = env.cache("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "marketplace.limits_cache.LimitsCache", "LOCATION": "marketplace_cache"}
    ),
    # Pages of readers who are not signed in, kept by each worker: see page_cache.py.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    # Counts and the like, kept for a minute by each worker.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "figures"},
}

# Wagtail's own tasks run at once. Ours wait in the database for a worker (manage.py worker), on this host or others.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []},
}

# Accounts: e-mail and password, proved by e-mail; a second step for council staff.
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "organisations.passwords.PatternValidator"},
    {"NAME": "organisations.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "organisations.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 6
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the old address hears of a new one, and of a new password
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "organisations.adapters.AccountAdapter"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # the password again before the address, the password or the app changes
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",  # the key holds the network address too: see AccountAdapter
    "confirm_email": "3/m/key",
    "signup": env.rate("SIGNUP_RATE", "20/h/ip"),
}
IDLE_HOURS_STAFF, IDLE_HOURS = 8, 7 * 24
MFA_TOTP_ISSUER = SITE_NAME
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
STAFF_TWO_STEP = env.flag("STAFF_TWO_STEP", True)
# Where nobody else can: people may decide and verify for a side of their own. The log says so, and figures are marked.
OWN_SIDE_MAY_DECIDE = env.flag("OWN_SIDE_MAY_DECIDE", False)

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]  # our words in place of stock ones
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "built"]
STATICFILES_DIRS[0].mkdir(parents=True, exist_ok=True)
MEDIA_URL = "/media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "files.storage.WholeFileStorage"},
    # Evidence and request pictures: never under MEDIA_URL, only through a view that asks who you are.
    "private": {
        "BACKEND": "files.storage.WholeFileStorage",
        "OPTIONS": {"location": str(VAR_DIR / "private"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False  # a file that was not gathered costs its looks, never the page; health says so
UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Whatever is sent becomes a row of the outbox; the worker hands it to the mail server, or to another backend.
EMAIL_BACKEND = "mail.outbox.OutboxBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "")
MAIL_DELIVERY_BACKEND = env.text(
    "EMAIL_DELIVERY_BACKEND",
    "mail.smtp.SmtpBackend" if EMAIL_HOST else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
EMAIL_PORT = env.port("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <{SUPPORT_EMAIL}>")

# Strict: nothing inline, nothing from elsewhere. /admin/ is eased in middleware.AdminPolicyMiddleware.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
WAGTAIL_FORMS_SECURITY_POLICY = {"script-src": [SELF, UNSAFE_INLINE]}  # on top of the staff side's
ADMIN_CONTENT_SECURITY_POLICY = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
CSRF_FAILURE_VIEW = "marketplace.kept_words.csrf_failure"  # gives back what was typed
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:  # no other host of the domain can set or overwrite them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.flag("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits go by the visitor's address, not the proxy's

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "guidance.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "guidance.Download"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "guidance.staff.documents.DownloadForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # would call out to another site
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth does these, with the second step
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "guidance.approval.publish.publish"

# Rule 12: nobody waits for an answer that will not come.
vars().update({name: env.days(name, default) for name, default in PERIODS.items()})
# By pounds of the contract a return is quarterly, half-yearly or once.
RETURN_QUARTERLY_FROM = env.pounds("RETURN_QUARTERLY_FROM", 1_000_000)
RETURN_AT_END_BELOW = env.pounds("RETURN_AT_END_BELOW", 50_000)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.level("LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "wagtail", "modelsearch")},
}

env.seal()
