"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_PROPOSAL = "matching.change_proposal"
CHANGE_WEIGHTS_CHANGE = "matching.change_weightschange"
VIEW_PROPOSAL = "matching.view_proposal"
VIEW_WEIGHTS_CHANGE = "matching.view_weightschange"
