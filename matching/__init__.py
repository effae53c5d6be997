"""Which requests fit which promises: ranking and its reasons, alerts, and laying promises to requests.

ranking/     what texts mean, how well a request fits a commitment and why, and the lists kept of it
alerts/      saved searches, and new matches by e-mail
allocation/  the best use of all promises at once, the broker's proposals, and the simulator
"""
