"""What a moderator sees of a request beside its fields."""

from django.utils.html import format_html
from wagtail.admin.panels import Panel


class PictureChange:
    """What the comparison of two revisions says of their pictures."""

    is_field = True
    is_child_relation = False

    def __init__(self, before, after):
        self.before, self.after = ([p.description for p in revision.pictures.all()] for revision in (before, after))

    def field_label(self):
        return "Pictures"

    def has_changed(self):
        return self.before != self.after

    def htmldiff(self):
        return format_html("{} became {}", ", ".join(self.before) or "none", ", ".join(self.after) or "none")


class PicturesPanel(Panel):
    """The request's pictures, to be looked at before they are public."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "requests_app/admin/pictures_panel.html"

        def get_context_data(self, parent_context=None):
            pictures = self.instance.pictures.all() if self.instance and self.instance.pk else []
            return super().get_context_data(parent_context) | {"pictures": pictures}

        def get_comparison(self):
            return [PictureChange]
