"""Proposals in the worker."""

from django_tasks import task

from ..models import Proposal


@task(backend="worker", priority=10)
def propose(number):
    """Work out a proposal that was asked for; one that is made already stays as it is."""
    from . import proposals, working
    from .problem import Wanted

    proposal = Proposal.objects.get(pk=number)
    if proposal.made_at is None:
        proposals.keep(proposal, *working.work_out(Wanted(**proposal.wanted)))
