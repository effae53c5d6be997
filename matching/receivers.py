"""What matching follows: changes of requests, commitments, contracts, suppliers and the vocabulary, as each room
announces them.
"""

from django.db.models.signals import post_delete, post_save

from organisations.signals import organisation_changed
from requests_app.signals import request_changed
from suppliers.models import Commitment
from suppliers.signals import commitment_changed, contracts_changed, offer_changed
from vocabulary.models import CountsAs, Need

from .ranking import changes


def connect():
    """Called once when the site starts."""
    for signal, receiver in (
        (request_changed, note_request),
        (commitment_changed, note_commitment),
        (contracts_changed, note_contracts),
        (offer_changed, note_offer),
        (organisation_changed, note_organisation),
    ):
        signal.connect(receiver, dispatch_uid="matching")
    for sender in (Need, CountsAs):  # written by forms only, a row at a time
        for signal in (post_save, post_delete):
            signal.connect(note_vocabulary, sender=sender, dispatch_uid=f"matching-{id(signal)}")


def note_request(sender, number, went_live, **kwargs):
    changes.note_request(number, went_live)


def note_commitment(sender, number, **kwargs):
    changes.note_commitment(number)


def note_contracts(sender, numbers, **kwargs):
    note_all(Commitment.objects.filter(contract__in=numbers))


def note_offer(sender, organisation, **kwargs):
    note_all(Commitment.objects.filter(contract__supplier=organisation))


def note_organisation(sender, number, **kwargs):
    note_all(Commitment.objects.filter(contract__supplier=number))


def note_all(commitments):
    changes.note_commitments(list(commitments.standing().values_list("pk", flat=True)))


def note_vocabulary(sender, raw=False, **kwargs):
    if not raw:
        changes.note_everything()
