/** An environment replaces another one if its first invocation begins while the other one, invoked before, is still alive. */
import { expect } from "chai";
import { drive, handlerConnect, ready } from "../../analyze/designs.ts";
import { judge, said } from "../../analyze/judge.ts";
import { TestRun } from "../../analyze/story.ts";

const NONE = [{ status: "clear", code: "none-replaced", parameters: {} }];

describe("environments-replaced", () => {
  for (const target of ["local", "aws", "logs"] as const) {
    it(`${target}: counts an environment whose first invocation begins while an environment that was invoked earlier is alive`, () => {
      const run = new TestRun({ target });
      const earlier = ready(run);
      drive(run, earlier, handlerConnect, 2);
      const later = ready(run);
      drive(run, earlier, handlerConnect, 1);
      const at = new Date(run.now + 2).toISOString();
      drive(run, later, handlerConnect, 2);
      drive(run, earlier, handlerConnect, 1);
      const result = judge(run.end());
      expect(result.exposure).to.deep.include({ total: 1, replaced: 1 });
      expect(said(result, "environments-replaced")).to.deep.equal([
        {
          status: "found",
          code: "environment-replaced",
          parameters: { earlier: earlier.id, later: later.id },
        },
      ]);
      expect(result.findings.find(({ check }) => check === "environments-replaced")?.from).to.equal(at);
    });

    it(`${target}: does not count an environment whose first invocation begins after the end of the one that was invoked earlier`, () => {
      const run = new TestRun({ target });
      const earlier = ready(run);
      drive(run, earlier, handlerConnect, 2);
      const later = ready(run);
      drive(run, earlier, handlerConnect, 1);
      run.wait(5_000);
      drive(run, later, handlerConnect, 2);
      const result = judge(run.end());
      expect(result.exposure).to.deep.include({ total: 1, replaced: 0 });
      expect(said(result, "environments-replaced")).to.deep.equal(NONE);
    });

    it(`${target}: counts an environment that was initialised first and invoked second`, () => {
      const run = new TestRun({ target });
      const second = ready(run);
      const first = ready(run);
      drive(run, first, handlerConnect, 1);
      drive(run, second, handlerConnect, 1);
      drive(run, first, handlerConnect, 1);
      const result = judge(run.end());
      expect(said(result, "environments-replaced")).to.deep.equal([
        {
          status: "found",
          code: "environment-replaced",
          parameters: { earlier: first.id, later: second.id },
        },
      ]);
    });
  }
});
