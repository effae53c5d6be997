"""Two people, or two tabs, at one row: neither's words overwrite the other's unseen.

A form that mixes in StampedForm carries a stamp of what its fields held when the page was drawn. When it comes back:

- a field that nobody else changed is saved as it was typed;
- a field that somebody else changed and this person did not keeps the other's words;
- a field that both changed is asked about: both texts are shown, and pressing again keeps one's own.
"""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError

BOTH = "Since you opened this page it was changed to: “{}”. What you wrote is still here: save again to keep yours."
CLEARED = "Since you opened this page this was emptied. What you wrote is still here: save again to keep yours."


def plain(value):
    """A field's value as one text: line ends and spaces at the edges make no difference."""
    value = getattr(value, "pk", value)
    if isinstance(value, bool) or value is None:
        return str(value or "")
    try:
        return f"{value.normalize():f}"
    except AttributeError:
        return "\n".join(str(value).splitlines()).strip()


def mark(value):
    return hashlib.sha256(plain(value).encode()).hexdigest()[:12]


class StampedForm(forms.Form):
    """Mixin of a ModelForm: see above. The row it is given is the row as it is now, held against other writers."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = {name: self.standing(name) for name in self.stamped()}
        self.initial["seen"] = json.dumps({name: mark(value) for name, value in self.now.items()})

    def standing(self, name):
        """What a field holds now, as other people see it: the row's, unless a form knows better."""
        return getattr(self.instance, name)

    def stamped(self):
        return [name for name in self._meta.fields if name in self.fields]

    def clean(self):
        data, asked = super().clean(), []
        for name, seen in self.what_was_seen().items():
            if name not in data or seen == mark(self.now[name]) or plain(data[name]) == plain(self.now[name]):
                continue
            if mark(data[name]) == seen:
                data[name] = self.now[name]
            else:
                self.add_error(name, ValidationError(self.said_of(name), code="moved"))
                asked.append(name)
        if asked and self.is_bound:  # pressed again, one's own is meant; of the rest one knows what one knew
            self.data = self.data.copy()
            known = self.what_was_seen() | {name: mark(self.now[name]) for name in asked}
            self.data[self.add_prefix("seen")] = json.dumps(known)
        return data

    def what_was_seen(self):
        """{field: mark} as the page had it; {} where it says nothing that can be read."""
        try:
            said = json.loads(self.data.get(self.add_prefix("seen")) or "{}")
        except ValueError:
            return {}
        names = self.stamped()
        return {name: str(seen) for name, seen in said.items() if name in names} if isinstance(said, dict) else {}

    def said_of(self, name):
        now, choices = self.now[name], dict(getattr(self.fields[name], "choices", []) or [])
        words = choices.get(getattr(now, "pk", now), now)
        return BOTH.format(words) if plain(now) else CLEARED
