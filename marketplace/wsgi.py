"""The web server's way in: gunicorn marketplace.wsgi"""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

# Matching is the worker's: nothing heavy is imported here. openpyxl would take numpy in, as it finds it.
for heavy in ("numpy", "highspy", "tokenizers", "safetensors"):
    sys.modules.setdefault(heavy, None)

application = get_wsgi_application()

# What was loaded stays: the collector need not look through it again, which takes a fifth of a second each time.
gc.collect()
gc.freeze()
