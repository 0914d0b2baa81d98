import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../../scripts/free-port.ts";
import {
  changeTimeout,
  NO_SHUTDOWN_LIMIT,
  payloadOf,
  testFleet,
  writeFiles,
  type TestFleet,
} from "../support/test-fleet.ts";

/**
 * The source text of JavaScript helpers that call the Extensions API and the Telemetry API, for a Lambda function or an extension. `listen`
 * starts a subscriber that keeps the events it receives.
 */
const CLIENT = `
const http = require("node:http"); const net = require("node:net");
const call = (method, path, headers = {}, body = "") => new Promise((resolve, reject) => {
  const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
  const request = http.request({ host, port, method, path, headers, agent: false }, (response) => {
    let text = ""; response.on("data", (chunk) => (text += chunk)); response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
  });
  request.on("error", reject); request.end(body);
});
const register = async (name, events) => (await call("POST", "/2020-01-01/extension/register", { "Lambda-Extension-Name": name }, JSON.stringify({ events }))).headers["lambda-extension-identifier"];
const next = async (id) => JSON.parse((await call("GET", "/2020-01-01/extension/event/next", { "Lambda-Extension-Identifier": id })).body);
const subscribe = (id, body) => call("PUT", "/2022-07-01/telemetry", { "Lambda-Extension-Identifier": id }, typeof body === "string" ? body : JSON.stringify(body));
const subscription = (port, more = {}) => ({ schemaVersion: "2022-12-13", types: ["platform", "function", "extension"], buffering: { timeoutMs: 25, maxBytes: 262144, maxItems: 1000 }, destination: { protocol: "HTTP", URI: "http://sandbox.localdomain:" + port + "/given" }, ...more });
const seen = []; const batches = [];
let wake = () => {};
const arrived = async (test) => { while (!seen.some(test)) await new Promise((resolve) => (wake = resolve)); };
const listen = (host = "0.0.0.0", status = () => 200) => new Promise((resolve) => {
  const server = http.createServer((request, response) => {
    let text = ""; request.on("data", (chunk) => (text += chunk));
    request.on("end", () => { const code = status(); response.writeHead(code).end(); batches.push([request.method, request.url, request.headers["content-type"], code, request.headers["sequence-id"]]); if (code === 200) seen.push(...JSON.parse(text)); wake(); });
  });
  server.listen(0, host, () => resolve(server.address().port));
});
`;

const REQUIRE =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * An internal extension in a function's own process. The handler answers with the events that the extension received. From the second
 * invocation on, it first waits until the extension has received the end of an invocation.
 */
const internal = (subscribeWith: string): string => `${REQUIRE}${CLIENT}
const ready = (async () => {
  const port = await listen();
  const id = await register("inner", ["INVOKE"]);
  const answer = await subscribe(id, ${subscribeWith});
  (async () => { for (;;) await next(id); })().catch(() => {});
  return answer.status + " " + answer.body;
})();
let invocation = 0;
export const handler = async () => {
  invocation += 1;
  const answer = await ready;
  console.log("from the handler");
  if (invocation > 1) await arrived(({ type }) => type === "platform.runtimeDone");
  return { answer, seen, batches };
};
await ready;
`;

interface Answer {
  readonly answer: string;
  readonly seen: ReadonlyArray<{ readonly time: string; readonly type: string; readonly record: unknown }>;
  readonly batches: ReadonlyArray<readonly unknown[]>;
}

const types = ({ seen }: Answer): string[] => seen.map(({ type }) => type);

describe("Telemetry API", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  /**
   * Invokes the function twice, and returns the answer of the second invocation: its events include the end of the first invocation.
   */
  async function twice(): Promise<Answer> {
    await test.invoke("probe", {}, { waitForPhaseEnd: true });
    return payloadOf(await test.invoke()) as Answer;
  }

  it("delivers events from before the subscription, and the end of an invocation during the next invocation", async () => {
    test = await testFleet();
    test.add(
      { "index.mjs": internal("subscription(port)") },
      {
        logging: {
          format: "JSON",
          applicationLogLevel: "INFO",
          systemLogLevel: "WARN",
          logGroup: "/aws/lambda/probe",
        },
      },
    );
    const answer = await twice();
    expect(answer.answer).to.equal('200 "OK"');
    expect(types(answer).slice(0, 9)).to.deep.equal([
      "platform.initStart",
      "platform.telemetrySubscription",
      "platform.initRuntimeDone",
      "platform.extension",
      "platform.initReport",
      "platform.start",
      "function",
      "platform.runtimeDone",
      "platform.report",
    ]);
    expect(answer.batches[0]?.slice(0, 4)).to.deep.equal(["POST", "/given", "application/json", 200]);
    const record = (type: string): Record<string, unknown> =>
      answer.seen.find((one) => one.type === type)?.record as Record<string, unknown>;
    expect(record("platform.telemetrySubscription")).to.deep.equal({
      name: "inner",
      state: "Subscribed",
      types: ["platform", "function", "extension"],
    });
    expect(record("platform.extension")).to.deep.equal({ name: "inner", state: "Ready", events: ["INVOKE"] });
    expect(record("platform.report")["status"]).to.equal("success");
    expect(record("function")["message"]).to.equal("from the handler");
    expect(test.logs.messages().filter((line) => line.includes("platform."))).to.deep.equal([]);
  });

  it("delivers a function's line as a string if the subscription has the oldest schema or the log format is text", async () => {
    test = await testFleet();
    const json = {
      format: "JSON",
      applicationLogLevel: "INFO",
      systemLogLevel: "INFO",
      logGroup: "/aws/lambda/probe",
    } as const;
    const lines = async (): Promise<string[]> =>
      (await twice()).seen.filter(({ type }) => type === "function").map(({ record }) => typeof record);
    test.add(
      { "index.mjs": internal('subscription(port, { schemaVersion: "2022-07-01" })') },
      { logging: json },
    );
    expect((await lines())[0]).to.equal("string");
    test.add({ "index.mjs": internal("subscription(port)") });
    expect((await lines())[0]).to.equal("string");
    test.add(
      { "index.mjs": internal('subscription(port, { schemaVersion: "2025-01-29" })') },
      { logging: json },
    );
    expect((await lines())[0]).to.equal("object");
  });

  it("delivers only events of the requested types, and logs which types were requested", async () => {
    test = await testFleet();
    test.add({ "index.mjs": internal('subscription(port, { types: ["platform"] })') });
    expect(types(await twice()).filter((type) => !type.startsWith("platform."))).to.deep.equal([]);
    expect(test.logs.messages()).to.include("TELEMETRY\tName: inner\tState: Subscribed\tTypes: [Platform]\n");
  });

  it("delivers lines of JSON to a TCP port", async () => {
    test = await testFleet();
    test.add({
      "index.mjs": internal(`await new Promise((resolve) => {
        const server = net.createServer((socket) => { let text = ""; socket.on("data", (chunk) => { text += chunk; const lines = text.split("\\n"); text = lines.pop(); seen.push(...lines.map((line) => JSON.parse(line))); wake(); }); });
        server.listen(0, "127.0.0.1", () => resolve(subscription(0, { destination: { protocol: "TCP", port: server.address().port } })));
      })`),
    });
    expect(types(await twice()).slice(0, 2)).to.deep.equal([
      "platform.initStart",
      "platform.telemetrySubscription",
    ]);
  });

  it("posts a refused batch again, unchanged", async () => {
    test = await testFleet();
    test.add({
      "index.mjs": internal("subscription(port)").replace(
        "await listen()",
        'await listen("0.0.0.0", () => (batches.length < 2 ? 500 : 200))',
      ),
    });
    const { batches } = await twice();
    expect(batches.slice(0, 3).map((batch) => batch[3])).to.deep.equal([500, 500, 200]);
    expect(new Set(batches.slice(0, 3).map((batch) => batch[4])).size).to.equal(1);
  });

  it("stops sending to an unreachable subscriber, logs what was dropped, and still answers the invocation", async () => {
    test = await testFleet();
    const go = join(test.folder, "go");
    test.add({
      "index.mjs": internal('subscription(1, { types: ["platform"] })').replace(
        /if \(invocation > 1\).*/,
        `while (!(await import("node:fs")).existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 10));`,
      ),
    });
    const answered = test.invoke();
    expect(await test.logs.seen("LOGS_DROPPED")).to.match(
      /^LOGS_DROPPED\tDropped Records: \d+\tDropped Bytes: \d+\tReason: Some logs were dropped: the subscriber could not be reached\n$/,
    );
    writeFileSync(go, "");
    expect((await answered).kind).to.equal("answered");
  });

  it("refuses an invalid subscription, and a subscription that comes too late", async () => {
    test = await testFleet();
    test.add({
      "index.mjs": `${REQUIRE}${CLIENT}
        const given = (more) => subscription(8080, more);
        const all = (async () => {
          const id = await register("inner", []);
          const answers = [];
          const tell = async (answer) => { const { status, body } = await answer; answers.push(status + " " + JSON.parse(body).errorType + " " + JSON.parse(body).errorMessage); };
          await tell(subscribe("", given())); await tell(subscribe("00000000-0000-0000-0000-000000000000", given()));
          await tell(subscribe(id, "{")); await tell(subscribe(id, "[]")); await tell(subscribe(id, "x".repeat(70000)));
          await tell(subscribe(id, given({ schemaVersion: "2021-01-01" }))); await tell(subscribe(id, given({ types: [] }))); await tell(subscribe(id, given({ types: ["other"] })));
          await tell(subscribe(id, given({ destination: undefined })));
          for (const URI of ["http://example.com:80", "https://sandbox.localdomain:80", "http://sandbox.localdomain:9001", "http://a:b@sandbox.localdomain:80", 7]) await tell(subscribe(id, given({ destination: { protocol: "HTTP", URI } })));
          for (const port of [0, 65536, "80", 9001]) await tell(subscribe(id, given({ destination: { protocol: "TCP", port } })));
          for (const buffering of [{ maxItems: 999 }, { maxItems: 10001 }, { maxBytes: 262143 }, { maxBytes: 1048577 }, { timeoutMs: 24 }, { timeoutMs: 30001 }, { timeoutMs: 100.5 }, []]) await tell(subscribe(id, given({ buffering })));
          await tell(subscribe(id, given({ destination: { protocol: "FTP", URI: "x" } })));
          (async () => { for (;;) await next(id); })().catch(() => {});
          return { id, answers, tell };
        })();
        await all;
        export const handler = async () => { const { id, answers, tell } = await all; await tell(subscribe(id, given())); return answers; };`,
    });
    const answers = payloadOf(await test.invoke()) as string[];
    const host = "destination.URI: expected http and the host sandbox.localdomain";
    const invalid = (text: string): string => `400 ValidationError ${text}`;
    const port = invalid("destination.port: expected a whole number from 1 to 65535");
    expect(answers).to.deep.equal([
      "403 Extension.MissingExtensionIdentifier Missing Lambda-Extension-Identifier header",
      "403 Extension.UnknownExtensionIdentifier Unknown extension 00000000-0000-0000-0000-000000000000",
      invalid("the body is not JSON"),
      invalid("the body: expected an object"),
      invalid("the body is too large"),
      invalid("schemaVersion: expected one of 2022-07-01, 2022-12-13, 2025-01-29"),
      invalid("types: expected an array of at least one type"),
      invalid("types: expected one of platform, function, extension"),
      invalid("destination: expected an object"),
      invalid(host),
      invalid(host),
      invalid("destination.URI: port 9001 cannot be used"),
      invalid(host),
      invalid("destination.URI: expected a URI"),
      port,
      port,
      port,
      invalid("destination.port: port 9001 cannot be used"),
      invalid("buffering.maxItems: expected a whole number from 1000 to 10000"),
      invalid("buffering.maxItems: expected a whole number from 1000 to 10000"),
      invalid("buffering.maxBytes: expected a whole number from 262144 to 1048576"),
      invalid("buffering.maxBytes: expected a whole number from 262144 to 1048576"),
      invalid("buffering.timeoutMs: expected a whole number from 25 to 30000"),
      invalid("buffering.timeoutMs: expected a whole number from 25 to 30000"),
      invalid("buffering.timeoutMs: expected a whole number from 25 to 30000"),
      invalid("buffering: expected an object"),
      invalid("destination.protocol: expected one of HTTP, TCP"),
      "403 Telemetry.SubscriptionClosed Telemetry API subscription is closed",
    ]);
  });

  /** An external extension that, when it is shut down, prints everything that it received. */
  const external = (host: string): Record<string, string> => ({
    "extensions/watcher": `#!/usr/bin/env node
      (async () => { ${CLIENT}
      const port = await listen(${JSON.stringify(host)});
      const id = await register("watcher", ["INVOKE", "SHUTDOWN"]);
      await subscribe(id, subscription(port, { buffering: { timeoutMs: 30000 } }));
      console.log("watcher ready");
      for (;;) { const event = await next(id); if (event.eventType === "SHUTDOWN") { await arrived(({ type }) => type === "platform.report"); console.log(JSON.stringify(seen.map(({ type, record }) => [type, record.phase ?? record.status ?? (typeof record === "string" ? record.split("\\t").at(-1) : "")]))); process.exit(0); } }
      })();`,
  });
  const FUNCTION = {
    "index.mjs":
      "export const handler = async ({ wait }) => { console.log('from the handler'); await new Promise((r) => setTimeout(r, wait ?? 0)); };",
  };

  for (const [isolation, host] of [
    ["none", "127.0.0.1"],
    ["auto", "0.0.0.0"],
  ] as const) {
    it(`delivers the waiting events to an external extension before its environment ends (isolation ${isolation})`, async () => {
      test = await testFleet({ isolation, shutdownBudgets: NO_SHUTDOWN_LIMIT });
      const layer = join(test.folder, "layer");
      writeFiles(layer, external(host));
      test.add(FUNCTION, { layerFolders: [layer] });
      await test.invoke("probe", {}, { waitForPhaseEnd: true });
      await test.fleet.retire("probe", { every: true }, "fin");
      const last = JSON.parse(test.logs.messages().at(-1) ?? "") as string[][];
      expect(last).to.deep.equal([
        ["platform.initStart", "init"],
        ["platform.telemetrySubscription", ""],
        ["extension", "watcher ready"],
        ["platform.initRuntimeDone", "init"],
        ["platform.extension", ""],
        ["platform.initReport", "init"],
        ["platform.start", ""],
        ["function", "from the handler"],
        ["platform.runtimeDone", "success"],
        ["platform.report", "success"],
      ]);
    });
  }

  it("delivers to subscribers of two environments that use the same port, each under its own sandbox.localdomain", async function () {
    test = await testFleet({ isolation: "auto" });
    if (test.fleet.isolation === "none") this.skip();
    test.add({
      "index.mjs": internal("subscription(port)")
        .replace("await listen()", 'await listen("sandbox.localdomain")')
        .replace("server.listen(0,", "server.listen(PORT,")
        .replace("const seen", `const PORT = ${await freePort()}; const seen`),
    });
    const answers = await Promise.all([1, 2].map(() => test.invoke("probe", {}, { waitForPhaseEnd: true })));
    expect(new Set(answers.map((one) => (one.kind === "answered" ? one.environment : ""))).size).to.equal(2);
    const [first, second] = (await Promise.all([test.invoke(), test.invoke()])).map(payloadOf) as Answer[];
    for (const one of [first, second])
      expect(one?.seen.filter(({ type }) => type === "platform.initStart")).to.have.lengthOf(1);
  });

  it("delivers the end of a timed-out invocation to the next boot, whose Init has phase 'invoke'", async () => {
    test = await testFleet({ shutdownBudgets: { internalMs: 20, externalMs: 40, runtimeShareMs: 20 } });
    const snapshot = test.add(
      {
        "index.mjs": internal("subscription(port)")
          .replace(
            "const answer = await ready;",
            'const answer = await ready; if (event.hang) await new Promise(() => setInterval(() => {}, 1000)); await arrived(({ type }) => type === "platform.start");',
          )
          .replace("async () => {\n  invocation", "async (event) => {\n  invocation"),
      },
      { timeoutMs: 1_000 },
    );
    await test.invoke("probe", { hang: true }, { waitForPhaseEnd: true });
    changeTimeout(snapshot, 20_000);
    const { seen } = payloadOf(await test.invoke()) as Answer;
    // Events that the killed process had not received come first, and then the end of its invocation.
    const end = seen.findIndex(({ type }) => type === "platform.runtimeDone");
    expect(
      seen.slice(end).map(({ type, record }) => {
        const { phase, status } = record as { phase?: string; status?: string };
        return [type, phase ?? null, status ?? null];
      }),
    ).to.deep.equal([
      ["platform.runtimeDone", null, "timeout"],
      ["platform.report", null, "timeout"],
      ["platform.initStart", "invoke", null],
      ["platform.telemetrySubscription", null, null],
      ["platform.initRuntimeDone", "invoke", "success"],
      ["platform.extension", null, null],
      ["platform.initReport", "invoke", "success"],
      ["platform.start", null, null],
    ]);
  });
});
