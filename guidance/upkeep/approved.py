"""What ends a workflow. Wagtail loads this while it loads its own models, so nothing is imported above."""


def publish(workflow_state, user=None):
    """The approved revision goes live. Whether `user` may approve was settled by the step that approved it."""
    from wagtail.models import Page

    revision = workflow_state.content_object.get_latest_revision()
    if isinstance(workflow_state.content_object, Page):
        revision.publish(user=user, skip_permission_checks=True)
    else:
        revision.publish(user=user)
