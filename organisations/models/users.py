"""People: an e-mail address, a full name and a password."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from screens.fields import something_to_see
from screens.permissions import ENTER_ADMIN

from ..signals import FORMER, person_leaves


class UserQuerySet(models.QuerySet):
    def who_may(self, right):
        """Active people whose role carries a right, such as CHANGE_ORGANISATION."""
        label, codename = right.split(".")
        carried = {"groups__permissions__content_type__app_label": label, "groups__permissions__codename": codename}
        return self.filter(is_active=True, **carried).distinct()

    def delete(self):
        """Each as `User.delete` does it, whichever way it was asked for."""
        deleted = [user.delete() for user in self]
        return len(deleted), {"organisations.User": len(deleted)}

    delete.queryset_only = True
    delete.alters_data = True


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """A user with a lower-cased e-mail; without a password nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person. AbstractUser's user name and split names are not asked for."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("email address", max_length=254, unique=True)
    name = models.CharField("full name", max_length=150, validators=[something_to_see])
    came_by = models.ForeignKey(
        "Campaign", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="people"
    )

    looked_at = models.DateTimeField("last looked at what happened", null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self):
        return self.name or self.email

    def delete(self, *args, **kwargs):
        """Delete a person who never did anything; whoever did leaves their history behind, without their name."""
        try:
            with transaction.atomic():
                person_leaves.send(User, user=self, address=f"former-{self.pk}@invalid")
                return super().delete(*args, **kwargs)
        except (models.ProtectedError, models.RestrictedError, DatabaseError):
            self.retire()
            return 1, {self._meta.label: 1}

    @transaction.atomic
    def retire(self):
        """Take name, address, sign-in, rights, memberships and wishes from a person; what they did stays, as FORMER."""
        number, address = str(self.pk), f"former-{self.pk}@invalid"
        person_leaves.send(User, user=self, address=address)
        for relation in self._meta.related_objects:
            if relation.on_delete is models.CASCADE:
                relation.related_model._base_manager.filter(**{relation.field.name: self}).delete()
        for many in self._meta.many_to_many:
            getattr(self, many.name).clear()
        for session in Session.objects.filter(expire_date__gt=timezone.now()):
            if session.get_decoded().get("_auth_user_id") == number:
                session.delete()
        self.name, self.email = FORMER, address
        self.is_active = self.is_staff = self.is_superuser = False
        self.last_login = None
        self.set_unusable_password()
        self.save()
        logged = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=number)
        logged.update(label=FORMER)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def is_council_staff(self):
        """Whether the person may enter the staff admin."""
        return self.is_active and self.has_perm(ENTER_ADMIN)
