"""Forms for what is said: questions, messages, reports. Those for days: day_forms.py."""

from django import forms

from organisations.models import Organisation
from screens.forms import GovukForm

from .models import HelpersMessage, PledgeMessage, Question, Report


class QuestionForm(GovukForm, forms.ModelForm):
    class Meta:
        model = Question
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": "Everybody can read it with its answer once a moderator agreed."}


class AskingForm(QuestionForm):
    """As `QuestionForm`, for whoever acts for several organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="For which organisation?", empty_label=None, widget=forms.RadioSelect
    )

    field_order = ("organisation", "text")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AnswerForm(GovukForm, forms.ModelForm):
    class Meta:
        model = Question
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class MessageForm(GovukForm, forms.ModelForm):
    class Meta:
        model = PledgeMessage
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class HelpersMessageForm(MessageForm):
    class Meta(MessageForm.Meta):
        model = HelpersMessage


class ReportForm(GovukForm, forms.ModelForm):
    why = forms.ChoiceField(label="What is wrong?", choices=Report.Why.choices, widget=forms.RadioSelect)

    class Meta:
        model = Report
        fields = ("why", "text", "email")
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        if person:
            del self.fields["email"]  # we know it


class ComplaintForm(ReportForm):
    """A complaint about personal data: what happened, and where the answer goes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["why"]
        self.fields["text"].required = True
        self.fields["text"].label = "What happened, and what should we do?"
        self.fields["text"].error_messages["required"] = "Say what happened"
        if "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].label = "Your e-mail address"
            self.fields["email"].error_messages["required"] = "Enter the address to which we answer"
