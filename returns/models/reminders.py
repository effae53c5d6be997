"""Who was reminded of which return: once for each occasion, whatever number of workers run."""

from django.db import models

from .returns import Return


class Reminder(models.Model):
    """A return was written about on one occasion."""

    class Occasion(models.TextChoices):
        OPENED = "opened", "It was opened"
        SOON = "soon", "A week before it is due"
        LATE = "late", "The day after it was due"
        VERY_LATE = "very_late", "Two weeks late: its contract manager is told"
        UNANSWERED = "unanswered", "Two weeks without an answer of the contract manager"
        ASKED = "asked", "Two weeks without an answer of the supplier to what was asked"

    of_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=10, choices=Occasion)
    number = models.PositiveIntegerField("changes of the return when it was written", default=0)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["of_return", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["of_return", "occasion", "number"], name="reminded_once_of_a_return")
        ]

    def __str__(self):
        return f"{self.of_return}: {self.get_occasion_display()}"
