import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { epochMs } from "../../../../src/base/time.ts";
import { processStart } from "../../../../src/engine/process/running/process-start.ts";
import { systemClock } from "../../support/system-clock.ts";
import { normalised } from "../../support/normalised.ts";
import {
  changeTimeout,
  invokeRequest,
  payloadOf,
  testFleet,
  type TestFleet,
} from "../../support/test-fleet.ts";

interface PlatformLine {
  readonly time: string;
  readonly type: string;
  readonly record: { readonly spans?: readonly { readonly start: string }[] };
}

const COUNTING = "let n = 0; export const handler = async () => ++n;";

describe("invocations on real processes", () => {
  let test: TestFleet;
  beforeEach(async () => {
    test = await testFleet();
  });
  afterEach(async () => {
    await test.close();
  });

  it("gives the function a /tmp with AWS's mode, whatever the umask is", async () => {
    test.add({
      "index.mjs":
        'import { statSync } from "node:fs"; export const handler = async () => (statSync(process.env.TMPDIR ?? "/tmp").mode & 0o7777).toString(8);',
    });
    expect(payloadOf(await test.invoke("probe"))).to.equal("1777");
  });

  it("returns the answer and writes the log stream as AWS does, in text format", async () => {
    test.add({
      "index.mjs":
        'console.log("boot"); export const handler = async (e) => { console.warn("one\\ntwo", e.a); process.stdout.write("raw\\npart"); return { got: e }; };',
    });
    const result = await test.invoke("probe", { a: 1 }, { waitForPhaseEnd: true });
    expect(payloadOf(result)).to.deep.equal({ got: { a: 1 } });
    const lines = normalised(test.logs.messages());
    // Console and standard output are two descriptors; the order in which they are read is not guaranteed.
    const own = lines.slice(3, 6);
    const [warning] = own.filter((line) => line.includes("WARN"));
    const raw = own.filter((line) => line !== warning);
    expect([...lines.slice(0, 3), warning, ...raw, ...lines.slice(6)]).to.deep.equal([
      "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:<hash>\n",
      "<time>\tundefined\tINFO\tboot\n",
      "START RequestId: <id> Version: $LATEST\n",
      "<time>\t<id>\tWARN\tone\ntwo 1\n",
      "raw\n",
      "part\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tInit Duration: <n> ms\t\n",
    ]);
    if (result.kind !== "answered") throw new Error("not answered");
    expect({ ...result, payload: "", environment: "", logTail: "" }).to.deep.equal({
      kind: "answered",
      payload: "",
      contentType: "application/json",
      functionError: null,
      executedVersion: "$LATEST",
      environment: "",
      logTail: "",
    });
    expect(test.logs.streams).to.deep.equal([result.environment]);
    expect(result.environment).to.match(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(result.logTail.toString()).to.equal(test.logs.messages().slice(2).join(""));
  });

  it("writes the log stream as AWS does, in JSON format at level DEBUG", async () => {
    test.add(
      {
        "index.mjs":
          'console.log("boot"); export const handler = async () => { console.debug("hidden"); console.error("two", new RangeError("r")); };',
      },
      {
        logging: {
          format: "JSON",
          applicationLogLevel: "INFO",
          systemLogLevel: "DEBUG",
          logGroup: "/aws/lambda/probe",
        },
      },
    );
    expect(payloadOf(await test.invoke())).to.equal(null);
    const events = test.logs.messages().map(
      (message) =>
        JSON.parse(message) as {
          type?: string;
          level?: string;
          message?: string;
          requestId?: string;
          errorType?: string;
        },
    );
    expect(
      events.map(
        (event) => event.type ?? `${event.level} ${event.message?.split("\n")[0]} ${event.errorType}`,
      ),
    ).to.deep.equal([
      "platform.initStart",
      "INFO boot undefined",
      "platform.initRuntimeDone",
      "platform.initReport",
      "platform.start",
      "ERROR two RangeError: r RangeError",
      "platform.runtimeDone",
      "platform.report",
    ]);
    expect(events[1]).to.not.have.property("requestId");
    expect(events[5]?.requestId).to.match(/^[0-9a-f-]{36}$/);
  });

  it("labels lines before the first invocation with a dash instead of a request id on nodejs24.x", async () => {
    test.add({ "index.mjs": `console.log("boot"); ${COUNTING}` }, { runtime: "nodejs24.x" });
    await test.invoke();
    expect(normalised(test.logs.messages())[1]).to.equal("<time>\t-\tINFO\tboot\n");
  });

  it("reuses a warm environment, and freezes it between its invocations", async () => {
    test.add({
      "index.mjs": "let n = 0; setInterval(() => n, 5); export const handler = async () => ++n;",
    });
    expect(payloadOf(await test.invoke())).to.equal(1);
    const { processId, frozen } = test.fleet.environments()[0] ?? {};
    expect(frozen).to.equal(true);
    // "T" is the kernel's state for a stopped process; the signal takes effect a moment after it was sent.
    const stopped = (): boolean =>
      execFileSync("ps", ["-o", "stat=", "-p", String(processId)], { encoding: "utf8" }).startsWith("T");
    while (!stopped()) await new Promise((resolve) => setImmediate(resolve));
    expect(payloadOf(await test.invoke())).to.equal(2);
  });

  it("returns a handler's error, keeps the environment, and logs an ERROR line with the request id", async () => {
    test.add({
      "index.mjs":
        'let n = 0; export const handler = async (e) => { n++; if (e.bad) throw Object.assign(new TypeError("no"), { code: 7 }); return n; };',
    });
    const result = await test.invoke("probe", { bad: true });
    const payload = payloadOf(result) as { errorType: string; errorMessage: string; trace: string[] };
    expect([payload.errorType, payload.errorMessage, payload.trace[0]]).to.deep.equal([
      "TypeError",
      "no",
      "TypeError: no",
    ]);
    expect(result.kind === "answered" && result.functionError).to.equal("Unhandled");
    expect(payloadOf(await test.invoke())).to.equal(2);
    const line = test.logs.messages().find((message) => message.includes("Invoke Error")) ?? "";
    expect(line).to.match(
      /^\S+Z\t[0-9a-f-]{36}\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no","code":7,"stack":\[/,
    );
    expect(test.logs.messages().filter((message) => message.includes("Status:"))).to.deep.equal([]);
  });

  it("answers and logs a time-out as AWS does, and keeps /tmp, but not the memory", async () => {
    const snapshot = test.add(
      {
        "index.mjs": `import { existsSync, writeFileSync } from "node:fs"; const file = process.env.TMPDIR + "/kept"; let n = 0; const kept = existsSync(file); writeFileSync(file, "");
        console.log("boot"); export const handler = async (e) => { n++; if (e.hang) await new Promise((r) => setTimeout(r, 1e6)); return [n, kept]; };`,
      },
      { timeoutMs: 1_000 },
    );
    const requestId = "11111111-2222-3333-4444-555555555555";
    const result = await test.fleet.invoke("probe", "$LATEST", invokeRequest({ hang: true }, { requestId }));
    expect(payloadOf(result)).to.deep.equal({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    });
    changeTimeout(snapshot, 20_000);
    expect(payloadOf(await test.invoke())).to.deep.equal([1, true]);
    expect(test.logs.streams.length).to.equal(1);
    expect(normalised(test.logs.messages()).slice(2)).to.deep.equal([
      "START RequestId: <id> Version: $LATEST\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tInit Duration: <n> ms\tStatus: timeout\n",
      "<time>\tundefined\tINFO\tboot\n",
      "START RequestId: <id> Version: $LATEST\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\t\n",
    ]);
    expect(test.logs.messages()[4]).to.match(/\tDuration: 1000\.00 ms\t/);
  });

  for (const [title, code, expected] of [
    ["process.exit()", "process.exit()", "Runtime exited without providing a reason"],
    ["process.exit(127)", "process.exit(127)", "Runtime exited with error: exit status 127"],
    [
      "a signal",
      'process.kill(process.pid, "SIGKILL"); await new Promise(() => setTimeout(() => 0, 1e6))',
      "Runtime exited with error: signal: killed",
    ],
  ] as const) {
    it(`reports a crash by ${title}, and repeats the Init in the next invocation`, async () => {
      test.add({
        "index.mjs": `let n = 0; export const handler = async (e) => { n++; if (e.crash) { process.stdout.write("last words\\n"); ${code}; } return n; };`,
      });
      const requestId = "11111111-2222-3333-4444-555555555555";
      const result = await test.fleet.invoke(
        "probe",
        "$LATEST",
        invokeRequest({ crash: true }, { requestId }),
      );
      expect(payloadOf(result)).to.deep.equal({
        errorType: "Runtime.ExitError",
        errorMessage: `RequestId: ${requestId} Error: ${expected}`,
      });
      expect(normalised(test.logs.messages()).slice(1)).to.deep.equal([
        "START RequestId: <id> Version: $LATEST\n",
        "last words\n",
        "END RequestId: <id>\n",
        "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tInit Duration: <n> ms\tStatus: error\tError Type: Runtime.ExitError\n",
      ]);
      expect(payloadOf(await test.invoke())).to.equal(1);
      expect(test.fleet.environments().length).to.equal(1);
    });
  }

  for (const [title, code, errorType] of [
    [
      "an uncaught exception",
      'setTimeout(() => { throw new RangeError("late") }, 1); await new Promise((r) => setTimeout(r, 1e6))',
      "RangeError",
    ],
    [
      "an unhandled rejection",
      'Promise.reject(new Error("r")); await new Promise((r) => setTimeout(r, 1e6))',
      "Runtime.UnhandledPromiseRejection",
    ],
  ] as const) {
    it(`answers ${title} with AWS's error for it, then resets the environment`, async () => {
      test.add({
        "index.mjs": `let n = 0; export const handler = async (e) => { n++; if (e.crash) { ${code}; } return n; };`,
      });
      expect(
        (payloadOf(await test.invoke("probe", { crash: true })) as { errorType: string }).errorType,
      ).to.equal(errorType);
      expect(payloadOf(await test.invoke())).to.equal(1);
      expect(
        test.logs
          .messages()
          .some((message) => message.endsWith("Status: error\tError Type: Runtime.ExitError\n")),
      ).to.equal(true);
    });
  }

  it("refuses a response larger than 6 MiB and 100 bytes, and serves the next invocation", async () => {
    test.add({ "index.mjs": 'export const handler = async (e) => "x".repeat(e.size);' });
    expect(payloadOf(await test.invoke("probe", { size: 6_291_555 }))).to.deep.equal({
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
      errorType: "Function.ResponseSizeTooLarge",
    });
    expect((payloadOf(await test.invoke("probe", { size: 6_291_554 })) as string).length).to.equal(6_291_554);
  });

  it("logs between START and END everything that was written before the answer, up to a limit", async () => {
    await test.close();
    test = await testFleet({ logBytesPerPhaseMax: 100_000 });
    test.add({
      "index.mjs":
        'export const handler = async (e) => { for (let i = 0; i < e.lines; i++) { console.log("c" + i); process.stdout.write("o" + i + "\\n"); } };',
    });
    // The kernel buffers 184 to 278 short lines (measured). On a busy computer, further lines would wait in the process until after the answer.
    await test.invoke("probe", { lines: 100 });
    const messages = test.logs.messages();
    expect(messages.filter((message) => /^o\d+\n$/.test(message)).length).to.equal(100);
    expect(messages.filter((message) => /\tc\d+\n$/.test(message)).length).to.equal(100);
    expect(messages.at(-2)).to.match(/^END/);
    await test.invoke("probe", { lines: 50_000 });
    const dropped = test.logs.messages().at(-1) ?? "";
    expect(dropped).to.match(/^LOGS_DROPPED\tDropped Records: \d+\tDropped Bytes: \d+\tReason: /);
    expect(test.logs.messages().slice(messages.length).join("").length).to.be.below(110_000);
  });

  it("reports the memory that the process really uses, even after a very short first invocation", async function () {
    if (!existsSync("/proc/self/statm")) this.skip();
    test.add({ "index.mjs": "export const handler = async () => process.memoryUsage.rss() / 1024 / 1024;" });
    const residentMb = payloadOf(await test.invoke()) as number;
    const used = /Max Memory Used: (\d+) MB/.exec(test.logs.messages().at(-1) ?? "")?.[1];
    expect(Number(used)).to.be.above(residentMb / 2);
  });

  it("kills a process that uses more memory than the function's memory size", async function () {
    if (!existsSync("/proc/self/statm")) this.skip();
    test.add(
      {
        "index.mjs":
          "const kept = []; export const handler = async (e) => { while (e.grow) { kept.push(Buffer.alloc(8e6, 1)); await new Promise((r) => setTimeout(r, 2)); } return 1; };",
      },
      { memorySizeMb: 192 },
    );
    const payload = payloadOf(await test.invoke("probe", { grow: true })) as {
      errorType: string;
      errorMessage: string;
    };
    expect([payload.errorType, payload.errorMessage.split("Error: ")[1]]).to.deep.equal([
      "Runtime.ExitError",
      "Runtime exited with error: signal: killed",
    ]);
    expect(test.logs.messages().at(-1)).to.match(
      /\tMemory Size: 192 MB\tMax Memory Used: 192 MB\t.*Status: error\tError Type: Runtime\.ExitError\n$/,
    );
    expect(payloadOf(await test.invoke())).to.equal(1);
  });

  it("leaves no process and no folder after close, even during an invocation", async () => {
    test.add({
      "index.mjs":
        'export const handler = async () => { console.log("in"); await new Promise((r) => setTimeout(r, 1e6)); };',
    });
    const result = test.invoke();
    await test.logs.seen("\tin\n");
    const processId = test.fleet.environments()[0]?.processId ?? 0;
    expect(processStart(processId)).to.not.equal(null);
    await test.fleet.close();
    expect((await result).kind).to.equal("broken");
    expect(processStart(processId)).to.equal(null);
    expect(readdirSync(`${test.folder}/data`)).to.deep.equal([]);
  });
});

describe("the START of an invocation", () => {
  it("has the time at which the function got the event, however late the engine writes it", async () => {
    let calls = 0;
    const slow = { ...systemClock, now: () => epochMs(systemClock.now() + 1_000 * ++calls) };
    const test = await testFleet({ clock: slow });
    try {
      const logging = { format: "JSON", applicationLogLevel: "INFO", systemLogLevel: "DEBUG" } as const;
      test.add({ "index.mjs": COUNTING }, { logging: { ...logging, logGroup: "g" } });
      await test.invoke("probe", {}, { waitForPhaseEnd: true });
      const events = test.logs.messages().map((line) => JSON.parse(line) as PlatformLine);
      const [start, done] = ["platform.start", "platform.runtimeDone"].map((type) =>
        events.find((one) => one.type === type),
      );
      expect(start?.time).to.equal(done?.record.spans?.[0]?.start);
    } finally {
      await test.close();
    }
  });

  it("has no later time than the function's first line, if the engine stands still between two looks at its clocks", async () => {
    const now = (): ReturnType<typeof systemClock.now> => {
      const until = systemClock.monotonic() + 50;
      while (systemClock.monotonic() < until);
      return systemClock.now();
    };
    const test = await testFleet({ clock: { ...systemClock, now } });
    try {
      const logging = { format: "JSON", applicationLogLevel: "INFO", systemLogLevel: "DEBUG" } as const;
      test.add(
        { "index.mjs": "export const handler = async () => Date.now();" },
        { logging: { ...logging, logGroup: "g" } },
      );
      const began = payloadOf(await test.invoke("probe", {}, { waitForPhaseEnd: true }));
      const start = test.logs.messages().find((line) => line.includes("platform.start"))!;
      expect(Date.parse((JSON.parse(start) as PlatformLine).time)).to.be.at.most(Number(began));
    } finally {
      await test.close();
    }
  });
});
