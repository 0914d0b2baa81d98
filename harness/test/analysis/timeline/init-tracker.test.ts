/** An Init that connects in module scope, fails because the peer is held, and runs again before the START of each invocation, as text logs show it. */
import { expect } from "chai";
import { judge } from "../analyze/judge.ts";
import { initsRepeatedIn, logsOf, own, type Line } from "../analyze/process-lines.ts";

const INIT =
  "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n";
const failed = (phase: string): string =>
  `INIT_REPORT Init Duration: 300.00 ms\tPhase: ${phase}\tStatus: error\tError Type: Runtime.Unknown\n`;

function invocation(ms: number, of: number, tail = ""): readonly Line[] {
  const id = `00000000-0000-4000-8000-${String(ms).padStart(12, "0")}`;
  return [
    [ms, of, `START RequestId: ${id} Version: $LATEST\n`],
    [ms + 20, of, `END RequestId: ${id}\n`],
    [
      ms + 20,
      of,
      `REPORT RequestId: ${id}\tDuration: 20.00 ms\tBilled Duration: 20 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t${tail}\n`,
    ],
  ];
}

/** One process of the second environment: its Init is refused by the peer and fails. */
const refused = (ms: number, boot: string, phase: string): readonly Line[] => [
  own(ms + 50, 2, boot, "boot", {}),
  own(ms + 120, 2, boot, "connect", { outcome: "refused" }),
  [ms + 300, 2, failed(phase)],
];

describe("a repeated Init that fails before the START of its invocation", () => {
  for (const [title, gapMs] of [
    ["a moment later", 10],
    ["in the same millisecond", 0],
  ] as const)
    it(`has one process, whose refused connection counts for the invocation that starts ${title}`, () => {
      const result = judge(
        logsOf([
          [0, 1, INIT],
          own(50, 1, "first", "boot", {}),
          own(120, 1, "first", "connect", { outcome: "accepted" }),
          ...invocation(400, 1),
          [40_000, 2, INIT],
          ...refused(40_000, "second", "init"),
          ...[42_000, 48_000].flatMap((ms) => [
            ...refused(ms, `again-${ms}`, "invoke"),
            ...invocation(ms + 300 + gapMs, 2, "Status: error\tError Type: Runtime.Unknown"),
          ]),
          ...invocation(70_000, 1),
        ]),
      );
      expect([result.verdict, result.harm.total, initsRepeatedIn(result)]).to.deep.equal(["fail", 2, 2]);
      expect(result.resets.crashes).to.equal(3);
    });
});
