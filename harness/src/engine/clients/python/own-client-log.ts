/** The first half of our runtime client for Python (own-client.ts): its settings, JSON, and how it logs. */
export const LOG_TEXT = String.raw`
import decimal
import importlib
import json
import logging
import re
import signal
import socket
import time
import traceback
import uuid

RELEASE = tuple(int(part) for part in re.findall(r"\d+", os.environ.get("AWS_EXECUTION_ENV", ""))[-2:])
# From this release on, signal handlers run while the runtime waits for the next event, and JSON keeps characters outside ASCII.
SINCE_3_12 = RELEASE >= (3, 12)
JSON_FORMAT = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
LOG_LEVEL = {"TRACE": "DEBUG"}.get(os.environ.get("AWS_LAMBDA_LOG_LEVEL", ""), os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")).upper()
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
NO_BREAK_SPACE = "\u00a0"
current = {"request": "", "tenant": None}


class Fault(Exception):
    """A failure for which AWS's client has a name."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


# JSON. A Decimal becomes a number: the encoder writes it as a text with a mark, and then the quotes and the mark are removed.

MARK = uuid.uuid4().hex


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float("nan") if value.is_nan() else MARK + str(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def to_json(value, ascii_only=not SINCE_3_12):
    text = json.dumps(value, default=plain, ensure_ascii=ascii_only)
    return re.sub('"%s([^"]*)"' % MARK, r"\1", text) if MARK in text else text


# The log.


class Unbuffered:
    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def write(self, text):
        self.stream.write(text)
        self.stream.flush()

    def writelines(self, lines):
        self.stream.writelines(lines)
        self.stream.flush()


class Log:
    """The log descriptor, or stdout if there is none. A level is a level of the logging module; 0 is none."""

    def __init__(self):
        descriptor = os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", None)
        self.file = None if descriptor is None else os.fdopen(int(descriptor), "wb", 0)

    def write(self, text, level=0, is_json=False):
        if self.file is None:
            sys.stdout.write(text)
            return
        body = text.encode("utf8")
        mark = 0xA55A0002 + (0 if is_json else 1) + ((level // 10 + 1) << 2 if level else 0)
        self.file.write(
            mark.to_bytes(4, "big") + len(body).to_bytes(4, "big") + (time.time_ns() // 1000).to_bytes(8, "big") + body
        )

    def error(self, failure):
        if JSON_FORMAT:
            record = {"timestamp": time.strftime(TIME_FORMAT, time.gmtime()), "level": "ERROR"}
            record.update(failure)
            self.write(to_json(record) + ("" if self.file else "\n"), logging.ERROR, True)
            return
        head = "[ERROR] " + ": ".join(part for part in (failure["errorType"], failure["errorMessage"]) if part)
        lines = [head, "Traceback (most recent call last):"]
        for entry in failure["stackTrace"]:
            for line in entry.splitlines() or [""]:
                text = line.lstrip(" ")
                lines.append(NO_BREAK_SPACE * (len(line) - len(text)) + text)
        self.write("\r".join(lines) + "\n" if self.file is None else "\n".join(lines), logging.ERROR)


def level_of(record):
    return min(50, max(0, record.levelno)) // 10 * 10


class LogHandler(logging.Handler):
    def __init__(self, log):
        super().__init__()
        self.log_sink = log

    def emit(self, record):
        leveled = level_of(record) if JSON_FORMAT or LOG_LEVEL else 0
        self.log_sink.write(self.format(record), leveled, JSON_FORMAT)


class JsonLines(logging.Formatter):
    # Members of a record that are not shown under their own name.
    HIDDEN = set(logging.makeLogRecord({}).__dict__) | {"aws_request_id", "tenant_id", "message", "asctime"}

    def format(self, record):
        thrown = record.exc_info or None
        members = {
            "timestamp": self.formatTime(record, TIME_FORMAT),
            "level": logging.getLevelName(level_of(record)),
            "message": record.msg if isinstance(record.msg, dict) and not record.args else record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(thrown[2]) if thrown else None,
            "errorType": thrown[0].__name__ if thrown else None,
            "errorMessage": str(thrown[1]) if thrown else None,
            "requestId": record.aws_request_id,
            "location": "%s:%s:%s" % (record.pathname, record.funcName, record.lineno) if thrown else None,
            "tenantId": record.tenant_id,
        }
        for name, value in record.__dict__.items():
            if name not in self.HIDDEN and name not in members:
                members[name] = value
        shown = {name: value for name, value in members.items() if value is not None}
        return json.dumps(shown, ensure_ascii=False, default=str) + "\n"


def name_request(record):
    record.aws_request_id = current["request"]
    record.tenant_id = current["tenant"]
    return True


def set_up_logging(log):
    logging.Formatter.converter = time.gmtime
    handler = LogHandler(log)
    text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    handler.setFormatter(JsonLines() if JSON_FORMAT else logging.Formatter(text, "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(name_request)
    root = logging.getLogger()
    if isinstance(logging.getLevelName(LOG_LEVEL), int):
        root.setLevel(LOG_LEVEL)
    root.addHandler(handler)
`;
