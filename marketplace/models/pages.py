"""The site's front page."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from guidance.blocks import mark_live
from guidance.pages.types import GuidanceSection, OwnedPage

from .. import feeds, figures, front


class HomePage(OwnedPage):
    """What the marketplace is, what is needed now, and where to begin."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), *OwnedPage.keeping_panels]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["guidance.GuidanceSection", "guidance.GuidancePage"]
    stands_at_the_root = True
    max_count = 1
    template = "marketplace/home.html"

    class Meta:
        verbose_name = "home page"

    def route(self, request, path_components):
        """A page under this one by its whole path, where Wagtail asks once or twice a level."""
        if not path_components:  # `self` may be kept since the last publication
            return RouteResult(get_object_or_404(HomePage.objects.live(), pk=self.pk))
        address = f"{self.url_path}{'/'.join(path_components)}/"
        found = Page.objects.live().filter(url_path=address, path__startswith=self.path)
        pk, kind = found.values_list("pk", "content_type").first() or (None, None)
        page_class = kind and ContentType.objects.get_for_id(kind).model_class()
        if not page_class:
            raise Http404
        return RouteResult(page_class.objects.get(pk=pk))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        mark_live(context)
        context["newest"] = feeds.open_requests(how_many=3)
        context["figures"] = figures.front_page()
        context |= {"story": front.story(), "arrived": front.arrived(), "map": front.needs()}
        context["sections"] = GuidanceSection.objects.child_of(self).live().only("title", "url_path", "introduction")
        return context
