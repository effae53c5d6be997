"""Whether the site can serve: what health answers, and a check that stops a deployment without styles."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.checks import Error
from django.db import DatabaseError, connection

STYLES = "site.css"
HOW = "Run “python3 run.py assets”, then “manage.py collectstatic”."


def amiss():
    """A sentence for each thing that keeps the site from serving as it should; [] where all is well."""
    found = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return [f"The database does not answer: {type(error).__name__}."]
    try:
        caches["default"].set("health", 1, 60)
        if caches["default"].get("health") != 1:
            found.append("The cache forgets what it is told.")
    except Exception as error:  # whatever a cache's own library raises
        found.append(f"The cache does not answer: {type(error).__name__}.")
    if not is_gathered(STYLES):
        found.append(f"The site’s styles were not gathered. {HOW}")
    return found


def is_gathered(name):
    """Whether a compiled file can be served: it is in the manifest, or there is no manifest to be in."""
    hashed = getattr(staticfiles_storage, "hashed_files", None)
    return hashed is None or name in hashed


def check_compiled(app_configs, **kwargs):
    """An error where styles and scripts were never compiled: collectstatic would succeed without them."""
    if (settings.STATICFILES_DIRS[0] / STYLES).exists():
        return []
    hint = "Run “python3 run.py assets”: it compiles what collectstatic gathers."
    return [Error("The site’s styles and scripts are not compiled.", hint=hint, id="marketplace.E001")]
