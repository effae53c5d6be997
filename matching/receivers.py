"""What matching follows: changes of requests, commitments, contracts, suppliers and the vocabulary."""

from django.db.models.signals import post_delete, post_save

from organisations.models import Organisation
from requests_app.signals import request_changed
from suppliers.models import Commitment, Contract, SupplierProfile
from suppliers.signals import commitment_changed
from vocabulary.models import CountsAs, Need

from .ranking import changes


def connect():
    """Called once when the site starts."""
    request_changed.connect(_request, dispatch_uid="matching")
    commitment_changed.connect(_commitment, dispatch_uid="matching")
    post_save.connect(_saved, sender=Commitment, dispatch_uid="matching")
    for sender, of in ((Contract, _of_contract), (SupplierProfile, _of_profile), (Organisation, _of_organisation)):
        post_save.connect(of, sender=sender, dispatch_uid="matching")
    for sender in (Need, CountsAs):
        for signal in (post_save, post_delete):
            signal.connect(_vocabulary, sender=sender, dispatch_uid=f"matching-{id(signal)}")


def _request(sender, number, went_live, **kwargs):
    changes.note_request(number, went_live)


def _commitment(sender, number, **kwargs):
    changes.note_commitment(number)


def _saved(sender, instance, created, update_fields=None, **kwargs):
    if not created and update_fields is None:  # a new one speaks when its ledger opens
        changes.note_commitment(instance.pk)


def _of_contract(sender, instance, created, **kwargs):
    if not created:
        _all_of(Commitment.objects.filter(contract=instance))


def _of_profile(sender, instance, **kwargs):
    _all_of(Commitment.objects.filter(contract__supplier=instance.organisation_id))


def _of_organisation(sender, instance, created, **kwargs):
    if not created:
        _all_of(Commitment.objects.filter(contract__supplier=instance))


def _all_of(commitments):
    for number in commitments.open().values_list("pk", flat=True):
        changes.note_commitment(number)


def _vocabulary(sender, raw=False, **kwargs):
    if not raw:
        changes.note_everything()
