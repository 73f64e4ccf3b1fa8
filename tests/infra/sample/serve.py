"""A sample cloud in a process of its own, until it is killed: python -m tests.infra.sample.serve FOLDER"""

import signal
import sys
import time
from pathlib import Path

from tests.infra.sample.stack import cloud

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent in the background may have it ignored
    try:
        with cloud(Path(sys.argv[1])) as started:
            print(started.url, started.endpoint, flush=True)
            while True:
                time.sleep(0.1)  # a wait without end may miss a signal that comes just before it
    except KeyboardInterrupt:
        print("bye", flush=True)
