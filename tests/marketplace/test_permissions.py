"""Rights are named once, and a name that no right has can't be typed."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission

from organisations.models import User
from screens.permissions import ENTER_ADMIN
from tests.conftest import make_user
from tests.test_house import ROOMS

ROOT = Path(__file__).resolve().parent.parent.parent
TYPED = re.compile(r"""["'][a-z_]+\.(?:view|add|change|delete|publish|access)_[a-z]+["']""")
HOMES = [room for room in ROOMS if (ROOT / room / "permissions.py").exists()]
LOGGED = {
    "change_role",
    "change_proposed",
    "change_weights",
    "change_matrix",
    "publish_model",
}  # actions of the log, not rights


@pytest.mark.django_db
@pytest.mark.parametrize("room", HOMES)
def test_every_constant_is_a_right_that_exists(room):
    rights = {name: right for name, right in vars(import_module(f"{room}.permissions")).items() if name.isupper()}
    assert rights
    for name, right in rights.items():
        label, codename = right.split(".")
        found = Permission.objects.filter(content_type__app_label=label, codename=codename)
        assert found.count() == 1, name


def test_no_right_is_typed_elsewhere():
    """roles.py is the table of who holds which; a test of its own holds each of its rights against the database."""
    typed = []
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if path.name in ("permissions.py", "roles.py") or "migrations" in path.parts:
                continue
            for found in TYPED.findall(path.read_text()):
                if found.strip("\"'").split(".")[1] not in LOGGED:
                    typed.append(f"{path.relative_to(ROOT)}: {found}")
    assert typed == []
    assert not [path for path in (ROOT / "templates").rglob("*.html") if "perms." in path.read_text()]


def test_who_may_are_active_people_whose_role_carries_the_right(people):
    gone = make_user("gone", "Moderators")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    found = set(User.objects.who_may(ENTER_ADMIN))
    assert found == {people[name] for name in ("cara", "pat", "mo", "edie", "dee")}
