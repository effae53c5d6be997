"""A file that was chosen stays chosen while something else on its page is put right.

It is held in the private store under a name that only the page carries, signed, until the answer is accepted; it is
looked at once more then, like one chosen anew, and the daily sweep takes away what nobody came back for.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from files.storage import private_storage, random_name
from records import signed

from . import limits
from .uploads import SWEPT_AFTER

SALT = "held-file"
MOST = 5  # files of a field


class HeldFileInput(forms.FileInput):
    """A choice of files that remembers those that were held; `held` is [(name, token)]."""

    template_name = "components/forms/held_file.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.held = []

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"held": self.held}
        return context

    def value_from_datadict(self, data, files, name):
        chosen = super().value_from_datadict(data, files, name)
        if chosen:
            return chosen
        tokens = data.getlist(f"{name}-held") if hasattr(data, "getlist") else []
        found = [file for file in map(opened, tokens[:MOST]) if file]
        if self.allow_multiple_selected:
            return found
        return found[0] if found else chosen

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}-held" not in data


class HeldFilesInput(HeldFileInput):
    allow_multiple_selected = True


def opened(token):
    """The file that a token stands for, as though it had been sent once more; None for one that is gone or made up."""
    said = signed.read(token, SALT, seconds=SWEPT_AFTER.total_seconds())
    if said is None or not private_storage().exists(said["at"]):
        return None
    with private_storage().open(said["at"]) as file:
        made = SimpleUploadedFile(said["name"], file.read())
    made.held_as = token
    return made


def hold(form, about):
    """Hold the files of a form that was refused for something else; `about` is whose limit on files they count for."""
    if not form.is_bound:
        return
    for name, field in form.fields.items():
        if not isinstance(field.widget, HeldFileInput) or name in form.errors:
            continue
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        files = value if isinstance(value, list) else [value] if value else []
        field.widget.held = [pair for pair in (_held(file, about) for file in files[:MOST]) if pair]


def _held(file, about):
    """(name, token) of one file; None where it can't be held: then it is chosen once more."""
    if getattr(file, "held_as", None):
        return file.name, file.held_as
    if file.size > settings.UPLOAD_LIMIT_BYTES:
        return None
    try:
        limits.spend("upload", about)
        file.seek(0)
        at = private_storage().save(random_name(None, ""), file)
    except (OSError, ValidationError):
        return None
    return file.name, signed.make({"at": at, "name": file.name[-100:]}, SALT)
