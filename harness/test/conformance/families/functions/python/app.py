"""The function of the conformance suite in Python. The event says what the handler does, and the variable INIT what the Init does."""

import logging
import os
import sys


class OwnError(Exception):
    pass


INIT = os.environ.get("INIT")
if INIT == "raise":
    raise OwnError("at init")
if INIT == "exit":
    sys.exit(3)


def handler(event, context):
    do = event.get("do")
    if do == "context":
        return {
            "id": context.aws_request_id,
            "arn": context.invoked_function_arn,
            "limited": context.get_remaining_time_in_millis() > 0,
            "name": context.function_name,
            "memory": int(context.memory_limit_in_mb),
        }
    if do == "nothing":
        return None
    if do == "fail":
        raise ValueError("bad\nnews")
    if do == "own":
        raise OwnError("own")
    if do == "cause":
        try:
            raise OwnError("inner")
        except OwnError as inner:
            raise RuntimeError("outer") from inner
    if do == "unmarshalled":
        return {1, 2}
    if do == "log":
        print("one\ntwo")
        logging.getLogger().error("three\nfour")
    if do == "exit":
        sys.exit(7)
    if do == "die":
        os._exit(7)
    return event
