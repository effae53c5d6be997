"""The eight steps of posting a request, a file each; order.py has their order."""
