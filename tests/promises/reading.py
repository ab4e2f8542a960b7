"""A reader in a process of its own, so that it measures the server and not the test:
`python -m tests.promises.reading ADDRESS PAUSE`, until its standard input ends. After each read it
waits so many seconds.

It prints how long each read took, in seconds, as a JSON list.
"""

import gc
import json
import sys
import threading
import time

import httpx

TIDY = 200


def main(address: str, pause: float) -> None:
    done = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        done.set()

    threading.Thread(target=listen, daemon=True).start()
    took: list[float] = []
    gc.freeze()
    gc.disable()
    with httpx.Client(timeout=30) as reader:
        while not done.is_set():
            began = time.perf_counter()
            answer = reader.get(address)
            took.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.status_code
            if len(took) % TIDY == 0:
                gc.collect()
            time.sleep(pause)
    print(json.dumps(took))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
