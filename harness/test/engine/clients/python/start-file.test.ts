/**
 * Compares a parked process of a Python function with a process that was started at the cold start. A parked process was started ahead and
 * waits for a cold start.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { expect } from "chai";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../../../../src/adapters/toolchains/interpreters.ts";
import { python } from "../../../../src/catalogue/runtimes/python.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../../support/test-fleet.ts";
import { parentOf, untilParked } from "../../support/waiting-process.ts";

/** Writes its process id into a file when it is loaded. The handler returns what the process can see. */
const APP = `import os, sys
with open(os.environ["LOADED"], "a") as file:
    file.write("%d\\n" % os.getpid())
import beside, of_layer, resource, signal, threading
def handler(event, context):
    variables = {name: value for name, value in os.environ.items() if "STREAM_NAME" not in name and "RUNTIME_API" not in name and "TRACE_ID" not in name and name != "TMPDIR"}
    with open("/proc/self/environ", "rb") as given:
        given = sorted(entry.split(b"=")[0].decode() for entry in given.read().split(b"\\0"))
    descriptors = {name: os.readlink("/proc/self/fd/" + name).split(":")[0] for name in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + name)}
    return [os.getpid(), {
        "variables": variables, "given": given, "descriptors": descriptors, "argv": sys.argv, "path": sys.path, "flags": str(sys.flags),
        "folder": os.getcwd(), "modules": sorted(sys.modules), "main": sys.modules["__main__"].__file__, "input": [sys.stdin.seekable(), sys.stdin.read()],
        "threads": threading.active_count(), "signals": [str(signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
        "files": resource.getrlimit(resource.RLIMIT_NOFILE), "stream": context.log_stream_name == os.environ["AWS_LAMBDA_LOG_STREAM_NAME"], "beside": beside.name, "layer": of_layer.name}]
`;
type Seen = readonly [number, Readonly<Record<string, unknown>>];

for (const whose of ["AWS's", "our"] as const)
  (whose === "our" ? describe : describeInTestAll)(`a parked process on ${whose} client for Python`, () => {
    let test: TestFleet;
    let runtime = "";
    before(async function () {
      await requireTool(this, ["python3", "--version"]);
      if (!existsSync("/proc/self/fd")) this.skip();
      runtime = usualRuntime(python.local, env) ?? "";
      if (whose === "AWS's") await bringClient(runtime, env, () => undefined);
    });
    afterEach(() => test.close());

    async function opened(isolation: "none" | "auto"): Promise<void> {
      test = await testFleet({
        isolation,
        parked: 1,
        interpreterOf: interpreterOf(env),
        installedClientOf: whose === "our" ? () => null : installedClientOf(env),
      });
      const layer = join(test.folder, "layer");
      writeFiles(layer, { "python/of_layer.py": "name = 'layer'\n" });
      test.add(
        { "app.py": APP, "beside.py": "name = 'beside'\n" },
        {
          runtime,
          handler: "app.handler",
          layerFolders: [layer],
          // With namespaces the function does not see the test's folder.
          environment: {
            LOADED: isolation === "none" ? join(test.folder, "loaded") : "/dev/null",
          },
        },
      );
    }
    const invoked = async (): Promise<Seen> => payloadOf(await test.invoke()) as Seen;
    const loaded = (): string => {
      const file = join(test.folder, "loaded");
      return existsSync(file) ? readFileSync(file, "utf8") : "";
    };

    for (const isolation of ["none", "auto"] as const)
      it(`gives the function the same surroundings as a process that was not parked, and loads the function's code only at the cold start (isolation ${isolation})`, async () => {
        await opened(isolation);
        const [, first] = await invoked();
        const before = loaded();
        const waiting = await untilParked(test);
        expect(loaded()).to.equal(before);
        const [, second] = await invoked();
        const program = test.fleet.environments()[0]?.processId ?? 0;
        expect([program, parentOf(program)]).to.include(waiting);
        expect(second).to.deep.equal(first);
        expect(first["descriptors"]).to.include({ 0: "/dev/null" });
      });
  });
