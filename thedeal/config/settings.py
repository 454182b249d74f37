"""Every setting, from the environment alone.

Typed readers (``lib.env``) stop the start with a sentence where one is odd; each
is described in ``dotenv-sample`` and docs/reference/settings.md (a test compares).
"""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from thedeal.accounts import sign_on
from thedeal.lib import cluster, env, logs

ROOT = Path(__file__).resolve().parents[2]
STATE = cluster.state_dir(ROOT)

DEMO = env.flag("THEDEAL_DEMO", default=False)
TESTING = env.flag("THEDEAL_TESTING", default=False)
DEBUG = False
SECRET_KEY = cluster.secret("SECRET_KEY")
FIELD_KEY = cluster.secret("FIELD_KEY")
AUDIT_KEY = cluster.secret("AUDIT_KEY")
PUBLIC_ADDRESS = env.text("THEDEAL_ADDRESS", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.listing("THEDEAL_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
ROOT_URLCONF = "thedeal.config.urls"
WSGI_APPLICATION = "thedeal.config.wsgi.application"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

OUR_APPS = [
    # faces
    "public",
    "openreferral",
    "desk",
    "mine",
    "board",
    "tap",
    "demo",
    # rooms, from the top of the house to the bottom
    "publishing",
    "money",
    "deals",
    "residents",
    "community",
    "places",
    "partners",
    "accounts",
    "messages",
    "audit",
]
INSTALLED_APPS = [
    *(f"thedeal.{name}" for name in OUR_APPS),
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "thedeal.lib.health.HealthMiddleware",
    "thedeal.lib.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "thedeal.lib.requests.LimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thedeal.accounts.middleware.WallsMiddleware",
    "thedeal.public.middleware.CouncilMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thedeal.accounts.middleware.TriesMiddleware",
    "thedeal.accounts.middleware.SecondFactorMiddleware",
    "thedeal.lib.requests.ErrorsMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# The default connection is this process's own login: staff for the web, worker
# for jobs, owner for migrations, tests under the tests (ADR 0004).
LOGIN = env.text("THEDEAL_LOGIN", default="staff")
LOGINS_SEPARATE = env.flag("THEDEAL_LOGINS_SEPARATE", default=LOGIN == "staff")
DATABASES: dict[str, Any] = {"default": cluster.settings_for(LOGIN)}
if LOGINS_SEPARATE:
    DATABASES["public"] = cluster.settings_for("public")
DATABASE_ROUTERS = ["thedeal.lib.logins.Router"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SECURE = PUBLIC_ADDRESS.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SERIALIZER = "thedeal.accounts.adapters.signing_in.LockedSerializer"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "thedeal.lib.requests.csrf_failed"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Signing in: residents and groups by a code in an email, staff by passkey or
# password with a second factor, or by their organisation's own service.
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "account_home"
ACCOUNT_ADAPTER = "thedeal.accounts.adapters.signing_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "thedeal.accounts.forms.sign_up.SignUp"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 30 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# ours count instead (accounts.tries)
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "thedeal.accounts.forms.sign_in.SignIn",
    "reauthenticate": "thedeal.accounts.forms.sign_in.StillYou",
    "change_password": "thedeal.accounts.forms.sign_in.ChangePassword",
    "confirm_login_code": "thedeal.accounts.forms.codes.SignInCode",
    "confirm_email_verification_code": "thedeal.accounts.forms.codes.AddressCode",
    "confirm_password_reset_code": "thedeal.accounts.forms.codes.ResetCode",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("THEDEAL_PROXIES", default=0)
MFA_ADAPTER = "thedeal.accounts.adapters.signing_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "thedeal.accounts.forms.codes.SecondCode",
    "reauthenticate": "thedeal.accounts.forms.codes.SecondCodeAgain",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "The Deal"
SOCIALACCOUNT_ADAPTER = "thedeal.accounts.adapters.signing_in.SignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": sign_on.services(env.text("THEDEAL_SIGN_ON")),
        "OAUTH_PKCE_ENABLED": True,
    }
}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            ROOT / "thedeal" / "templates",
            *(ROOT / "thedeal" / name / "templates" for name in OUR_APPS),
        ],
        "OPTIONS": {"environment": "thedeal.lib.jinja.environment"},
    },
    {
        # only for the pages and letters of libraries that we have not made ours
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".deal" / "static"
STATICFILES_DIRS = [ROOT / "thedeal" / "static", ROOT / ".deal" / "assets"]
STATICFILES_DIRS = [folder for folder in STATICFILES_DIRS if folder.is_dir()]
WHITENOISE_USE_FINDERS = DEMO or TESTING
WHITENOISE_AUTOREFRESH = False
if not WHITENOISE_USE_FINDERS:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }
LOGGING = logs.settings()
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
FILES = STATE / "files"
BACKUP_KEY = env.text("THEDEAL_BACKUP_KEY")  # an age public key for nightly backups

EMAIL_BACKEND = env.text(
    "THEDEAL_EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("THEDEAL_EMAIL_HOST", default="localhost")
EMAIL_PORT = env.number("THEDEAL_EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.text("THEDEAL_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("THEDEAL_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("THEDEAL_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("THEDEAL_EMAIL_FROM", default="The Deal <deal@localhost>")
NOTIFY_KEY = env.text("THEDEAL_NOTIFY_KEY")
NOTIFY_TEMPLATES = {
    "email": env.text("THEDEAL_NOTIFY_EMAIL_TEMPLATE"),
    "sms": env.text("THEDEAL_NOTIFY_TEXT_TEMPLATE"),
}

# Nothing from anywhere else. Where an organisation signs its people in by itself, a
# form of ours leads to its service, so that address is one a form may go to.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *sign_on.origins(env.text("THEDEAL_SIGN_ON"))],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
