"""Four eyes: a page is approved by the role that owns it, never by whoever wrote it.

four_eyes.py  who wrote what waits, and who may approve it
task.py       the workflow step, and the reason that every return needs
publish.py    what Wagtail calls once a page is approved
"""
