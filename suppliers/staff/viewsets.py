"""Wagtail's own lists and forms for contracts and commitments."""

from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from screens.policies import RefusalsShown, listing

from ..models import Commitment, Contract, ContractParty
from .forms import CommitmentForm, ContractForm, ContractPartyForm


class ContractViewSet(ModelViewSet):
    model = Contract
    icon = "doc-full-inverse"
    menu_label = "Contracts"
    list_display = [
        "reference",
        "title",
        Column("supplier_label", label="Supplier"),
        "value_gbp",
        "start",
        "end",
    ]
    list_filter = ["council", "directorate", "level", "status", "sme", "vcse", "made_for_import"]
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

    index_view_class = listing(lambda: Contract.objects.select_related("supplier"))
    edit_view_class = type("ContractEditView", (RefusalsShown, ModelViewSet.edit_view_class), {})

    def get_form_class(self, for_update=False):
        meta = type("Meta", (), {"model": Contract, "fields": self.form_fields})
        return type("ContractAdminForm", (ContractForm,), {"Meta": meta})


class CommitmentViewSet(ModelViewSet):
    model = Commitment
    icon = "tick-inverse"
    menu_label = "Commitments"
    list_display = ["wording", Column("contract"), "measure", Column("balance.promised", label="Promised")]
    list_filter = ["unit", "kind"]
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

    index_view_class = listing(lambda: Commitment.objects.select_related("contract", "balance"))
    add_view_class = type("CommitmentAddView", (RefusalsShown, ModelViewSet.add_view_class), {})
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
