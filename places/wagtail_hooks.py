"""Councils and districts are kept: contracts and requests of former years hang on them."""

from wagtail.permissions import register_permission_policy

from screens.policies import NoDelete

from .models import Council, District

for kept in (Council, District):
    register_permission_policy(kept, NoDelete(kept))
