"""Staff screens of contracts and commitments, and the log's words."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from screens.frames import PermittedItem, log_words
from screens.policies import NoDelete

from .models import Commitment, Contract
from .permissions import VIEW_COMMITMENT
from .staff import adjusting, inviting, planning, views
from .staff.viewsets import ContractsGroup

register_permission_policy(Contract, NoDelete(Contract))
register_permission_policy(Commitment, NoDelete(Commitment))


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("contracts/hand-over/", views.hand_over, name="hand_over"),
        path("contracts/invite/", inviting.suppliers_invite, name="suppliers_invite"),
        path("contracts/<int:pk>/extend/", adjusting.contract_extend, name="contract_extend"),
        path("contracts/<int:pk>/invite/", views.contract_invite, name="contract_invite"),
        path("commitments/<int:pk>/plan/", planning.plan_write, name="plan_write"),
        path("commitments/<int:pk>/carry-forward/", adjusting.carry_forward, name="carry_forward"),
        path("commitments/<int:pk>/substitute/", adjusting.substitute, name="substitute"),
        path("commitments/<int:pk>/value/", views.value_choose, name="value_choose"),
        path("commitments/behind/", planning.behind_plan, name="behind_plan"),
    ]


@hooks.register("register_admin_viewset")
def register_contracts():
    return ContractsGroup()


@hooks.register("register_admin_menu_item")
def register_behind():
    return PermittedItem(
        "Behind plan", reverse_lazy("behind_plan"), icon_name="warning", order=132, permission=VIEW_COMMITMENT
    )


log_words(
    "suppliers",
    {
        "withdraw": "Withdrew a commitment",
        "reinstate": "Reinstated a commitment",
        "invite": "Invited the supplier",
        "carry_forward": "Carried forward what a plan expected",
        "substitute": "Put another promise in its place",
        "extend": "Extended the contract",
        "value_chosen": "Gave a commitment its proxy value",
        "hand_over": "Handed the contract over to another manager",
        "plan_answered": "Answered a delivery plan",
        "pass_on": "Passed a commitment on to another contract",
    },
)
