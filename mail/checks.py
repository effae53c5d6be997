"""Whether anybody can be written to."""

from django.conf import settings
from django.core.checks import Warning


def prints_mail():
    """Whether e-mail goes to the worker's output, and to nobody."""
    return "console" in settings.MAIL_DELIVERY_BACKEND


def check_mail(app_configs, **kwargs):
    """A warning where a deployment names no mail server: codes and links would go to the worker's output."""
    if not prints_mail():
        return []
    hint = "Set EMAIL_HOST, or EMAIL_DELIVERY_BACKEND."
    return [Warning("No mail server is named: the worker prints every e-mail.", hint=hint, id="mail.W001")]
