"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

ADD_COMMITMENT = "suppliers.add_commitment"
ADD_CONTRACT = "suppliers.add_contract"
CHANGE_CONTRACT = "suppliers.change_contract"
VIEW_COMMITMENT = "suppliers.view_commitment"
VIEW_CONTRACT = "suppliers.view_contract"
