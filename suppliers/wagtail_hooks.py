"""Staff screens: contracts, commitments, and the log's words. Imports have their own module."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from guidance.components.fields import NumberField
from guidance.components.policies import NoDelete, RefusalsShown, listing
from guidance.components.screens import PermittedItem
from organisations import sides

from . import commitments
from .importing.kinds import offered_to
from .ledger import LedgerRefused
from .models import Commitment, CommitmentBalance, Contract, Officer, TrainingSession
from .models.contracts import reference_key
from .staff import imports, thread, thread_links
from .thread.rules import plain

register_permission_policy(Contract, NoDelete(Contract))
register_permission_policy(Commitment, NoDelete(Commitment))
register_permission_policy(Officer, NoDelete(Officer))
register_permission_policy(TrainingSession, NoDelete(TrainingSession))


class ContractForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.filter(is_active=True, groups__permissions__codename="access_admin")
        self.fields["manager"].queryset = staff.distinct().order_by("name")  # nobody of the public is listed here

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        same = Contract.objects.filter(reference_key=reference_key(reference)).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError("Another contract has this reference. Open that one instead.")
        return reference


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
    list_filter = ["sme", "vcse", "made_for_import"]
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
        "manager",
        "model",
    ]
    copy_view_enabled = False
    inspect_view_enabled = True

    index_view_class = listing(lambda: Contract.objects.select_related("supplier"))

    def get_form_class(self, for_update=False):
        meta = type("Meta", (), {"model": Contract, "fields": self.form_fields})
        return type("ContractAdminForm", (ContractForm,), {"Meta": meta})


class CommitmentForm(WagtailAdminModelForm):
    """A commitment and how much was promised; a later change needs a reason and goes through the ledger."""

    promised = NumberField(label="How much is promised", max_digits=14, min_value=0)
    reason = forms.CharField(
        label="Reason, where the promise changes", required=False, max_length=500, widget=forms.TextInput
    )

    withdraw = forms.BooleanField(
        label="Withdraw it: no new pledges against it, what was delivered stays", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None or self.instance.withdrawn_at:
            del self.fields["withdraw"]
        balance = CommitmentBalance.objects.filter(commitment=self.instance.pk).first()
        self.before = balance.promised if balance else None
        self.initial.setdefault("promised", self.before)

    def clean(self):
        data = super().clean()
        if self.before is not None and data.get("promised") != self.before and not data.get("reason"):
            self.add_error("reason", "Say why the promise changes: it is kept in the ledger.")
        if data.get("withdraw") and not data.get("reason"):
            self.add_error("reason", "Say why it is withdrawn.")
        if self.before is not None and "unit" in self.changed_data and self.instance.entries.exists():
            self.add_error("unit", "The unit can’t change once the ledger is open. Withdraw this one and add another.")
        balance = CommitmentBalance.objects.filter(commitment=self.instance.pk).first()
        if balance and data.get("promised") is not None and data["promised"] < balance.reserved + balance.claimed:
            self.add_error("promised", "More than that is reserved or claimed already.")
        contract = data.get("contract")
        if contract and (self.before is None or data.get("withdraw") or data.get("promised") != self.before):
            try:
                sides.refuse_own(self.for_user, contract.supplier)
            except ValidationError as refused:
                self.add_error(None, refused)
        return data

    def save(self, commit=True):
        commitment = super().save(commit=False)
        try:
            if self.before is None:
                return commitments.make(commitment, self.cleaned_data["promised"], by=self.for_user)
            commitment.save()
            if self.cleaned_data.get("withdraw"):
                commitments.withdraw(commitment, self.cleaned_data["reason"], by=self.for_user)
            if self.cleaned_data["promised"] != self.before:
                commitments.vary(
                    commitment,
                    self.cleaned_data["promised"],
                    by=self.for_user,
                    reason=self.cleaned_data["reason"],
                )
        except LedgerRefused as refused:
            raise ValidationError(str(refused)) from refused
        return commitment


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
        "outcome",
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


class ContractsGroup(ViewSetGroup):
    menu_label = "Contracts"
    menu_icon = "doc-full-inverse"
    menu_order = 130
    items = (ContractViewSet, CommitmentViewSet)


class OfficerForm(WagtailAdminModelForm):
    class Meta:
        model = Officer
        fields = ["name", "email"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Officer.objects.filter(name_key=plain(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError("This officer is in the list already.")
        return name


class OfficerViewSet(ModelViewSet):
    model = Officer
    icon = "user"
    menu_label = "Officers"
    list_display = ["name", "email"]
    search_fields = ["name", "email"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return OfficerForm


class TrainingSessionViewSet(ModelViewSet):
    model = TrainingSession
    icon = "group"
    menu_label = "Training sessions"
    list_display = ["title", "held_on", "recording"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldPanel("held_on"),
        FieldPanel("recording"),
        FieldPanel("officers", widget=forms.CheckboxSelectMultiple),
    ]


class TrainingGroup(ViewSetGroup):
    menu_label = "Training"
    menu_icon = "group"
    menu_order = 136
    items = (TrainingSessionViewSet, OfficerViewSet)


@hooks.register("register_admin_viewset")
def register_contracts():
    return [ContractsGroup(), TrainingGroup()]


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("imports/", imports.import_list, name="imports"),
        path("imports/<int:pk>/", imports.import_preview, name="import_preview"),
        path("golden-thread/", thread.thread_screen, name="thread_screen"),
        path("golden-thread/to-mend.csv", thread.thread_worklist, name="thread_worklist"),
        path("golden-thread/publish/", thread.thread_publish, name="thread_publish"),
        path("golden-thread/training/", thread.thread_training, name="thread_training"),
        path("golden-thread/suggestions/", thread_links.thread_suggestions, name="thread_suggestions"),
        path("golden-thread/links/", thread_links.thread_links, name="thread_links"),
        path("golden-thread/links/corrections.csv", thread_links.thread_corrections, name="thread_corrections"),
        path("golden-thread/links/<int:pk>/undo/", thread_links.thread_undo, name="thread_undo"),
        path("golden-thread/<slug:metric>/", thread.thread_records, name="thread_records"),
    ]


class ImportItem(MenuItem):
    def is_shown(self, request):
        return bool(offered_to(request.user))


@hooks.register("register_admin_menu_item")
def register_imports():
    return ImportItem("Imports", reverse_lazy("imports"), icon_name="upload", order=140)


@hooks.register("register_admin_menu_item")
def register_golden_thread():
    return PermittedItem(
        "Golden thread",
        reverse_lazy("thread_screen"),
        icon_name="link",
        order=135,
        permission="suppliers.view_contract",
    )


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("suppliers.withdraw", "Withdrew a commitment", "Withdrew a commitment")
    actions.register_action("suppliers.import", "Imported a file", "Imported a file")
    actions.register_action("suppliers.link_confirmed", "Confirmed a link", "Confirmed a contract’s project")
    actions.register_action("suppliers.link_refused", "Refused a link", "Said that a contract is not of a project")
    actions.register_action("suppliers.link_undone", "Undid a link", "Took back what was said of a contract’s project")
    actions.register_action("suppliers.corrections", "Took corrections", "Took the corrections file for Proactis")
    actions.register_action("suppliers.publish", "Published figures", "Published a month’s golden thread figures")
