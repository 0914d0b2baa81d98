/** Problems and notices in the journal of a run: with codes, with the sentences of an older version, with codes of a newer version. */
import { expect } from "chai";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unpackCase } from "../../../../../scripts/golden/cases.ts";
import type { RunResult } from "../../../../src/result/run-result.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { longrun } from "../../memory-machine.ts";

const PROBLEM = "evidence-problem";
const NOTICE = "evidence-notice";
const ORDER = "the order of the lines that were logged at that time is unknown";
const NEWER = "A newer version of longrun wrote the run, and noted";

describe("longrun analyze with a journal that has problems and notices", () => {
  const folder = temporaryFolder();

  /** Returns a recorded run whose journal has these events too. */
  function runWith(...events: readonly object[]): string {
    const run = folder.with("run", {});
    unpackCase("the-fix", run);
    const journal = join(run, "journal.jsonl");
    const last = JSON.parse(readFileSync(journal, "utf8").trim().split("\n").at(-1) ?? "") as {
      readonly sequence: number;
    };
    for (const [index, event] of events.entries()) {
      const line = { ...last, sequence: last.sequence + index + 1, function: null, ...event };
      appendFileSync(journal, `${JSON.stringify(line)}\n`);
    }
    return run;
  }

  async function judged(run: string) {
    const { out } = await longrun(["analyze", run, "--json"]);
    const { functions, notices, unreadable } = JSON.parse(out) as RunResult;
    // A redacted copy has other names.
    const fixed = functions.find(({ name }) => name === "handler-connect" || name === "function-1");
    const found = fixed?.findings.filter(({ check }) => check === "invocations-accounted") ?? [];
    return {
      verdict: fixed?.verdict,
      findings: found.map(({ status, code, text }) => [status, code, text]),
      notices,
      unreadable,
    };
  }

  const INCONCLUSIVE = { verdict: "inconclusive", notices: undefined, unreadable: [] };

  it("repeats unchanged the sentences that an older version wrote, and gives the same verdict", async () => {
    const text = `this machine's clock was set back by 1h: ${ORDER}`;
    const said = "redis.log: this log shows nothing.";
    const run = runWith(
      { event: PROBLEM, text },
      { event: NOTICE, text: said },
      { event: NOTICE, text: said },
    );
    expect(await judged(run)).to.deep.equal({
      ...INCONCLUSIVE,
      findings: [["unknown", PROBLEM, text]],
      notices: [said],
    });
  });

  it("makes a sentence from a code, and reports equal notices only once", async () => {
    const notice = {
      event: NOTICE,
      code: "peer-log-of-other-time",
      parameters: { source: "pg.log", since: "S", until: null, first: "F", last: "L" },
    };
    const run = runWith(
      { event: PROBLEM, code: "run-clock-set-back", parameters: { byMs: 3_600_000 } },
      notice,
      notice,
    );
    const { notices = [], ...rest } = await judged(run);
    expect(rest).to.deep.equal({
      verdict: "inconclusive",
      findings: [["unknown", "run-clock-set-back", `This machine's clock was set back by 1h: ${ORDER}.`]],
      unreadable: [],
    });
    expect(notices).to.have.length(1);
    expect(notices[0]).to.match(/^pg\.log: no line .* \(from S on\); the log has such lines from F to L\. /);
  });

  it("counts a problem that only a newer version knows, reports such a notice, and counts no event as missing", async () => {
    const run = runWith(
      { event: PROBLEM, code: "clock-jumped", parameters: { more: 1 } },
      { event: NOTICE, code: "log-is-odd" },
    );
    expect(await judged(run)).to.deep.equal({
      ...INCONCLUSIVE,
      findings: [
        [
          "unknown",
          "problem-not-known",
          `${NEWER} a problem of its evidence that this version does not know: clock-jumped.`,
        ],
      ],
      notices: [`${NEWER} something about its evidence that this version does not know: log-is-odd.`],
    });
  });

  it("judges a redacted copy of such a run the same: codes are kept, texts are replaced", async () => {
    const run = runWith(
      { event: PROBLEM, text: "zq-secret" },
      { event: PROBLEM, code: "evidence-not-read", parameters: { source: "peer-log", message: "zq-secret" } },
      {
        event: PROBLEM,
        code: "server-log-lines-not-read",
        parameters: { source: "zq-secret", lines: 2, example: null },
      },
      { event: PROBLEM, code: "engine-records-dropped", parameters: { list: "ends" } },
      { event: PROBLEM, code: "clock-jumped", parameters: { more: "zq-secret" } },
      { event: NOTICE, code: "peer-log-empty", parameters: { sources: ["zq-secret"] } },
    );
    const copy = join(folder.path(), "copy");
    expect(await longrun(["redact", run, "--out", copy])).to.deep.include({ code: 0, err: "" });
    const [one, other] = [await judged(run), await judged(copy)];
    const codes = ({ findings }: typeof one) => findings.map(([, code]) => code);
    expect(codes(one)).to.have.length(5);
    expect(codes(other)).to.deep.equal(codes(one));
    expect(other.notices).to.have.length(1);
    expect(readFileSync(join(copy, "journal.jsonl"), "utf8")).to.not.include("zq-secret");
  });
});
