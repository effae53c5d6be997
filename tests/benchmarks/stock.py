"""The page of a stock Wagtail project, made by `wagtail start` and served as ours is, for a floor to measure by."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.words import BODY
from tests.served import Site

MODELS = """
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

class HomePage(Page):
    pass

class SectionPage(Page):
    pass

class AdvicePage(Page):
    introduction = models.CharField(max_length=250)
    body = StreamField([("heading", blocks.CharBlock()), ("text", blocks.RichTextBlock())])
    content_panels = Page.content_panels + [FieldPanel("introduction"), FieldPanel("body")]
"""
TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1><p>{{ page.introduction }}</p>
{% for block in page.body %}
  {% if block.block_type == "heading" %}<h2>{{ block.value }}</h2>{% else %}{% include_block block %}{% endif %}
{% endfor %}
{% endblock %}
"""
SETTINGS = """
from .base import *
import dj_database_url, os
DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
DATABASES = {"default": dj_database_url.parse(os.environ["STOCK_URL"], conn_max_age=60, conn_health_checks=True)}
"""
FILL = f"""
import json
from home.models import *
home = HomePage.objects.first()
section = home.add_child(instance=SectionPage(title="Guidance", slug="guidance"))
page = section.add_child(
    instance=AdvicePage(title="Advice", slug="advice", introduction="How to ask.", body=json.dumps({BODY!r}))
)
page.save_revision().publish()
"""


class Stock(Site):
    """As tests.served.Site, over a fresh project in a folder of its own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="stock-wagtail-"))
        self.name = f"stock_wagtail_{os.getpid()}"
        self.server = None
        address = self._make_database() or f"sqlite:///{self.folder / 'stock.sqlite3'}"
        self.project = self.folder / "project"
        self.project.mkdir()
        self.env = {
            **os.environ,
            "DATABASE_URL": address if address.startswith("postgres") else "",
            "STOCK_URL": address,
            "SECRET_KEY": "only-for-a-floor-0123456789-0123456789",
            "DJANGO_SETTINGS_MODULE": "stock.settings.floor",
            "WEB_CONCURRENCY": "2",
        }
        wagtail = Path(sys.executable).parent / "wagtail"
        subprocess.run([wagtail, "start", "stock", self.project], check=True, capture_output=True, env=self.env)
        (self.project / "home" / "models.py").write_text(MODELS)
        (self.project / "home" / "templates" / "home" / "advice_page.html").write_text(TEMPLATE)
        (self.project / "stock" / "settings" / "floor.py").write_text(SETTINGS)
        self.manage("makemigrations", "home")
        self.manage("migrate", "--verbosity", "0")
        self.manage("shell", "-v0", "-c", FILL)

    def python(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.project, env=self.env, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    working_folder = property(lambda self: self.project)
    application = "stock.wsgi"
    alive = "/guidance/advice/"
