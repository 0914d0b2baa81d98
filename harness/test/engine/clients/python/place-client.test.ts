import { join } from "node:path";
import { env, execPath } from "node:process";
import { expect } from "chai";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../../../../src/adapters/toolchains/interpreters.ts";
import { DEFAULT_SHUTDOWN_BUDGETS } from "../../../../src/engine/lifecycle/shutdown-budget.ts";
import { runtimeOf } from "../../../../src/catalogue/runtimes/all-runtimes.ts";
import { python } from "../../../../src/catalogue/runtimes/python.ts";
import { ownClientNotice } from "../../../../src/catalogue/runtimes/interpreter-notice.ts";
import { runsRelease } from "../../../../src/catalogue/runtimes/runs-release.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import {
  NO_SHUTDOWN_LIMIT,
  payloadOf,
  testFleet,
  writeFiles,
  type TestFleet,
} from "../../support/test-fleet.ts";

/** An external extension that waits until it is ended. Because it is registered, the runtime gets SIGTERM at shutdown. */
const EXTENSION = `#!${execPath}
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2020-01-01/extension/";
(async () => {
  const registered = await fetch(api + "register", {
    method: "POST", headers: { "Lambda-Extension-Name": "watch" }, body: '{"events":[]}',
  });
  await fetch(api + "event/next", {
    headers: { "Lambda-Extension-Identifier": registered.headers.get("lambda-extension-identifier") },
  });
})();
`;
const ON_SIGTERM = `import signal, sys
def ended(number, frame):
    print("terminated")
    sys.exit(0)
signal.signal(signal.SIGTERM, ended)
def handler(event, context):
    return 1
`;

interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: readonly string[];
}

for (const whose of ["AWS's", "our"] as const)
  describeInTestAll(`${whose} client for Python`, function () {
    let test: TestFleet;
    let runtime = "";
    before(async function () {
      await requireTool(this, ["python3", "-m", "pip", "--version"]);
      runtime = usualRuntime(python.local, env) ?? "";
      await bringClient(runtime, env, () => undefined);
    });
    const fleet = (
      isolation: "none" | "auto",
      shutdownBudgets = DEFAULT_SHUTDOWN_BUDGETS,
    ): Promise<TestFleet> =>
      testFleet({
        isolation,
        shutdownBudgets,
        interpreterOf: interpreterOf(env),
        installedClientOf: whose === "our" ? () => null : installedClientOf(env),
      });
    const add = (files: Readonly<Record<string, string>>, more: object = {}): void =>
      void test.add(files, { runtime, handler: "app.handler", ...more });
    afterEach(() => test.close());

    it("gives the function LC_CTYPE from Python 3.12 on, and in every version if the function's configuration sets LC_CTYPE", async () => {
      test = await fleet("auto");
      const code = { "app.py": "import os\ndef handler(e, c):\n    return os.environ.get('LC_CTYPE')" };
      const [, minor = "0"] = (runtimeOf(runtime).version.release ?? "").split(".");
      add(code);
      expect(payloadOf(await test.invoke())).to.equal(Number(minor) < 12 ? null : "C.UTF-8");
      add(code, { environment: { LC_CTYPE: "C.UTF-8" } });
      expect(payloadOf(await test.invoke())).to.equal("C.UTF-8");
    });

    for (const isolation of ["none", "auto"] as const)
      it(`runs a function that sees the same variables and paths as on Lambda (isolation ${isolation})`, async function () {
        test = await fleet(isolation);
        if (isolation === "auto" && test.fleet.isolation === "none") this.skip();
        const layer = join(test.folder, "layer");
        writeFiles(layer, { "python/of_layer.py": "name = 'layer'\n" });
        add(
          {
            "app.py": `import os, sys, beside, of_layer
def handler(event, context):
    print("said", event["n"])
    return [os.environ["AWS_EXECUTION_ENV"], os.environ["LAMBDA_TASK_ROOT"] == os.getcwd() == sys.path[0],
            os.environ["PYTHONPATH"] == os.environ["LAMBDA_RUNTIME_DIR"], sys.executable.startswith("/var/lang/bin/python3."),
            beside.name, of_layer.name, context.memory_limit_in_mb]
`,
            "beside.py": "name = 'beside'\n",
          },
          { layerFolders: [layer] },
        );
        expect(payloadOf(await test.invoke("probe", { n: 1 }))).to.deep.equal([
          `AWS_Lambda_${runtime}`,
          true,
          true,
          test.fleet.isolation === "namespaces",
          "beside",
          "layer",
          "512",
        ]);
        expect(test.logs.messages()[0]).to.match(
          new RegExp(`^INIT_START Runtime Version: python:${runtime.slice(6)}\\.v`),
        );
        expect(test.logs.messages()).to.include("said 1\n");
      });

    it("answers with the error of a handler that raises, and serves the next invocation", async () => {
      test = await fleet("none");
      add({
        "app.py": `def handler(event, context):
    if event.get("fail"):
        raise ValueError("bad\\nnews")
    return "ok"
`,
      });
      const failed = payloadOf(await test.invoke("probe", { fail: true })) as Failure;
      expect([failed.errorType, failed.errorMessage, failed.stackTrace.length]).to.deep.equal([
        "ValueError",
        "bad\nnews",
        1,
      ]);
      expect(payloadOf(await test.invoke())).to.equal("ok");
      expect(test.fleet.environments("probe")).to.have.lengthOf(1);
      const records = test.logs.messages().filter((line) => line.startsWith("[ERROR]"));
      expect(records).to.have.lengthOf(1);
      expect(records[0]).to.match(/^\[ERROR\] ValueError: bad\nnews\nTraceback \(most recent call last\):\n/);
    });

    it("writes JSON log lines if the function's log format is JSON", async () => {
      test = await fleet("none");
      const logging = {
        format: "JSON",
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
        logGroup: "/aws/lambda/probe",
      };
      add({ "app.py": "def handler(event, context):\n    raise KeyError('x')\n" }, { logging });
      await test.invoke();
      const records = test.logs.messages().map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(records.filter(({ errorType }) => errorType === "KeyError")).to.have.lengthOf(1);
    });

    for (const [title, files, handler, errorType] of [
      ["a module that is missing", { "app.py": "" }, "other.handler", "Runtime.ImportModuleError"],
      ["a syntax error", { "app.py": "def handler(:\n" }, "app.handler", "Runtime.UserCodeSyntaxError"],
      ["a function that is missing", { "app.py": "x = 1\n" }, "app.handler", "Runtime.HandlerNotFound"],
      ["a handler without a dot", { "app.py": "" }, "app", "Runtime.MalformedHandlerName"],
    ] as const)
      it(`fails the Init with AWS's error for ${title}`, async () => {
        test = await fleet("none");
        add(files, { handler });
        expect((payloadOf(await test.invoke()) as Failure).errorType).to.equal(errorType);
      });

    it("starts through a wrapper of a layer", async () => {
      test = await fleet("auto");
      const layer = join(test.folder, "layer");
      writeFiles(layer, { wrap: '#!/bin/sh\nexport WRAPPED=1\nexec "$@"\n' });
      add(
        { "app.py": "import os\ndef handler(e, c):\n    return os.environ['WRAPPED']" },
        { layerFolders: [layer], environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrap" } },
      );
      expect(payloadOf(await test.invoke())).to.equal("1");
    });

    for (const [release, heard] of [
      ["3.11", false],
      ["3.12", true],
    ] as const)
      it(`runs a signal handler at the end of the environment only from Python 3.12 on (${release})`, async function () {
        const named = `python${release}`;
        const interpreter = interpreterOf(env)(named);
        if (interpreter === null || !runsRelease(interpreter.version, release)) this.skip();
        if (whose === "AWS's") await bringClient(named, env, () => undefined);
        // A process that ignores the signal is killed when its share of the shutdown budget is used up.
        test = await fleet(
          "none",
          heard ? { ...NO_SHUTDOWN_LIMIT, runtimeShareMs: 10_000 } : DEFAULT_SHUTDOWN_BUDGETS,
        );
        const layer = join(test.folder, "layer");
        writeFiles(layer, { "extensions/watch": EXTENSION });
        add({ "app.py": ON_SIGTERM }, { runtime: named, layerFolders: [layer] });
        await test.invoke();
        // The main thread of the process must wait for the next event before the signal comes.
        while (!test.fleet.environments().every(({ frozen }) => frozen)) await new Promise(setImmediate);
        await test.fleet.retire("probe", { every: true }, "fin");
        expect(test.logs.messages().includes("terminated\n")).to.equal(heard);
      });
  });

describe("the runtime client of a Python function", () => {
  it("is ours if AWS's is not installed, unless the user requires AWS's", async function () {
    await requireTool(this, ["python3", "--version"]);
    const runtime = usualRuntime(python.local, env) ?? "";
    const app = { "app.py": "def handler(e, c):\n    return sorted(e)" };
    for (const ricPackageOf of [null, () => null]) {
      const notices: string[] = [];
      const report = (notice: string): void => void notices.push(notice);
      const test = await testFleet({ interpreterOf: interpreterOf(env), ricPackageOf, report });
      try {
        test.add(app, { runtime, handler: "app.handler" });
        const answer = await test.invoke("probe", { b: 1, a: 2 }).then(payloadOf, String);
        expect(answer).to.deep.equal(
          ricPackageOf === null
            ? ["a", "b"]
            : `LongrunError: AWS's runtime client for ${runtime} is not installed.`,
        );
        expect(notices).to.deep.equal(ricPackageOf === null ? [ownClientNotice(runtime)] : []);
      } finally {
        await test.close();
      }
    }
  });
});
