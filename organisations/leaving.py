"""A person who is deleted: what they did stays, as history is never edited; who they were goes."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

FORMER = "A former member"


@transaction.atomic
def retire(user):
    """Take name, address, sign-in, rights, memberships and wishes from a person; what they did stays under FORMER."""
    for relation in user._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
    for many in user._meta.many_to_many:
        getattr(user, many.name).clear()
    number = str(user.pk)
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == number:
            session.delete()
    user.name, user.email = FORMER, f"former-{number}@invalid"
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    logged = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(user), object_id=number)
    logged.update(label=FORMER)
