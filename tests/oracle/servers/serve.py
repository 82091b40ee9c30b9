"""The program behind `Server`: one JSON line in, one out; it ends with its input."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace

from rtwidget.local import LocalBackend, Settings

FAST = replace(Settings.prompt(), poll_interval_s=0.02, subscribe_retry_s=0.2)


def main() -> None:
    order = json.loads(sys.stdin.readline())
    logging.disable()
    backend = LocalBackend(
        dsn=order["dsn"], jwt_secret=order["secret"], port=order["port"], settings=FAST
    )
    with backend:
        _answer(int(backend.url.rpartition(":")[2]))
        for line in sys.stdin:
            name, arguments = json.loads(line)
            if name == "subscriptions":
                _answer(backend.subscriptions)
                continue
            target = backend if name == "catch_up" else backend.faults
            getattr(target, name)(**arguments)
            _answer(None)


def _answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
