/**
 * The text of our runtime client for Python, which behaves like AWS's `awslambdaric` (docs/aws/runtimes.md,
 * docs/aws/runtime-logs.md#python). It is for machines on which AWS's client cannot be installed: AWS publishes binaries only for Linux and
 * for Python 3.10 and later. As with AWS's client, a stack trace begins with the first frame outside the client's file bootstrap.py.
 */
import { LOG_TEXT } from "./own-client-log.ts";

export const OWN_CLIENT_TEXT = String.raw`${LOG_TEXT}

# The Runtime API, over one connection that is kept open. The modules of Python for HTTP take longer to load than everything else here.


class RuntimeApi:
    BASE = "/2018-06-01/runtime/"

    def __init__(self, address):
        self.address = address
        self.connection = None

    def connect(self):
        host, _, port = self.address.rpartition(":")
        self.connection = socket.create_connection((host, int(port)))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.connection.makefile("rb")

    def call(self, method, path, body=b"", headers=()):
        if self.connection is None:
            self.connect()
        lines = ["%s %s%s HTTP/1.1" % (method, self.BASE, path), "Host: " + self.address]
        lines += ["%s: %s" % pair for pair in headers]
        lines.append("Content-Length: %d" % len(body))
        self.connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin1") + body)
        return self.answer()

    def answer(self):
        status = self.reader.readline().split(b" ", 2)
        if len(status) < 2:
            raise ConnectionError("the Runtime API closed the connection")
        headers = {}
        while True:
            line = self.reader.readline().decode("latin1").rstrip("\r\n")
            if line == "":
                break
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = b""
            while True:
                size = int(self.reader.readline().split(b";")[0], 16)
                body += self.reader.read(size)
                self.reader.readline()
                if size == 0:
                    break
        else:
            body = self.reader.read(int(headers.get("content-length", "0")))
        return int(status[1]), headers, body

    def next(self):
        status, headers, body = self.call("GET", "invocation/next")
        if status != 200:
            raise RuntimeError("Failed to get next invocation: %d" % status)
        return headers, body

    def post(self, path, body, headers):
        status, _, said = self.call("POST", path, body, headers)
        if status not in (202, 413):
            raise RuntimeError("Request to the Runtime API %s failed: %d %r" % (path, status, said))


def next_event(api):
    """Waits for the next event. Before 3.12 AWS's client waits in C, so no signal handler runs during the wait; blocking the signals has the same effect."""
    if SINCE_3_12:
        return api.next()
    handled = {number for number in signal.valid_signals() if callable(signal.getsignal(number))}
    handled -= {signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, handled)
    try:
        return api.next()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, handled)


# What the handler gets.


class Record:
    """An object whose attributes come from a dictionary."""

    def __init__(self, names, values):
        for name in names:
            setattr(self, name, values.get(name))

    def __repr__(self):
        return "%s([%s])" % (type(self).__name__, ",".join("%s=%s" % pair for pair in self.__dict__.items()))


class Client(Record):
    pass


class ClientContext(Record):
    pass


class CognitoIdentity(Record):
    pass


CLIENT_MEMBERS = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]


def parse_header(text, title):
    if not text:
        return None
    try:
        return json.loads(text)
    except Exception as error:
        raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (title, error))


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        for name in ("log_group_name", "log_stream_name", "function_name", "function_version"):
            setattr(self, name, os.environ.get("AWS_LAMBDA_" + name.upper()))
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        client = parse_header(headers.get("lambda-runtime-client-context"), "Client Context")
        identity = parse_header(headers.get("lambda-runtime-cognito-identity"), "Cognito Identity") or {}
        traced = client.pop("w3c", None) if isinstance(client, dict) else None
        traced = traced if isinstance(traced, dict) else {}
        names = ("traceparent", "tracestate", "baggage")
        self._w3c = {name: traced[name] for name in names if isinstance(traced.get(name), str)}
        self.client_context = None if client is None else ClientContext(["custom", "env", "client"], client)
        if client is not None and self.client_context.client is not None:
            self.client_context.client = Client(CLIENT_MEMBERS, self.client_context.client)
        members = {
            "cognito_identity_id": identity.get("cognitoIdentityId"),
            "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
        }
        self.identity = CognitoIdentity(list(members), members)
        self._deadline = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def w3c(self):
        return dict(self._w3c)

    def log(self, message):
        log.write(str(message))

    def __repr__(self):
        shown = [pair for pair in self.__dict__.items() if not pair[0].startswith("_")]
        return "LambdaContext([%s])" % ",".join("%s=%s" % pair for pair in shown)


def find_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if dot == "":
        raise Fault(
            "Runtime.MalformedHandlerName",
            "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name,
        )
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module %s as a handler module" % module_name
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        trace = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)
        message = "Syntax error in module '%s': %s" % (module_name, error)
        raise Fault("Runtime.UserCodeSyntaxError", message, [trace])
    try:
        return getattr(module, function_name)
    except AttributeError:
        message = "Handler '%s' missing on module '%s'" % (function_name, module_name)
        raise Fault("Runtime.HandlerNotFound", message)


def frames_of(error):
    frames = traceback.extract_tb(error.__traceback__)
    foreign = [index for index, frame in enumerate(frames) if "/bootstrap.py" not in frame.filename]
    return frames[foreign[0] :] if foreign else frames


def failure_of(error, request):
    named = isinstance(error, Fault)
    # Frames as tuples: without the lines of ^ that newer releases of Python add.
    frames = [] if named else [(one.filename, one.lineno, one.name, one.line) for one in frames_of(error)]
    return {
        "errorMessage": str(error),
        "errorType": error.kind if named else type(error).__name__,
        "requestId": request,
        "stackTrace": error.trace if named else traceback.format_list(frames),
    }


def xray_cause(error):
    named = isinstance(error, Fault)
    frames = [] if named else frames_of(error)
    stack = [{"label": frame.name, "path": frame.filename, "line": frame.lineno} for frame in frames]
    kind = "LambdaValidationError" if named else type(error).__name__
    return {
        "working_directory": os.getcwd(),
        "exceptions": [{"message": str(error), "type": kind, "stack": stack}],
        "paths": list({frame.filename for frame in frames}),
    }


def answer_of(handler, headers, body):
    context = LambdaContext(headers)
    event = body
    if headers.get("content-type") == "application/json":
        try:
            event = json.loads(body)
        except Exception as error:
            raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
    answer = handler(event, context)
    if isinstance(answer, bytes):
        return answer, "application/unknown"
    try:
        return to_json(answer).encode("utf8"), "application/json"
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def serve(handler, api):
    while True:
        headers, body = next_event(api)
        request = headers["lambda-runtime-aws-request-id"]
        current.update(request=request, tenant=headers.get("lambda-runtime-aws-tenant-id"))
        trace = headers.get("lambda-runtime-trace-id")
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        echoed = headers.get("lambda-runtime-invocation-id")
        more = [("Lambda-Runtime-Invocation-Id", echoed)] if echoed else []
        try:
            answer, content_type = answer_of(handler, headers, body)
        except Exception as error:
            failure = failure_of(error, request)
            log.error(failure)
            cause = to_json(xray_cause(error), True)
            if len(cause) < 1024 * 1024:
                more.append(("Lambda-Runtime-Function-XRay-Error-Cause", cause))
            more.append(("Content-Type", "application/json"))
            api.post("invocation/%s/error" % request, to_json(failure).encode("utf8"), more)
        else:
            api.post("invocation/%s/response" % request, answer, more + [("Content-Type", content_type)])


def run():
    global log
    sys.stdout = Unbuffered(sys.stdout)
    sys.stderr = Unbuffered(sys.stderr)
    log = Log()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    set_up_logging(log)
    try:
        handler = find_handler(sys.argv[1])
    except Exception as error:
        failure = failure_of(error, "")
        logging.warning("LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.\r")
        log.error(failure)
        kind = failure["errorType"].encode("ascii", "replace").decode("ascii")
        api.post("init/error", to_json(failure).encode("utf8"), [("Lambda-Runtime-Function-Error-Type", kind)])
        sys.exit(1)
    serve(handler, api)


run()
`;
