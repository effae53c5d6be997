"""Settings for tests: fast hashing, mail in memory, plain static files, a database by TEST_DATABASE_URL."""

import os
import tempfile
from hashlib import sha256

os.environ.setdefault("SECRET_KEY", "tests-only-never-served-0123456789-abcdefghij-ABCDEFGHIJ")
if os.environ.get("TEST_ON") == "postgresql":
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)
os.environ.pop("REDIS_URL", None)

from marketplace.settings import *  # noqa: F403 - tests start from the real settings
from marketplace.settings import BASE_DIR, CACHES, DATABASES, STORAGES, TASKS

TASKS["worker"] = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}  # tests say when a worker works
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_files = tempfile.mkdtemp(prefix="marketplace-tests-")
MEDIA_ROOT = f"{_files}/media"
STATIC_ROOT = tempfile.mkdtemp(dir=_files)
STORAGES["private"]["OPTIONS"]["location"] = f"{_files}/private"
DATABASES["default"]["CONN_MAX_AGE"] = 0
if os.environ.get("TEST_ON") == "postgresql":  # each clone has databases of its own
    DATABASES["default"]["TEST"] = {"NAME": f"marketplace_test_{sha256(str(BASE_DIR).encode()).hexdigest()[:10]}"}
else:  # in memory where the machine has a folder for that
    DATABASES["default"]["TEST"] = {
        "NAME": tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) + "/tests.sqlite3"
    }
STAFF_TWO_STEP = False  # the tests of two-step verification turn it on
