import { expect } from "chai";
import type { CloseUnderWay } from "../../../src/result/findings/discipline-findings.ts";
import { notesOf } from "../../../src/report/view/notes.ts";
import { plainNaming } from "../../../src/report/wording/naming.ts";
import { finding, passingFunction } from "../fixture-result.ts";

const check = "connection-held-across-freeze";
const held = (environment: string, closing?: CloseUnderWay) =>
  finding({
    check,
    kind: "discipline",
    status: "found",
    code: "held-across-freeze",
    parameters: { environment, openedIn: "invoke", ...(closing === undefined ? {} : { closing }) },
  });
const counted = (findings: number) =>
  finding({ check, kind: "discipline", status: "found", code: "more-findings", parameters: { findings } });

describe("notesOf", () => {
  it("shows one finding for connections that were kept and one for connections that were being closed, each with the number of further findings", () => {
    const late = { missedByMs: 337, afterThawMs: 2 };
    const findings = [held("a"), held("b"), held("c", late), held("d", late), held("e", late)];
    const notes = notesOf(passingFunction({ findings }), plainNaming("local"));
    expect(notes.map(({ text, more }) => [text.includes("337 ms"), more])).to.deep.equal([
      [false, 1],
      [true, 2],
    ]);
  });

  it("counts unlisted findings in the note about kept connections or, without it, in the note about connections being closed", () => {
    const late = held("a", { missedByMs: 337, afterThawMs: 2 });
    for (const findings of [
      [held("b"), late, counted(70)],
      [late, counted(70)],
    ]) {
      const notes = notesOf(passingFunction({ findings }), plainNaming("local"));
      expect(notes.map(({ more }) => more)).to.deep.equal([70, 0].slice(0, findings.length - 1));
    }
  });

  it("shows last the kept connections that the user allows, marked as allowed", () => {
    const allowed = { ...held("a"), allowed: true as const };
    const unknown = { ...allowed, status: "unknown" as const };
    const findings = [allowed, unknown, { ...held("b"), check: "another-check" }];
    const notes = notesOf(passingFunction({ findings }), plainNaming("local"));
    expect(notes.map(({ mark, more }) => [mark, more])).to.deep.equal([
      ["discipline", 0],
      ["allowed", 0],
    ]);
  });
});
