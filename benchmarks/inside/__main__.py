"""`python -m benchmarks.inside TASK JSON`: prints what the task finds, as JSON on the last line."""

import json
import sys

import django
from django.test.utils import setup_test_environment

if __name__ == "__main__":
    django.setup()
    # Lets pages that are asked here be looked into.
    setup_test_environment()
    from benchmarks.inside.tasks import TASKS

    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))
