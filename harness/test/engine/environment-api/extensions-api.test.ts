import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { normalised } from "../support/normalised.ts";
import {
  NO_SHUTDOWN_LIMIT,
  payloadOf,
  testFleet,
  writeFiles,
  type TestFleet,
} from "../support/test-fleet.ts";

/** The source text of a client of the Extensions API, for a function or an extension. */
const CLIENT = `
import http from "node:http";
const call = (method, path, headers = {}, body = "") => new Promise((resolve, reject) => {
  const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
  const request = http.request({ host, port, method, path: "/2020-01-01/extension/" + path, headers, agent: false }, (response) => {
    let text = ""; response.on("data", (chunk) => (text += chunk)); response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
  });
  request.on("error", reject); request.end(body);
});
const register = (name, events) => call("POST", "register", { "Lambda-Extension-Name": name }, JSON.stringify({ events }));
const next = (id) => call("GET", "event/next", { "Lambda-Extension-Identifier": id });
`;

const INTERNAL = `${CLIENT}
const { headers } = await register("graceful", EVENTS);
(async () => { for (;;) await next(headers["lambda-extension-identifier"]); })().catch(() => {});
`;

/** The tests with NO_SHUTDOWN_LIMIT check what happens at the shutdown, not how long it may take. */
describe("extensions:", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  it("without an extension, the process gets no SIGTERM", async () => {
    test = await testFleet();
    test.add({
      "index.mjs":
        'process.on("SIGTERM", () => { console.log("SIGTERM"); process.exit(0); }); export const handler = async () => 1;',
    });
    await test.invoke();
    await test.fleet.retire("probe", { every: true }, "fin");
    expect(test.logs.messages().filter((line) => line.includes("SIGTERM"))).to.deep.equal([]);
  });

  for (const events of ["[]", '["INVOKE"]']) {
    it(`with an internal extension for the events ${events}, the process gets SIGTERM although it is frozen`, async () => {
      test = await testFleet({ shutdownBudgets: NO_SHUTDOWN_LIMIT });
      test.add({
        "index.mjs": `${INTERNAL.replace("EVENTS", events)} process.on("SIGTERM", () => { console.log("SIGTERM"); process.exit(0); }); export const handler = async () => 1;`,
      });
      const result = await test.invoke("probe", {}, { waitForPhaseEnd: true });
      expect(payloadOf(result)).to.equal(1);
      expect(test.fleet.environments()[0]?.frozen).to.equal(true);
      await test.fleet.retire("probe", { every: true }, "fin");
      expect(normalised(test.logs.messages()).slice(1)).to.deep.equal([
        `EXTENSION\tName: graceful\tState: Ready\tEvents: [${(JSON.parse(events) as string[]).join(", ")}]\n`,
        "START RequestId: <id> Version: $LATEST\n",
        "END RequestId: <id>\n",
        "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tInit Duration: <n> ms\t\n",
        "<time>\t<id>\tINFO\tSIGTERM\n",
      ]);
    });
  }

  it("a process that ignores SIGTERM is killed when its shutdown budget is used up", async () => {
    // The budget is long enough for a process on a busy computer to handle the signal.
    test = await testFleet({ shutdownBudgets: { ...NO_SHUTDOWN_LIMIT, internalMs: 2_000 } });
    test.add({
      "index.mjs": `${INTERNAL.replace("EVENTS", "[]")} process.on("SIGTERM", () => console.log("ignored")); export const handler = async () => 1;`,
    });
    await test.invoke();
    expect((await test.fleet.retire("probe", { every: true }, "fin")).length).to.equal(1);
    expect(test.fleet.environments()).to.deep.equal([]);
    expect(test.logs.messages().at(-1)).to.match(/\tignored\n$/);
  });

  it("an extension that listens to INVOKE keeps the Invoke phase open after the answer has been sent", async () => {
    test = await testFleet();
    const go = join(test.folder, "go");
    test.add({
      "index.mjs": `${CLIENT}
        import { existsSync } from "node:fs";
        const { headers } = await register("slow", ["INVOKE"]);
        (async () => { for (;;) { await next(headers["lambda-extension-identifier"]); while (!existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 5)); console.log("after work"); } })().catch(() => {});
        await new Promise((r) => setTimeout(r, 20)); export const handler = async () => 1;`,
    });
    test.fleet.setReservedConcurrency("probe", 1);
    const result = await test.invoke();
    expect(payloadOf(result)).to.equal(1);
    expect((await test.invoke()).kind).to.equal("throttled");
    writeFileSync(go, "");
    await test.logs.seen("REPORT");
    const lines = normalised(test.logs.messages());
    expect(lines.indexOf("<time>\t<id>\tINFO\tafter work\n")).to.be.below(
      lines.indexOf("END RequestId: <id>\n"),
    );
  });

  it("an external extension starts before the runtime, and gets INVOKE and SHUTDOWN", async () => {
    test = await testFleet({ shutdownBudgets: NO_SHUTDOWN_LIMIT });
    const layer = join(test.folder, "layer");
    writeFiles(layer, {
      "extensions/watcher": `#!/usr/bin/env node
        (async () => { ${CLIENT.replace('import http from "node:http";', 'const http = require("node:http");')}
        console.log("watcher starts", process.env._HANDLER, process.env.AWS_LAMBDA_FUNCTION_NAME);
        const { headers, body } = await register("watcher", ["INVOKE", "SHUTDOWN"]); console.log(body);
        for (;;) { const event = JSON.parse((await next(headers["lambda-extension-identifier"])).body); console.log(event.eventType, event.shutdownReason ?? event.requestId); if (event.eventType === "SHUTDOWN") process.exit(0); }
        })();`,
    });
    test.add(
      {
        "index.mjs":
          'console.log("runtime starts"); process.on("SIGTERM", () => { console.log("SIGTERM"); process.exit(0); }); export const handler = async () => 1;',
      },
      { layerFolders: [layer] },
    );
    await test.invoke("probe", {}, { waitForPhaseEnd: true });
    await test.fleet.retire("probe", { every: true }, "fin");
    expect(normalised(test.logs.messages()).slice(1)).to.deep.equal([
      "watcher starts undefined probe\n",
      '{"functionName":"probe","functionVersion":"$LATEST","handler":"index.handler"}\n',
      "<time>\tundefined\tINFO\truntime starts\n",
      "EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n",
      "START RequestId: <id> Version: $LATEST\n",
      "INVOKE <id>\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tInit Duration: <n> ms\t\n",
      "<time>\t<id>\tINFO\tSIGTERM\n",
      "SHUTDOWN spindown\n",
    ]);
  });

  it("an external extension that dies fails the Init", async () => {
    test = await testFleet();
    const layer = join(test.folder, "layer");
    writeFiles(layer, { "extensions/broken": "#!/bin/sh\nexit 3\n" });
    test.add({ "index.mjs": "export const handler = async () => 1;" }, { layerFolders: [layer] });
    expect((await test.fleet.initialiseAhead("probe")).succeeded).to.equal(false);
    expect(test.logs.messages().at(-1)).to.match(/Status: error\tError Type: Extension\.Crash\n$/);
  });

  it("the Extensions API refuses invalid requests with AWS's errors", async () => {
    test = await testFleet();
    test.add({
      "index.mjs": `${CLIENT}
        const type = ({ status, body }) => status + " " + (JSON.parse(body).errorType ?? "ok");
        const seen = [];
        seen.push(type(await register("", [])), type(await register("a", ["SHUTDOWN"])), type(await register("a", ["OTHER"])), type(await call("POST", "register", { "Lambda-Extension-Name": "a" }, "x")));
        seen.push(type(await next("")), type(await next("a")), type(await next("00000000-0000-0000-0000-000000000000")));
        export const handler = async () => { seen.push(type(await register("late", []))); return seen; };`,
    });
    expect(payloadOf(await test.invoke())).to.deep.equal([
      "403 Extension.InvalidExtensionName",
      "403 ShutdownEventNotSupportedForInternalExtension",
      "403 Extension.InvalidEventType",
      "403 InvalidRequestFormat",
      "403 Extension.MissingExtensionIdentifier",
      "403 Extension.InvalidExtensionIdentifier",
      "403 Extension.UnknownExtensionIdentifier",
      "403 Extension.RegistrationClosed",
    ]);
  });

  it("ten extensions can register, and the eleventh is refused", async () => {
    test = await testFleet();
    test.add({
      "index.mjs": `${CLIENT}
        const statuses = [];
        for (let n = 0; n < 11; n++) { const { status, headers, body } = await register("e" + n, []); statuses.push(status + (JSON.parse(body).errorType ?? "")); if (status === 200) next(headers["lambda-extension-identifier"]).catch(() => {}); }
        export const handler = async () => statuses;`,
    });
    expect(payloadOf(await test.invoke())).to.deep.equal([
      ...Array<string>(10).fill("200"),
      "403Extension.TooManyExtensions",
    ]);
  });
});

describe("the Runtime API", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  it("refuses requests that a runtime may not make in its state, with AWS's messages", async () => {
    test = await testFleet();
    test.add({
      "index.mjs": `
        const call = async (method, path, body) => { const r = await fetch("http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/" + path, { method, body }); return [r.status, await r.json()]; };
        export const handler = async (e, c) => [await call("GET", "invocation/next"), await call("POST", "init/error", "{}"), await call("POST", "invocation/other/response", "1"), await call("GET", "nothing")];`,
    });
    const refusal = (to: string) => ({
      errorMessage: `State transition from Running to ${to} failed for runtime. Error: State transition is not allowed`,
      errorType: "InvalidStateTransition",
    });
    expect(payloadOf(await test.invoke())).to.deep.equal([
      [403, refusal("Ready")],
      [403, refusal("InitError")],
      [400, { errorMessage: "Invalid request ID", errorType: "InvalidRequestID" }],
      [404, { errorMessage: "no such endpoint: GET /2018-06-01/runtime/nothing", errorType: "NotFound" }],
    ]);
  });
});
