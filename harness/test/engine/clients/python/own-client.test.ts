/** Runs the same functions with our Python client and with AWS's, and compares their answers and log messages. */
import { env } from "node:process";
import { expect } from "chai";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../../../../src/adapters/toolchains/interpreters.ts";
import type { InvokeResult } from "../../../../src/engine/fleet-contract.ts";
import { python } from "../../../../src/catalogue/runtimes/python.ts";
import { runsRelease } from "../../../../src/catalogue/runtimes/runs-release.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

interface Case {
  readonly title: string;
  readonly code: string;
  readonly handler?: string;
  readonly event?: unknown;
  readonly clientContext?: string;
  readonly logLevel?: "DEBUG";
}

const CASES: readonly Case[] = [
  {
    title: "an answer of every JSON type",
    code: "def handler(e, c):\n    return [1, 2.5, 'ä', None, True, {'a': (1,)}, e]",
  },
  {
    title: "Decimal numbers",
    code: "from decimal import Decimal as D\ndef handler(e, c):\n    return [D('1.10'), D('NaN'), D('-3')]",
  },
  { title: "bytes", code: "def handler(e, c):\n    return b'{\"raw\": 1}'" },
  { title: "an answer that JSON cannot represent", code: "def handler(e, c):\n    return {1, 2}" },
  {
    title: "an exception with a cause",
    code: "def f():\n    raise KeyError('x')\ndef handler(e, c):\n    try:\n        f()\n    except KeyError as k:\n        raise ValueError('two\\nlines') from k",
  },
  { title: "an exception without a message", code: "def handler(e, c):\n    raise RuntimeError()" },
  {
    title: "an exception class that overrides __str__",
    code: "class Odd(Exception):\n    def __str__(self):\n        return 'ö'\ndef handler(e, c):\n    raise Odd()",
  },
  {
    title: "a client context",
    code: "def handler(e, c):\n    x = c.client_context\n    return [x.custom, x.env, x.client.app_title, c.identity.cognito_identity_id]",
    clientContext: '{"custom":{"a":"b"},"env":{"c":"d"},"client":{"app_title":"t"}}',
  },
  {
    title: "a client context that is not JSON",
    code: "def handler(e, c):\n    return 1",
    clientContext: "{",
  },
  {
    title: "the context",
    code: "def handler(e, c):\n    return [c.function_name, c.function_version, c.memory_limit_in_mb, c.log_group_name, 0 < c.get_remaining_time_in_millis() <= 20000, c.invoked_function_arn, c.client_context, c.tenant_id, c.w3c()]",
  },
  {
    title: "the environment variables that the client sets",
    code: "import os\ndef handler(e, c):\n    return [os.environ['_X_AMZN_TRACE_ID'], '_LAMBDA_TELEMETRY_LOG_FD' in os.environ, __name__]",
  },
  {
    title: "prints",
    code: "import sys\nprint('init')\ndef handler(e, c):\n    print('a', 'b')\n    print('c\\nd')\n    print('err', file=sys.stderr)\n    c.log('raw')",
  },
  {
    title: "records of the logging module",
    code: "import logging\nlogging.warning('in Init')\nlog = logging.getLogger('mine')\ndef handler(e, c):\n    log.info('hidden at the usual level')\n    log.warning('two\\nlines %s', 1)\n    log.error('with more', extra={'more': {'a': 1}})\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        log.exception('handled')",
  },
  {
    title: "records at level DEBUG",
    code: "import logging\ndef handler(e, c):\n    logging.debug('seen')\n    logging.critical({'a': 1})",
    logLevel: "DEBUG",
  },
  { title: "a syntax error", code: "def handler(:\n" },
  { title: "a module that fails to import another", code: "import not_there\n" },
  { title: "a module that raises", code: "def f():\n    raise ValueError('at import')\nf()\n" },
  { title: "a module that is missing", code: "", handler: "other.handler" },
  { title: "a function that is missing", code: "x = 1\n", handler: "app.nothing" },
  { title: "a handler without a dot", code: "", handler: "app" },
  { title: "a built-in module", code: "", handler: "sys.exit" },
  { title: "an exit in the module", code: "import sys\nsys.exit(3)\n" },
  { title: "an exit in the handler", code: "import os\ndef handler(e, c):\n    os._exit(0)\n" },
];

/** Replaces what differs between two runs of the same function: times, ids, paths, durations and memory sizes. */
function normal(text: string): string {
  return (
    text
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/g, "TIME")
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
      .replace(/\/[^\s"']*code-\d+\//g, "/task/")
      .replace(/[\d.]+ (ms|MB)/g, "N $1")
      // Removes the rest of the warning, in which only AWS's client mentions runtime updates.
      .replace(/(LAMBDA_WARNING: Unhandled exception\.)[^\r]*?\r/g, "$1\r")
      .replace(/(LAMBDA_WARNING: Unhandled exception\.)[^"]*?\\r/g, "$1\\r")
  );
}

function answerOf(result: InvokeResult): unknown {
  return result.kind === "answered" ? normal(result.payload.toString()) : result.kind;
}

describeInTestAll("our client for Python", function () {
  let runtime = "";
  let ours: TestFleet;
  let theirs: TestFleet;
  before(async function () {
    await requireTool(this, ["python3", "-m", "pip", "--version"]);
    runtime = usualRuntime(python.local, env) ?? "";
    await bringClient(runtime, env, () => undefined);
  });
  beforeEach(async () => {
    ours = await testFleet({ interpreterOf: interpreterOf(env) });
    theirs = await testFleet({
      interpreterOf: interpreterOf(env),
      installedClientOf: installedClientOf(env),
    });
  });
  afterEach(() => Promise.all([ours.close(), theirs.close()]));

  for (const format of ["Text", "JSON"] as const)
    for (const { title, code, handler = "app.handler", event = { n: 1 }, ...more } of CASES)
      it(`does the same as AWS's client for ${title} (${format})`, async () => {
        const [mine, aws] = await Promise.all(
          [ours, theirs].map(async (test) => {
            test.add(
              { "app.py": code },
              {
                runtime,
                handler,
                logging: {
                  format,
                  applicationLogLevel: more.logLevel ?? "INFO",
                  systemLogLevel: "INFO",
                  logGroup: "/aws/lambda/probe",
                },
              },
            );
            const request = { clientContext: more.clientContext ?? null };
            const first = answerOf(await test.invoke("probe", event, request));
            const second = answerOf(await test.invoke("probe", event, request));
            const lines = test.logs
              .messages()
              .filter((line) => !/^(?:INIT_START|REPORT)|"type":"platform/.test(line))
              .map(normal);
            return { first, second, lines, environments: test.fleet.environments("probe").length };
          }),
        );
        expect(mine).to.deep.equal(aws);
      });

  it("answers an event that is not JSON with AWS's error", async () => {
    ours.add({ "app.py": "def handler(e, c):\n    return 1" }, { runtime, handler: "app.handler" });
    const failed = payloadOf(await ours.invoke("probe", {}, { payload: Buffer.from("{") }));
    expect(failed).to.include({ errorType: "Runtime.UnmarshalError" });
  });

  for (const { runtime: name, release } of python.versions) {
    it(`runs on Python ${release}, if it is installed`, async function () {
      const interpreter = interpreterOf(env)(name);
      if (interpreter === null || !runsRelease(interpreter.version, release)) this.skip();
      ours.add(
        { "app.py": "import sys\ndef handler(e, c):\n    return ['ä', list(sys.version_info[:2])]" },
        { runtime: name, handler: "app.handler" },
      );
      const [text, minor] = payloadOf(await ours.invoke()) as [string, readonly number[]];
      expect([text, minor.join(".")]).to.deep.equal(["ä", release]);
    });
  }
});
