"""Officers as PM3 and Proactis name them, the training they had, and the letters they were sent."""

from django.db import models

from places.models import Council
from records.bounds import day_bounds
from screens.fields import WebAddressField
from words.references import same_words

from .extracts import once_an_authority


class Officer(models.Model):
    """A person that an extract names; without an e-mail address nothing is sent."""

    council = models.ForeignKey(
        Council,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The partner authority whose officer it is; empty for the site’s own council",
    )
    name = models.CharField("name as PM3 or Proactis has it", max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    email = models.EmailField("e-mail", blank=True, help_text="Where the monthly list of what to mend is sent")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        constraints = once_an_authority("one_officer_a_name", "name_key")

    def __str__(self):
        return f"{self.name}, {self.council}" if self.council_id else self.name

    def save(self, *args, **kwargs):
        self.name_key = same_words(self.name)
        super().save(*args, **kwargs)


class TrainingSession(models.Model):
    title = models.CharField(max_length=200)
    held_on = models.DateField("held")
    recording = WebAddressField("recording", blank=True, help_text="Shown beside what an officer has to mend")
    officers = models.ManyToManyField(Officer, related_name="sessions", blank=True, verbose_name="who took part")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-held_on", "title"]
        constraints = day_bounds("trainingsession", "held_on")

    def __str__(self):
        return f"{self.title}, {self.held_on:%-d %B %Y}"


class ThreadLetter(models.Model):
    """A monthly letter that was sent, so that nobody gets one twice. `month` is its first day."""

    month = models.DateField()
    email = models.EmailField()
    kind = models.CharField(max_length=10, choices=[("officer", "What to mend"), ("summary", "Summary")])
    about = models.CharField(max_length=340, blank=True, help_text="The officer, and of which partner authority")
    sent_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            *day_bounds("threadletter", "month"),
            models.UniqueConstraint(fields=["month", "email", "kind", "about"], name="one_letter_a_month"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.month:%B %Y}, {self.email}"
