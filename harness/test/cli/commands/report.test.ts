/** Tests `report --compare`: its formats, what it refuses, and that it writes into neither run. */
import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import type { JournalEventBody } from "../../../src/record/journal.ts";
import type { RunComparison } from "../../../src/result/run-comparison.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../memory-machine.ts";

/** Makes a run of one function that answered three times, on the given day. */
function writeRun(folder: string, day: number, name = "one"): void {
  const at = (second: number): string => `2026-11-${day}T01:02:0${second}.000Z`;
  const manifest = manifestOf();
  const [chosen] = manifest.functions;
  if (chosen === undefined) throw new Error("the fixture has no function");
  const store = openFileRunStore(folder);
  store.writeManifest({ ...manifest, createdAt: at(0), functions: [{ ...chosen, name }] });
  const bodies: readonly JournalEventBody[] = [
    { event: "run-started", resumed: false },
    {
      event: "function-ready",
      function: name,
      functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      logGroup: `/aws/lambda/${name}`,
      reservedConcurrency: 1,
      runtime: "nodejs22.x",
      timeoutMs: 10_000,
      lastModified: at(0),
      codeSha256: null,
      logFormat: "JSON",
      systemLogLevel: "DEBUG",
    },
    { event: "drive-started" },
    ...[1, 2, 3].flatMap((n): readonly JournalEventBody[] => [
      { event: "invocation-sent", function: name, n, dueAt: at(n + 3), lateMs: 0 },
      {
        event: "invocation-ended",
        function: name,
        n,
        requestId: `r${n}`,
        executedVersion: "$LATEST",
        durationMs: 10,
        latencyMs: 10 * n,
        outcome: "succeeded",
      },
    ]),
  ];
  for (const [index, body] of bodies.entries())
    store.appendJournal({ sequence: index + 1, time: at(index), monotonicMs: index * 1_000, ...body });
  store.close();
}

function filesBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

describe("report --compare", () => {
  const folder = temporaryFolder();
  const compare = (...more: readonly string[]): ReturnType<typeof longrun> =>
    longrun(["report", "before", "--compare", "after", ...more], { workingFolder: folder.path() });
  beforeEach(() => {
    writeRun(join(folder.path(), "before"), 25);
    writeRun(join(folder.path(), "after"), 26);
  });

  for (const [format, begins] of [
    ["text", "one was inconclusive before and was inconclusive after."],
    ["markdown", "## lambda-longrun, before and after: one was inconclusive"],
    ["json", '{\n  "schemaVersion": 1,\n  "confidence": 0.95,'],
  ] as const) {
    it(`prints the same ${format} each time, and writes into neither run`, async () => {
      const files = filesBelow(folder.path());
      const first = await compare("--format", format);
      expect({ code: first.code, err: first.err }).to.deep.equal({ code: 0, err: "" });
      expect(first.out.startsWith(begins), first.out.slice(0, 80)).to.equal(true);
      expect(await compare("--format", format)).to.deep.equal(first);
      expect(filesBelow(folder.path())).to.deep.equal(files);
    });
  }

  it("prints the numbers of each pair of functions as JSON", async () => {
    const { out } = await compare("--format", "json");
    const { functions, before, after } = JSON.parse(out) as RunComparison;
    expect([before.from, after.from]).to.deep.equal(["2026-11-25T01:02:02.000Z", "2026-11-26T01:02:02.000Z"]);
    expect(functions[0]?.lengths[0]).to.deep.equal({
      name: "latencyMs.p50",
      before: { count: 3, ms: 20.015 },
      after: { count: 3, ms: 20.015 },
      differenceMs: { value: 0, low: null, high: null, shows: "neither" },
    });
  });

  it("refuses to compare a run with itself", async () => {
    const { code, err, out } = await longrun(["report", "before", "--compare", "before"], {
      workingFolder: folder.path(),
    });
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(err).to.match(/These runs cannot be compared: both are the run 20261125T010200Z/u);
  });

  it("refuses a folder that is not a run, and a format that a comparison does not have", async () => {
    const missing = await longrun(["report", "before", "--compare", "gone"], {
      workingFolder: folder.path(),
    });
    expect([missing.code, /gone: expected a run directory/u.test(missing.err)]).to.deep.equal([64, true]);
    const junit = await compare("--format", "junit");
    expect(junit.code).to.equal(64);
    expect(junit.err).to.match(
      /--format junit\n +expected one of text, html, markdown, json with --compare/u,
    );
  });
});
