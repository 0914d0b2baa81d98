import { expect } from "chai";
import { LongrunError } from "../../src/base/errors.ts";
import type { Plan } from "../../src/record/plan-file.ts";
import type { DriveProgress } from "../../src/run/ports/progress.ts";
import { durationMs } from "../../src/base/time.ts";
import type { SoakEnd } from "../../src/run/soak-end.ts";
import { JUDGED, soakUnderTest, eventTexts } from "./soak-under-test.ts";

const codeOf = (error: unknown): string | null => (error instanceof LongrunError ? error.code : null);
const failureOf = (end: SoakEnd | null): string | null =>
  end?.kind === "judged" ? codeOf(end.failure) : null;
const CLOSED = ["peer", "logs", "driver", "engine", "judge", "store"];

describe("runSoak", () => {
  it("prepares and drives the run, collects its logs, seals it by judging the evidence, and records each step", async () => {
    const { journal, end, manifests, closed, rendered, logs } = await soakUnderTest({
      input: { duration: durationMs(3_000) },
    });
    expect(eventTexts(journal)).to.deep.equal([
      "run-started",
      "function-ready",
      "peer-ready",
      "drive-started",
      "one 1 sent",
      "one 1 succeeded",
      "one 2 sent",
      "one 2 succeeded",
      "one 3 sent",
      "one 3 succeeded",
      "stop: duration",
      "drive-ended",
      "logs-read",
      "one settled true, missing 0",
      "run-ended",
    ]);
    expect(journal.map(({ sequence }) => sequence)).to.deep.equal(journal.map((_, index) => index + 1));
    expect({
      end,
      rendered,
      closed,
      records: logs.length,
      statuses: manifests.map(({ status }) => status),
    }).to.deep.equal({
      end: { kind: "judged", judged: JUDGED, interrupted: false, failure: null },
      rendered: true,
      closed: CLOSED,
      records: 3,
      statuses: ["running", "ended"],
    });
  });

  it("measures latency from the due time, and records when each invocation was due", async () => {
    const { journal } = await soakUnderTest({
      input: { duration: durationMs(3_000) },
      answer: (n) => ({ after: n === 1 ? 1_400 : 50 }),
    });
    const ended = journal.flatMap((event) =>
      event.event === "invocation-ended" ? [[event.n, event.durationMs, event.latencyMs]] : [],
    );
    const due = journal.flatMap((event) =>
      event.event === "invocation-sent" || event.event === "invocation-skipped"
        ? [`${event.n} ${event.dueAt.slice(17)}`]
        : [],
    );
    expect({ ended, due }).to.deep.equal({
      ended: [
        [1, 1_400, 1_400],
        [3, 50, 50],
      ],
      due: ["1 04.200Z", "2 05.200Z", "3 06.200Z"],
    });
  });

  it("drives several functions at the same time", async () => {
    const { journal } = await soakUnderTest({
      labels: ["one", "two"],
      input: { duration: durationMs(2_000) },
    });
    const sent = eventTexts(journal).filter((text) => text.endsWith("sent"));
    expect(sent).to.deep.equal(["one 1 sent", "two 1 sent", "one 2 sent", "two 2 sent"]);
  });

  it("drains at the first signal: it waits for invocations in flight, collects the evidence and writes a report", async () => {
    const { journal, end, manifests, rendered } = await soakUnderTest({
      answer: () => ({ after: 300 }),
      onEvent: (event, { stop }) => {
        if (event.event === "invocation-sent" && event.n === 2) stop.signal();
      },
    });
    expect(eventTexts(journal).slice(6)).to.deep.equal([
      "one 2 sent",
      "stop: signal",
      "one 2 succeeded",
      "drive-ended",
      "logs-read",
      "one settled true, missing 0",
      "run-ended",
    ]);
    expect([end?.kind === "judged" && end.interrupted, manifests.at(-1)?.status, rendered]).to.deep.equal([
      true,
      "interrupted",
      true,
    ]);
  });

  it("aborts at the second signal without a report, and the manifest in the directory says so", async () => {
    const { journal, end, manifests, rendered, closed, discarded } = await soakUnderTest({
      answer: () => ({ after: 60_000 }),
      onEvent: (event, { stop }) => {
        if (event.event !== "invocation-sent") return;
        stop.signal();
        stop.signal();
      },
    });
    expect(eventTexts(journal).slice(4)).to.deep.equal([
      "one 1 sent",
      "stop: signal",
      "one 1 unknown",
      "drive-ended",
      "logs-read",
      "one settled false, missing 0",
      "stop: abort",
      "run-ended",
    ]);
    expect({ end, status: manifests.at(-1)?.status, rendered, discarded, closed }).to.deep.equal({
      end: { kind: "aborted" },
      status: "aborted",
      rendered: false,
      discarded: false,
      closed: CLOSED,
    });
  });

  it("stops at the first harm with --stop-on harm", async () => {
    const { journal, end } = await soakUnderTest({
      input: { stopOnHarm: true, duration: durationMs(60_000) },
      live: () => ({ processorMs: 0, environmentsAlive: 2, exposures: 1, harmed: 1, functions: [] }),
    });
    expect(eventTexts(journal)).to.include("stop: harm");
    expect(journal.filter((event) => event.event === "invocation-sent")).to.have.length.below(4);
    expect(end).to.deep.equal({ kind: "judged", judged: JUDGED, interrupted: false, failure: null });
  });

  it("continues after harm without --stop-on harm", async () => {
    const { journal } = await soakUnderTest({
      live: () => ({ processorMs: 0, environmentsAlive: 2, exposures: 1, harmed: 1, functions: [] }),
    });
    expect(eventTexts(journal)).to.include("stop: duration");
  });

  /** For each judgement, the time of its evidence and the time at which it was first shown. */
  const judgements = (shown: readonly DriveProgress[]): readonly unknown[] => {
    const firstShown = new Map<number | null, number>();
    for (const { elapsedMs, judged } of shown)
      if (!firstShown.has(judged?.asOfMs ?? null)) firstShown.set(judged?.asOfMs ?? null, elapsedMs);
    return [...firstShown];
  };

  it("judges again soon although the judging process starts slowly", async () => {
    const { shown } = await soakUnderTest({
      input: { duration: durationMs(11_000) },
      judgingMs: 3_000,
      live: () => ({ processorMs: 50, environmentsAlive: 2, exposures: 1, harmed: 0, functions: [] }),
    });
    expect(judgements(shown)).to.deep.equal([
      [null, 0],
      [2_000, 5_000],
      [7_000, 10_000],
    ]);
  });

  it("judges again, after growing pauses, when a judgement fails", async () => {
    const failures: unknown[] = [true, true];
    const { shown, said } = await soakUnderTest({
      input: { duration: durationMs(20_000) },
      live: () => {
        if (failures.pop() === true) throw new Error("SIGKILL");
        return { processorMs: 50, environmentsAlive: 2, exposures: 1, harmed: 0, functions: [] };
      },
    });
    expect(said.filter((text) => text.includes("cannot be judged"))).to.have.lengthOf(2);
    // At 2 s and 6 s the judgement fails. The third judgement begins at 14 s.
    expect(judgements(shown).slice(0, 2)).to.deep.equal([
      [null, 0],
      [14_000, 14_250],
    ]);
  });

  it("shows for each judgement the time at which its evidence was read", async () => {
    const { shown } = await soakUnderTest({
      input: { duration: durationMs(20_000) },
      judgingMs: 500,
      live: () => ({ processorMs: 500, environmentsAlive: 2, exposures: 1, harmed: 0, functions: [] }),
    });
    expect(judgements(shown)).to.deep.equal([
      [null, 0],
      // The first judgement begins after two seconds. Then there is a pause of twenty times the first judgement's processor time, and the
      // next one begins.
      [2_000, 2_500],
      [12_500, 13_000],
    ]);
    expect(shown.at(-1)?.judged).to.deep.equal({
      asOfMs: 12_500,
      environmentsAlive: 2,
      exposures: 1,
      harmed: 0,
    });
  });

  it("waits for REPORT lines that come late, but not longer than the settle time", async () => {
    const late = await soakUnderTest({
      input: { duration: durationMs(1_000) },
      answer: () => ({ reportAfter: 1_500 }),
    });
    const never = await soakUnderTest({
      input: { duration: durationMs(1_000) },
      answer: () => ({ reportAfter: null }),
    });
    expect([eventTexts(late.journal).at(-2), eventTexts(never.journal).at(-2)]).to.deep.equal([
      "one settled true, missing 0",
      "one settled true, missing 1",
    ]);
  });

  it("does not wait for the log of an invocation that was throttled or ended in an invocation error", async () => {
    const { journal } = await soakUnderTest({
      input: { duration: durationMs(2_000) },
      answer: (n) => ({
        reportAfter: null,
        outcome:
          n === 1
            ? { outcome: "throttled", reason: "x" }
            : { outcome: "invocation-error", errorType: "ServiceException", errorMessage: null, status: 500 },
      }),
    });
    expect(eventTexts(journal).slice(-6)).to.deep.equal([
      "one 2 invocation-error",
      "stop: duration",
      "drive-ended",
      "logs-read",
      "one settled true, missing 0",
      "run-ended",
    ]);
  });

  it("counts an answer that does not satisfy --success as a failed invocation", async () => {
    const { journal } = await soakUnderTest({
      input: { duration: durationMs(1_000), success: () => Promise.resolve("the answer fails") },
    });
    expect(journal.find((event) => event.event === "invocation-ended")).to.deep.include({
      outcome: "function-error",
      errorType: "Longrun.SuccessExpression",
      errorMessage: "the answer fails",
    });
  });

  it("says what a run means for an unusual function, and refuses one that needs a tenant", async () => {
    const managed = await soakUnderTest({ kinds: ["managed-instances", "durable"] });
    expect(managed.said.filter((text) => /Managed Instances|durable function/.test(text))).to.have.lengthOf(
      2,
    );
    expect(managed.journal.find(({ event }) => event === "function-ready")).to.not.have.property("kinds");
    const { error, discarded } = await soakUnderTest({ kinds: ["tenants"] });
    expect([(error as Error).message.includes("TenancyConfig"), discarded]).to.deep.equal([true, true]);
    const without = await soakUnderTest({ input: { provoke: ["tenants"] } });
    expect([(without.error as Error).message, without.discarded]).to.deep.equal([
      "one: expected a function that isolates tenants (TenancyConfig) with --provoke tenants. Lambda takes this setting only when a function is created.",
      true,
    ]);
  });

  it("refuses a function whose log AWS never returns, before the first invocation", async () => {
    const { error, discarded, journal } = await soakUnderTest({
      readLog: () => {
        throw new LongrunError("usage", "The log group /aws/lambda/one can never be read: its class");
      },
    });
    expect([(error as Error).message, discarded, eventTexts(journal)]).to.deep.equal([
      "The log group /aws/lambda/one can never be read: its class",
      true,
      ["run-started"],
    ]);
  });

  it("waits until the concurrency is reserved", async () => {
    const { journal } = await soakUnderTest({ reservedConcurrency: (asked) => (asked < 4 ? null : 1) });
    expect(journal.find((event) => event.event === "function-ready")).to.deep.include({
      reservedConcurrency: 1,
    });
  });

  it("reports what was seen, and what is missing, if the engine ends unexpectedly", async () => {
    const { end, rendered, journal, said, manifests } = await soakUnderTest({
      input: { duration: durationMs(60_000) },
      onEvent: (event, { endEngine }) => {
        if (event.event === "invocation-sent" && event.n === 2) endEngine("SIGKILL");
      },
    });
    expect([failureOf(end), rendered]).to.deep.equal(["unavailable", true]);
    expect(eventTexts(journal)).to.include("stop: engine-gone");
    expect(said).to.include("the local engine ended by itself: SIGKILL");
    expect(manifests.at(-1)?.status, "such a run can be resumed").to.equal("interrupted");
  });

  it("keeps its result if the engine does not answer when the function is removed", async () => {
    const text = "The function device cannot be removed from the local engine: read ECONNRESET";
    const { end, error, rendered, said } = await soakUnderTest({
      input: { endpoint: "http://127.0.0.1:9001" },
      remove: () => Promise.reject(new LongrunError("unavailable", text)),
    });
    expect([error, end === null, rendered]).to.deep.equal([null, false, true]);
    expect(said).to.include(text);
  });

  it("ends with a report when the disk is full", async () => {
    const { end, rendered, manifests } = await soakUnderTest({
      input: { duration: durationMs(60_000) },
      onEvent: (event, { fillDisk }) => {
        if (event.event === "invocation-sent" && event.n === 2) fillDisk();
      },
    });
    expect([failureOf(end), rendered, manifests.at(-1)?.status]).to.deep.equal([
      "unavailable",
      true,
      "interrupted",
    ]);
  });

  it("keeps its pace and reads every log when the clock is set back, and says so", async () => {
    const { journal, said } = await soakUnderTest({
      onEvent: (event, { changeClock }) => {
        if (event.event === "invocation-sent" && event.n === 2) changeClock(-3_600_000);
      },
    });
    const sent = journal.filter((event) => event.event === "invocation-sent");
    const first = sent[0]?.monotonicMs ?? 0;
    expect(sent.map(({ monotonicMs }) => monotonicMs - first)).to.deep.equal([0, 1_000, 2_000, 3_000, 4_000]);
    expect(journal.filter((event) => event.event === "clock-changed")).to.have.lengthOf(1);
    expect(journal.find((event) => event.event === "clock-changed")).to.include({ byMs: -3_600_000 });
    expect(eventTexts(journal)).to.include.members([
      'problem: run run-clock-set-back {"byMs":3600000}',
      "one settled true, missing 0",
    ]);
    expect(said).to.include(
      "This machine's clock was set back by 1h: the order of the lines that were logged at that time is unknown.",
    );
    // Due times after the change are written in the time of the changed clock.
    expect(sent.map((event) => event.dueAt.slice(11))).to.deep.equal([
      "01:02:04.200Z",
      "01:02:05.200Z",
      "00:02:06.200Z",
      "00:02:07.200Z",
      "00:02:08.200Z",
    ]);
  });

  it("tries to read each source at the end, and notes the error's message if a source cannot be read", async () => {
    const { journal, end } = await soakUnderTest({
      input: { settle: durationMs(1_000) },
      readLog: () => {
        throw new LongrunError("unavailable", "The log group /aws/lambda/one cannot be read: no");
      },
    });
    expect(end?.kind).to.equal("judged");
    expect(eventTexts(journal).filter((text) => text.startsWith("problem"))).to.deep.equal([
      'problem: one evidence-not-read {"source":"function-log","message":"The log group /aws/lambda/one cannot be read: no"}',
    ]);
  });

  it("notes that the engine dropped records, that its later records cannot be read, and that the plan could not be stopped", async () => {
    const since = "2026-11-25T01:00:00.000Z";
    let pulls = 0;
    const page = () => Promise.resolve({ entries: [], next: 0, since });
    const plan: Plan = {
      schemaVersion: 1,
      profile: "hostile",
      seed: 5,
      durationMs: 1_000,
      intervalMs: 1_000,
      placement: "most-recent",
      entries: [],
    };
    const { journal } = await soakUnderTest({
      input: { plan, settle: durationMs(1_000) },
      control: {
        status: () => Promise.resolve({ isolation: "none", since }),
        loadPlan: () => Promise.resolve(),
        stopPlan: () => Promise.reject(new Error("read ECONNRESET")),
        environments: () => Promise.resolve([]),
        applied: page,
        ends: page,
        links: () => {
          pulls += 1;
          // The next number is 5 at first, and 9 later, but the records from 5 to 8 are missing.
          return pulls > 3
            ? Promise.reject(new Error("the engine is gone"))
            : Promise.resolve({ entries: [], next: pulls === 1 ? 5 : 9, since });
        },
      },
    });
    expect(eventTexts(journal).filter((text) => text.startsWith("problem"))).to.deep.equal([
      'problem: run engine-records-dropped {"list":"links"}',
      'problem: run plan-not-stopped {"message":"read ECONNRESET"}',
      'problem: run evidence-not-read {"source":"engine-records","message":"the engine is gone"}',
    ]);
  });

  it("continues after the computer slept, and does not report the gap as a problem of the evidence", async () => {
    const { journal, said } = await soakUnderTest({
      onEvent: (event, { changeClock }) => {
        if (event.event === "invocation-sent" && event.n === 2) changeClock(3_600_000);
      },
    });
    expect(eventTexts(journal).filter((text) => text.startsWith("problem"))).to.deep.equal([]);
    expect(journal.find((event) => event.event === "clock-changed")).to.include({ byMs: 3_600_000 });
    expect(said).to.include("this machine's clock went ahead by 1h, or the machine slept");
  });

  it("leaves no run directory when it fails before the first invocation", async () => {
    const { error, discarded, closed } = await soakUnderTest({
      startEngine: () => Promise.reject(new LongrunError("unavailable", "no engine")),
    });
    expect([codeOf(error), discarded, closed]).to.deep.equal(["unavailable", true, ["judge", "store"]]);
  });

  it("ends everything that it started if it is interrupted while it prepares", async () => {
    const { error, discarded, closed } = await soakUnderTest({
      reservedConcurrency: () => null,
      onEvent: (event, { stop }) => {
        if (event.event === "run-started") stop.signal();
      },
    });
    expect([codeOf(error), discarded, closed]).to.deep.equal(["interrupted", true, CLOSED]);
  });

  for (const [errorType, errorMessage] of [
    ["Runtime.HandlerNotFound", "app.handler is undefined or not exported"],
    ["Runtime.ImportModuleError", "Error: Cannot find module 'x'"],
    ["Runtime.InvalidEntrypoint", "fork/exec /var/task/bootstrap: no such file or directory"],
    ["Error", "Cannot find package 'x' imported from /var/task/index.mjs"],
    ["java.lang.ClassNotFoundException", "Class not found: example.App"],
    [null, "No public method named x with appropriate method signature found on class example.App"],
  ] as const) {
    it(`leaves no run directory when a handler cannot be loaded: ${errorType ?? "no error type"}`, async () => {
      const { error, discarded, closed } = await soakUnderTest({
        answer: () => ({ outcome: { outcome: "function-error", errorType, errorMessage } }),
      });
      expect([codeOf(error), discarded, closed]).to.deep.equal(["usage", true, CLOSED]);
      expect(String(error)).to.include(
        `expected a handler that can be loaded, but ${errorType === null ? "" : `${errorType}: `}${errorMessage}`,
      );
    });
  }

  it("reports early that every invocation fails, with the error, and records the error at the end", async () => {
    const { journal, said } = await soakUnderTest({
      input: { duration: durationMs(10_000) },
      answer: () => ({
        outcome: { outcome: "function-error", errorType: "KeyError", errorMessage: "'NAME'" },
      }),
    });
    const found = journal.filter(({ event }) => event === "nothing-succeeded");
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.include({ function: "one", failed: 10, times: 10, errorType: "KeyError" });
    expect(said.filter((sentence) => sentence.includes("KeyError"))).to.deep.equal([
      "one: no invocation has succeeded so far: KeyError: 'NAME'",
    ]);
  });

  it("judges a handler that was loaded and whose own code does not find a class", async () => {
    const [errorType, errorMessage] = ["java.lang.ClassNotFoundException", "example.Plugin"];
    const { end } = await soakUnderTest({
      answer: () => ({ outcome: { outcome: "function-error", errorType, errorMessage } }),
    });
    expect(end?.kind).to.equal("judged");
  });

  it("judges a handler that fails after it was loaded, whatever the name of the error", async () => {
    const { end, discarded } = await soakUnderTest({
      answer: (n) => ({
        outcome: {
          outcome: "function-error",
          errorType: n === 1 ? "Error" : "Runtime.HandlerNotFound",
          errorMessage: "Cannot find the machine",
        },
      }),
    });
    expect([end?.kind, discarded]).to.deep.equal(["judged", false]);
  });
});
