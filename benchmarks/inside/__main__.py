"""`python -m benchmarks.inside TASK JSON`: prints what the task finds, as JSON on the last line."""

import json
import sys

import django
from django.utils.module_loading import import_string

from benchmarks.inside.tasks import TASKS

if __name__ == "__main__":
    django.setup()
    task = import_string(TASKS[sys.argv[1]])
    print(json.dumps(task(**json.loads(sys.argv[2]))))
