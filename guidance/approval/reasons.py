"""The form with which an approver returns a page."""

from wagtail.forms import TaskStateCommentForm


class ReasonForm(TaskStateCommentForm):
    """Whoever returns a page says why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
        self.fields["comment"].label = "Reason: the writer will read it"
