import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/adapters/node/assets.ts";
import { BEHAVIOURS, withRecording } from "./fidelity-page.ts";
import type { RecordingCall } from "./recording-session.ts";

const PAGE = readFileSync(join(packageRoot(), "docs", "fidelity.md"), "utf8");

const call = (operation: string, more: Partial<RecordingCall> = {}): RecordingCall => ({
  service: "lambda",
  operation,
  input: {},
  status: 200,
  headers: {},
  reads: false,
  ...more,
});
const changed = (replayed: Parameters<typeof withRecording>[1], page = PAGE): readonly string[] => {
  const before = new Set(page.split("\n"));
  return withRecording(page, replayed, "2026-12-01")
    .split("\n")
    .filter((line) => !before.has(line));
};

describe("withRecording", () => {
  it("leaves every row unchanged if the recording has no answer", () => {
    expect(withRecording(PAGE, { calls: [], streams: [] }, "2026-12-01")).to.equal(PAGE);
  });

  for (const { row } of BEHAVIOURS)
    it(`finds exactly one row that begins with ${row}`, () => {
      expect(PAGE.split("\n").filter((line) => line.startsWith(`| ${row}`))).to.have.lengthOf(1);
    });

  it("says for an operation and for a behaviour how many recorded answers agree", () => {
    const calls = [
      { call: call("Invoke"), differs: null },
      { call: call("Invoke", { status: 429 }), differs: null },
    ];
    expect(changed({ calls, streams: [] }).map((line) => line.replace(/^.*\*\*Rec/, "**Rec"))).to.deep.equal([
      "**Recorded** on 2026-12-01: 2 answers agree. |",
      "**Recorded** on 2026-12-01: one answer agrees. |",
      "**Recorded** on 2026-12-01: one answer agrees. |",
    ]);
  });

  it("tells operations of the two APIs apart, and shows the first difference without breaking the table", () => {
    const calls = [
      { call: call("TagResource", { service: "logs" }), differs: null },
      { call: call("TagResource", { service: "logs" }), differs: 'Tags: recorded "a|b", the engine nothing' },
    ];
    const [line = "", ...more] = changed({ calls, streams: [] });
    expect(more).to.deep.equal([]);
    expect(line).to.match(/^\| TagResource, [^|]*ListTagsForResource[^|]*\| served \| .*\*\*Differs\*\*/);
    expect(line).to.match(/in 1 of 2: TagResource: Tags: recorded .*a\\\|b/);
  });

  it("replaces what an earlier recording said", () => {
    const stream = { name: "s", messages: [] };
    const wrong = { calls: [], streams: [{ stream, differs: "15: recorded a|b" }] };
    const right = { calls: [], streams: [{ stream, differs: null }] };
    expect(withRecording(withRecording(PAGE, wrong, "2026-12-01"), right, "2026-12-02")).to.equal(
      withRecording(PAGE, right, "2026-12-02"),
    );
  });
});
