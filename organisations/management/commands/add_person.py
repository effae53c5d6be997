from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from ...models import User


class Command(BaseCommand):
    help = (
        "Add a person, with a proved address and a role in the staff admin, and print the link by which they choose "
        "their password. For the first administrator of a new site, before any e-mail works."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--role", action="append", default=[], help="a role, such as “Programme team”; repeatable")
        parser.add_argument("--superuser", action="store_true", help="every right there is")

    @transaction.atomic
    def handle(self, *args, email, name, role, superuser, **options):
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"“{email}” is not an e-mail address.", returncode=2) from wrong
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already.")
        groups = list(Group.objects.filter(name__in=role))
        unknown = set(role) - {group.name for group in groups}
        if unknown:
            known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(f"No role is called {', '.join(sorted(unknown))}. Roles: {known}.", returncode=2)
        user = User.objects.create_user(email, None, name=name, is_superuser=superuser, is_staff=superuser)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        user.groups.set(groups)
        key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
        link = settings.SITE_URL + reverse("account_reset_password_from_key", args=key)
        self.stdout.write(f"{name} is added. They choose their password here, within three days:\n{link}")
