"""`python -m benchmarks.inside TASK JSON`: prints what the task finds, as JSON on the last line."""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from benchmarks.inside.tasks import TASKS

    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))
