"""Staff forms: a request posted on behalf of a group."""

from wagtail.admin.forms import WagtailAdminModelForm

from ..moderation import NEEDED


class StaffRequestForm(WagtailAdminModelForm):
    """What must be there before a request is public; a draft may lack it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in NEEDED.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = f"{words}."

    def clean(self):
        data = super().clean()
        if self.instance.has_pledges:
            for name in {"unit", "organisation"} & set(self.changed_data):
                self.add_error(name, "Somebody has pledged: this can’t change any more.")
        return data
