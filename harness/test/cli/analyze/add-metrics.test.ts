/** Tests `longrun analyze --metrics-file` with the log of a custom runtime. Such a log can hide a failure. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../src/cli/main.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { BEGIN, MINUTE, readingOf, recordsOf, type Metered } from "../../analysis/attribution/metered-log.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { memoryMachine } from "../memory-machine.ts";

const invocations = Array.from({ length: 6 }, (_, n): Metered => ({
  environment: n % 2,
  start: BEGIN + n * MINUTE + 20_000,
  durationMs: 40,
  fails: n === 3 ? "shown" : "no",
  jitterMs: 0,
}));

function answerOf(counted: readonly Metered[]): string {
  const { points } = readingOf(counted, { readAt: null, from: null, to: null });
  const result = (Id: "invocations" | "errors"): object => {
    const own = points.filter((point) => point[Id] !== null);
    return {
      Id,
      Label: Id,
      Timestamps: own.map(({ time }) => time),
      Values: own.map((point) => point[Id]),
      StatusCode: "Complete",
    };
  };
  return JSON.stringify({ MetricDataResults: [result("invocations"), result("errors")], Messages: [] });
}

describe("longrun analyze --metrics-file", () => {
  const folder = temporaryFolder();
  const put = (name: string, text: string): void => writeFileSync(join(folder.path(), name), text);
  beforeEach(() => {
    put(
      "events.jsonl",
      recordsOf(invocations)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(""),
    );
    put("metrics.json", answerOf(invocations));
  });

  async function analyze(...flags: readonly string[]) {
    const machine = memoryMachine(["analyze", "events.jsonl", ...flags], { workingFolder: folder.path() });
    const code = await main(machine);
    return { code, out: machine.out(), err: machine.err() };
  }
  const only = (out: string): FunctionResult | undefined => (JSON.parse(out) as RunResult).functions[0];

  it("decides the outcomes that the log leaves open, and says so in the report", async () => {
    const before = only((await analyze("--json")).out);
    expect([before?.invocations.unknown, before?.metrics]).to.deep.equal([5, undefined]);
    const { code, out } = await analyze("--metrics-file", "metrics.json", "--json");
    const after = only(out);
    expect([code, after?.invocations, after?.metrics?.agree, after?.metrics?.settled]).to.deep.equal([
      2,
      {
        planned: 6,
        succeeded: 5,
        functionErrors: 1,
        throttled: 0,
        invocationErrors: 0,
        unknown: 0,
        unknownReasons: {},
        skipped: 0,
      },
      true,
      5,
    ]);
    const text = (await analyze("--metrics-file", "own=metrics.json")).out.replaceAll(/\s+/g, " ");
    expect(text).to.include(
      "CloudWatch's metrics count 6 invocations and 1 error, as the log does. This shows that 5 invocations succeeded although the log does not show their outcome.",
    );
  });

  it("shows a failure that the log hides, in every format of the report", async () => {
    const hidden = invocations.map((one, n): Metered => (n === 5 ? { ...one, fails: "hidden" } : one));
    put("metrics.json", answerOf(hidden));
    const sentence =
      "CloudWatch's metrics count 6 invocations and 2 errors, and the log shows 6 invocations and 1 error (it does not show the outcome of 5 of these invocations).";
    const { code, out } = await analyze("--metrics-file", "metrics.json", "--json");
    expect([code, only(out)?.reasons.includes("accounting"), only(out)?.invocations.unknown]).to.deep.equal([
      2,
      true,
      5,
    ]);
    for (const format of ["text", "markdown", "html"]) {
      const shown = await analyze("--metrics-file", "metrics.json", "--format", format);
      const plain = shown.out.replaceAll(/\\|<[^>]*>/g, "").replaceAll(/\s+/g, " ");
      expect(plain.replaceAll(/&(?:#39|apos);/g, "'"), format).to.include(sentence);
    }
  });

  it("uses two files as two readings, and trusts them up to the end of the earlier reading", async () => {
    put("earlier.json", answerOf(invocations.slice(0, 5)));
    const { out } = await analyze(
      "--metrics-file",
      "earlier.json",
      "--metrics-file",
      "metrics.json",
      "--json",
    );
    // The earlier reading ends one minute before the later one. Until then both readings agree.
    expect([
      only(out)?.metrics?.to,
      only(out)?.metrics?.settled,
      only(out)?.invocations.unknown,
    ]).to.deep.equal(["2026-11-25T10:05:00.000Z", 4, 1]);
  });

  for (const [title, flags, message] of [
    [
      "a file that does not exist",
      ["--metrics-file", "none.json"],
      /^--metrics-file none\.json: expected a file that can be read, but ENOENT\./,
    ],
    [
      "a file that is not an answer of CloudWatch",
      ["--metrics-file", "events.jsonl"],
      /^--metrics-file events\.jsonl: expected JSON with MetricDataResults[^]*docs\/analyze\.md/,
    ],
    [
      "another function's file",
      ["--metrics-file", "other=metrics.json"],
      /^--metrics-file other=metrics\.json: expected FUNCTION=FILE with one of own\./,
    ],
  ] as const)
    it(`refuses ${title} with one message`, async () => {
      const { code, out, err } = await analyze(...flags);
      expect([code, out]).to.deep.equal([64, ""]);
      expect(err).to.match(message);
    });
});
