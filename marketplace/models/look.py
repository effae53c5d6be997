"""How a council's own site looks: its logo, three colours, and what its foot says; its name is COUNCIL_NAME."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.images import get_image_model_string

from screens.contrast import contrast

HEX = re.compile(r"#[0-9a-f]{6}")
ON_HEAD, ON_CALL, PAPER, CARD, MINT, GOLD_TINT = "#fdf3df", "#17302f", "#fbf6ea", "#fffdf8", "#dcebdb", "#fdebc6"
"""As assets/_tokens.scss has them; tests hold that they are the same."""
WORDS, EDGES = 4.5, 3  # WCAG 2.2, 1.4.3 and 1.4.11


@register_setting(icon="view")
class Look(BaseGenericSetting):
    """What is left empty is as the site came."""

    logo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown 44 pixels high on the colour of the head",
    )
    head_colour = models.CharField(max_length=7, blank=True, help_text="Head and foot, such as #1d4d4b")
    call_colour = models.CharField("colour of the call to act", max_length=7, blank=True, help_text="Such as #f2b33d")
    link_colour = models.CharField(max_length=7, blank=True, help_text="Such as #14605a")
    foot = models.TextField("words in the foot", max_length=600, blank=True)

    panels = [
        FieldPanel("logo"),
        MultiFieldPanel([FieldPanel(f"{name}_colour") for name in ("head", "call", "link")], "Colours"),
        FieldPanel("foot"),
    ]

    class Meta:
        verbose_name = "look of the site"

    def __str__(self):
        return "Look of the site"

    def clean(self):
        """Colours that can be read: each pair that meets on a page has the contrast that WCAG 2.2 AA asks for."""
        super().clean()
        wrong = {}
        for name in ("head_colour", "call_colour", "link_colour"):
            value = getattr(self, name).strip().lower()
            setattr(self, name, value)
            if value and not HEX.fullmatch(value):
                wrong[name] = "Enter a colour as # and six digits from 0 to f, such as #1d4d4b."
        if wrong:
            raise ValidationError(wrong)
        head, call, link = self.head_colour or "#1d4d4b", self.call_colour or "#f2b33d", self.link_colour or "#14605a"
        pairs = (
            ("head_colour", head, ON_HEAD, WORDS, "the words of the head"),
            ("call_colour", call, ON_CALL, WORDS, "the words of the button"),
            ("call_colour", call, head, EDGES, "the colour of the head"),
            ("link_colour", link, PAPER, WORDS, "the page"),
            ("link_colour", link, CARD, WORDS, "cards"),
            ("link_colour", link, MINT, WORDS, "what is laid on green"),
            ("link_colour", link, GOLD_TINT, WORDS, "notes"),
        )
        for name, one, other, least, what in pairs:
            if (found := contrast(one, other)) < least:
                words = f"Contrast with {what} is {found:.1f}, and {least} is needed: choose a"
                better = "darker" if name != "call_colour" else "lighter"
                wrong.setdefault(name, f"{words} {better} colour.")
        if wrong:
            raise ValidationError(wrong)
