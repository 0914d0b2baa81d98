"""Writes lifecycle lines for longrun. On AWS, where there are no links, only these lines show which environment connected when.

Copy this file beside your handler. Importing it in module scope writes the `boot` line. Call `invoke(context)` first in the handler,
`connect(outcome)` after each attempt, and `disconnect(number)` when that connection is closed.
"""

import json
import os
import sys
import uuid
from datetime import datetime, timezone

_boot = str(uuid.uuid4())
_now = {"phase": "init", "requestId": None}
_sequence = 0
_connections = 0


def _write(event, **members):
    global _sequence
    _sequence += 1
    time = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = {"longrun": 1, "time": time, "event": event, "bootId": _boot, **_now, "sequence": _sequence, **members}
    # One write for each line: print would write the end of the line separately.
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def invoke(context):
    """Writes that the handler begins. Later lines have this invocation's id."""
    _now.update(phase="invoke", requestId=context.aws_request_id)
    _write("invoke")


def connect(outcome, peer=None, detail=None):
    """Writes how an attempt ended: "accepted" (the machine answered), "refused", "timed-out" (TCP opened, no answer) or "failed" (TCP did
    not open). Returns the number for `disconnect`."""
    global _connections
    _connections += 1
    _write("connect", connection=_connections, outcome=outcome, peer=peer, detail=detail)
    return _connections


def disconnect(connection, outcome=None):
    """Writes that a connection was closed. `outcome` is "reset" or "evicted" if the machine ended the connection in that way."""
    _write("disconnect", connection=connection, outcome=outcome)


_write("boot", logStream=os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME"))
