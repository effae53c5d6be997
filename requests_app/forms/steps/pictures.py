"""Pictures, each with a description."""

from django import forms
from django.core.exceptions import ValidationError

from organisations import uploads
from organisations.held_files import HeldFileInput

from .step import StepForm


class PicturesStep(StepForm):
    heading = "Add a picture (optional)"
    intro = "A picture helps people to see the need. Use one you have the right to share, without faces of children."
    revealed = {"picture_shows": ("picture", "If you add a picture")}
    picture = forms.FileField(
        label="Picture",
        help_text="JPEG, PNG or WebP, up to 10 MB",
        required=False,
        widget=HeldFileInput,
        error_messages={"empty": "The file is empty. Choose another picture"},
    )
    picture_shows = forms.CharField(
        label="What does the picture show?",
        help_text="Read aloud to people who can’t see it",
        required=False,
        max_length=200,
    )
    multipart = True

    def clean(self):
        data = super().clean()
        if data.get("picture") and not data.get("picture_shows"):
            self.add_error("picture_shows", "Say what the picture shows")
        if self.instance.pictures.count() >= 6 and data.get("picture"):
            self.add_error("picture", "Six pictures are enough. Remove one to add another")
        if data.get("picture") and not self.errors:
            try:
                self.checked = uploads.check(data["picture"], pictures_only=True)
            except ValidationError as refused:
                self.add_error("picture", refused)
        return data
