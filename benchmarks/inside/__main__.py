"""`python -m benchmarks.inside TASK JSON`: prints what the task finds, as JSON on the last line."""

import json
import sys

import django
from django.test.utils import setup_test_environment
from django.utils.module_loading import import_string

from benchmarks.inside.tasks import TASKS

if __name__ == "__main__":
    django.setup()
    # Lets pages that are asked here be looked into.
    setup_test_environment()
    task = import_string(TASKS[sys.argv[1]])
    print(json.dumps(task(**json.loads(sys.argv[2]))))
