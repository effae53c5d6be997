"""Wagtail's own lists and forms for contracts and commitments."""

from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from screens.policies import RefusalsShown, listing
from vocabulary.kinds import KindOfHelp
from vocabulary.units import Unit
from words.numbers import numbers, say_pounds

from ..models import Commitment, Contract, ContractParty
from .filters import CommitmentFilter, ContractFilter
from .forms import CommitmentForm, ContractForm, ContractPartyForm


def value_words(contract):
    return "Not recorded" if contract.value_gbp is None else say_pounds(contract.value_gbp)


class ContractViewSet(ModelViewSet):
    model = Contract
    icon = "doc-full-inverse"
    menu_label = "Contracts"
    list_display = [
        "reference",
        "title",
        Column("supplier_label", label="Supplier"),
        Column("manager", label="Contract manager", accessor=lambda row: row.manager or "Nobody yet"),
        Column("value_gbp", label="Value", accessor=value_words, sort_key="value_gbp"),
        Column("start", sort_key="start"),
        Column("end", label="Ends", sort_key="end"),
    ]
    filterset_class = ContractFilter
    search_fields = ["reference", "title", "supplier_name"]
    search_backend_name = None
    form_fields = [
        "reference",
        "title",
        "description",
        "buyer",
        "supplier_name",
        "supplier",
        "company_number",
        "value_gbp",
        "start",
        "end",
        "award_date",
        "review_date",
        "sme",
        "vcse",
        "ocid",
        "plan_id_as_typed",
        "directorate",
        "level",
        "status",
        "council",
        "passes_to",
        "manager",
        "model",
    ]
    copy_view_enabled = False
    inspect_view_enabled = True

    index_view_class = listing(lambda: Contract.objects.select_related("supplier", "manager"))
    edit_view_class = type("ContractEditView", (RefusalsShown, ModelViewSet.edit_view_class), {})

    def get_form_class(self, for_update=False):
        meta = type("Meta", (), {"model": Contract, "fields": self.form_fields})
        return type("ContractAdminForm", (ContractForm,), {"Meta": meta})


class OfContract:
    """A new commitment of the contract, need, outcome, kind and unit that the address names; once saved it leads back
    to the contract.
    """

    def get_initial(self):
        contract = Contract.objects.filter(pk__in=numbers(self.request.GET.getlist("contract"))).first()
        given = {"contract": contract.pk} if contract else {}
        asked = self.request.GET  # from the needs page, or the broker's list
        given |= {name: asked[name] for name in ("outcome", "need") if numbers([asked.get(name, "")])}
        for name, known in (("kind", KindOfHelp.values), ("unit", Unit.values)):
            given |= {name: asked[name]} if asked.get(name) in known else {}
        return super().get_initial() | given

    def get_success_url(self):
        of = self.object.contract
        return of.get_absolute_url() if self.request.GET.get("contract") == str(of.pk) else super().get_success_url()


class CommitmentViewSet(ModelViewSet):
    model = Commitment
    icon = "tick-inverse"
    menu_label = "Commitments"
    list_display = [
        "wording",
        Column("contract"),
        Column("manager", label="Contract manager", accessor=lambda row: row.contract.manager or "Nobody yet"),
        Column("promised", label="Promised", accessor=lambda row: row.say(row.balance.promised)),
        Column("left", label="Left", accessor=lambda row: row.say(row.balance.left)),
        Column("state", label="State", accessor=lambda row: "Withdrawn" if row.is_withdrawn else "In force"),
    ]
    filterset_class = CommitmentFilter
    search_fields = ["wording", "measure"]
    search_backend_name = None
    copy_view_enabled = False
    form_fields = [
        "contract",
        "wording",
        "measure",
        "kind",
        "unit",
        "unit_words",
        "delivery_area",
        "most_each",
        "outcome",
        "need",
        "binding",
        "evidence_asked",
        "promised",
        "reason",
    ]

    index_view_class = listing(lambda: Commitment.objects.select_related("contract__manager", "balance"))
    add_view_class = type("CommitmentAddView", (OfContract, RefusalsShown, ModelViewSet.add_view_class), {})
    edit_view_class = type("CommitmentEditView", (RefusalsShown, ModelViewSet.edit_view_class), {})

    def get_form_class(self, for_update=False):
        fields = [name for name in self.form_fields if name not in ("promised", "reason")]
        meta = type("Meta", (), {"model": Commitment, "fields": fields})
        return type("CommitmentAdminForm", (CommitmentForm,), {"Meta": meta})


class ContractPartyViewSet(ModelViewSet):
    """Further suppliers of a contract: holders of lots, members of a consortium, a parent company."""

    model = ContractParty
    name = "contract_party"
    icon = "group"
    menu_label = "Further suppliers"
    list_display = ["name", Column("contract"), Column("get_role_display", label="Role"), "lot", Column("organisation")]
    search_fields = ["name", "lot"]
    search_backend_name = None
    form_fields = ["contract", "name", "organisation", "role", "lot"]
    copy_view_enabled = False

    index_view_class = listing(lambda: ContractParty.objects.select_related("contract", "organisation"))
    edit_view_class = type("PartyEditView", (RefusalsShown, ModelViewSet.edit_view_class), {})

    def get_form_class(self, for_update=False):
        meta = type("Meta", (), {"model": ContractParty, "fields": self.form_fields})
        return type("ContractPartyAdminForm", (ContractPartyForm,), {"Meta": meta})


class ContractsGroup(ViewSetGroup):
    menu_label = "Contracts"
    menu_icon = "doc-full-inverse"
    menu_order = 130
    items = (ContractViewSet, CommitmentViewSet, ContractPartyViewSet)
