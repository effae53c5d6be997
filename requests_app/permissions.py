"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_DELIVERY = "requests_app.change_delivery"
CHANGE_PLEDGE = "requests_app.change_pledge"
CHANGE_REQUEST = "requests_app.change_request"
PUBLISH_REQUEST = "requests_app.publish_request"
VIEW_DELIVERY = "requests_app.view_delivery"
VIEW_PLEDGE = "requests_app.view_pledge"
VIEW_REQUEST = "requests_app.view_request"
