"""Proposals in the worker."""

from django_tasks import task

from ..models import Proposal


@task(backend="worker", priority=10)
def propose(number):
    """Work out a proposal that was asked for; one that is made already stays as it is."""
    from . import proposing
    from .wanted import Wanted

    proposal = Proposal.objects.get(pk=number)
    if proposal.made_at is None:
        proposing.keep(proposal, *proposing.work_out(Wanted(**proposal.wanted)))


@task(backend="worker", priority=-20)
def simulate():
    """Play the site's own last year through the policies, and a year in which promises are scarce beside it."""
    from . import simulated_years

    if simulated_years.run().source == "history":
        simulated_years.run(synthetic=True)
