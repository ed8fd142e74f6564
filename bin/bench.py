"""The benchmarks, as ratios: `make bench`, `make bench SIZE=quick`, `make bench ONLY=csv,lists`.

Everything they need is made in a temporary folder, and is gone when they end.
"""

import signal
import subprocess
import tempfile

import environment
from environment import PYTHON, ROOT


def main() -> int:
    """Sets up what is missing, then measures; 1 where a mark is missed."""
    environment.prepare("requirements.txt")
    # Whatever ends it, servers are stopped and folders removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="cooperation-bench-") as folder:
        return measure([str(PYTHON), "-m", "benchmarks", folder])


def measure(command: "list[str]") -> int:
    """Runs the measurements, and waits until they have tidied up even where they are stopped."""
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise


if __name__ == "__main__":
    environment.end_with(main)
