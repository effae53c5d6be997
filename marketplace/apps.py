from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_delete, post_migrate, post_save


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = "Community Marketplace"

    def ready(self):
        from mail import dressed
        from requests_app import mending

        from . import feeds, look, readiness, search
        from .exports import guard_exports
        from .quotes import mend_quotes
        from .roles import apply_roles

        post_migrate.connect(apply_roles, sender=self)
        guard_exports()
        mend_quotes()
        register(readiness.check_compiled, Tags.staticfiles)
        feeds.register()
        mending.register(search.texts_of_pages)
        dressed.register_look(look.of_mail)
        self.watch_publications()

    def watch_publications(self):
        """Whatever public pages show calls publications.grow when it changes; whoever writes in bulk calls it too."""
        from wagtail import signals
        from wagtail.models import PageViewRestriction, Site

        from guidance import models
        from guidance.publications import grow

        for signal in (
            signals.page_published,
            signals.page_unpublished,
            signals.post_page_move,
            signals.page_slug_changed,
        ):
            signal.connect(grow, dispatch_uid=f"publication-{id(signal)}")
        shown = [
            models.Role, models.Holder, models.GovernanceGroup, models.SocialValueModel, models.Outcome,
            models.Review, models.ReviewRhythm, models.Download, models.Picture, Site,
            PageViewRestriction, self.get_model("Look"),
        ]  # fmt: skip
        for model in shown:
            for signal in (post_save, post_delete):
                signal.connect(grow, sender=model, dispatch_uid=f"publication-{model.__name__}-{id(signal)}")
        post_delete.connect(self.page_gone, dispatch_uid="publication-page-gone")

    def page_gone(self, sender, **kwargs):
        from wagtail.models import Page

        from guidance.publications import grow

        if issubclass(sender, Page):
            grow(**kwargs)
