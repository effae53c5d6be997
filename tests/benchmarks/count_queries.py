"""Run as a program: how many queries each path costs a visitor who is not signed in, as JSON.

python -m tests.benchmarks.count_queries PATH ...
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402 - after setup
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

client = Client(HTTP_HOST="127.0.0.1")
found = {}
for path in sys.argv[1:]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    found[path] = [len(captured), len(answer.content)]
print(json.dumps(found))
