"""What is needed, and why."""

from django import forms

from .step import StepForm


class NeedStep(StepForm):
    heading = "What do you need?"

    class Meta(StepForm.Meta):
        fields = ["title", "description"]
        labels = {"title": "Title", "description": "What you need, and why"}
        help_texts = {
            "title": "A few words that a busy person understands, like “Twelve chairs for our lunch club”",
            "description": "What it is for, what would make it a success, and anything a helper should know. "
            "Leave out names of people you support.",
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 7}),
        }
        error_messages = {
            "title": {"max_length": "Keep the title to 100 characters"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in (
            ("title", "Give your request a title"),
            ("description", "Say what you need and why"),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words
