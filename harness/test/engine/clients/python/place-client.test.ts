import { join } from "node:path";
import { env } from "node:process";
import { expect } from "chai";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../../../../src/adapters/toolchains/interpreters.ts";
import { python } from "../../../../src/runtimes/python.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../../support/test-fleet.ts";

interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: readonly string[];
}

describeInTestAll("AWS's client for Python", function () {
  let test: TestFleet;
  let runtime = "";
  before(async function () {
    await requireTool(this, ["python3", "-m", "pip", "--version"]);
    runtime = usualRuntime(python.local, env) ?? "";
    await bringClient(runtime, env, () => undefined);
  });
  const fleet = (isolation: "none" | "auto"): Promise<TestFleet> =>
    testFleet({ isolation, interpreterOf: interpreterOf(env), installedClientOf: installedClientOf(env) });
  const add = (files: Readonly<Record<string, string>>, more: object = {}): void =>
    void test.add(files, { runtime, handler: "app.handler", ...more });
  afterEach(() => test.close());

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

  it("returns the error of a handler that raises, as on AWS; the error is one log event, and the environment serves the next invocation", async () => {
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

  it("is required: without it a function is not started, and the error says that the client is not installed", async () => {
    test = await testFleet({ interpreterOf: interpreterOf(env) });
    add({ "app.py": "" });
    const error = await test.invoke().then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).to.equal(`AWS's runtime client for ${runtime} is not installed.`);
  });
});
