"""Staff screens of the needs."""

from wagtail import hooks

from .staff import VocabularyOfNeeds


@hooks.register("register_admin_viewset")
def register_vocabulary():
    return VocabularyOfNeeds()
