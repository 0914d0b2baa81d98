/** Tests processes that run at the same time in one environment and each write lifecycle lines: an extension, or a child process of the function. */
import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { judge } from "./judge.ts";
import { initsRepeatedIn, logsOf, own, type Line } from "./process-lines.ts";

const INIT: Line = [0, 1, "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn\n"];
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const judged = (lines: readonly Line[]): FunctionResult => judge(logsOf(lines));

interface Call {
  readonly of?: number;
  readonly boot: string;
  readonly outcome?: string;
  readonly tail?: string;
}

/** One invocation that tries to connect, and that fails if the peer refuses. */
function invocation(
  number: number,
  ms: number,
  { of = 1, boot, outcome = "refused", tail = "" }: Call,
): Line[] {
  const requestId = id(number);
  const failed = JSON.stringify({ errorType: "Error", errorMessage: "busy", stack: [] });
  return [
    [ms, of, `START RequestId: ${requestId} Version: $LATEST\n`],
    own(ms + 1, of, boot, "invoke", { requestId }),
    own(ms + 2, of, boot, "connect", { requestId, outcome }),
    ...(outcome === "refused"
      ? [[ms + 3, of, `2026-11-25T10:00:00.000Z\t${requestId}\tERROR\tInvoke Error \t${failed}\n`] as const]
      : [own(ms + 3, of, boot, "disconnect", { requestId })]),
    [ms + 5, of, `END RequestId: ${requestId}\n`],
    [
      ms + 5,
      of,
      `REPORT RequestId: ${requestId}\tDuration: 5.00 ms\tBilled Duration: 6 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t${tail}\n`,
    ],
  ];
}

/** An extension connects in the Init, and then the function's process begins. */
const EXTENSION: readonly Line[] = [
  INIT,
  own(50, 1, "extension", "boot", {}),
  own(80, 1, "extension", "connect", { outcome: "accepted" }),
  own(100, 1, "main", "boot", {}),
];
const whys = ({ findings }: FunctionResult): readonly string[] =>
  findings.flatMap(({ code, parameters }) =>
    code?.includes("harm") === true
      ? [...JSON.stringify(parameters).matchAll(/"(holder-[a-z-]+)"/g)].map(([, why]) => why ?? "")
      : [],
  );

describe("a second process that begins", () => {
  it("before the known end of the Init: it runs beside the first process", () => {
    const result = judged([
      ...EXTENSION,
      ...invocation(1, 300, { boot: "main", tail: "Init Duration: 250.00 ms\t" }),
      ...invocation(2, 5_000, { boot: "main" }),
    ]);
    expect(initsRepeatedIn(result)).to.equal(0);
    expect(result.verdict).to.equal("inconclusive");
    expect(whys(result)).to.not.include("holder-process-died");
  });

  it("before the first START: it is unknown whether the first process has ended", () => {
    const result = judged([...EXTENSION, ...invocation(1, 300, { boot: "main" })]);
    expect(initsRepeatedIn(result)).to.equal(0);
    expect(result.verdict).to.equal("inconclusive");
    expect(whys(result)).to.include("holder-process-unknown").and.not.include("holder-process-died");
  });

  it("after the Init, while the first process goes on: it runs beside the first process", () => {
    const result = judged([
      INIT,
      own(10, 1, "main", "boot", {}),
      ...invocation(1, 300, { boot: "main", outcome: "accepted", tail: "Init Duration: 100.00 ms\t" }),
      own(303, 1, "child", "boot", {}),
      ...invocation(2, 5_000, { boot: "main", outcome: "accepted" }),
    ]);
    expect(initsRepeatedIn(result)).to.equal(0);
  });

  it("after the last line of the first process: it is the process of an Init that ran again", () => {
    const result = judged([
      INIT,
      own(10, 1, "main", "boot", {}),
      ...invocation(1, 300, { boot: "main", outcome: "accepted", tail: "Init Duration: 100.00 ms\t" }),
      own(4_900, 1, "next", "boot", {}),
      ...invocation(2, 5_000, { boot: "next", outcome: "accepted" }),
    ]);
    expect(initsRepeatedIn(result)).to.equal(1);
  });

  it("after an Init that failed: it is the process of an Init that ran again", () => {
    const result = judged([
      INIT,
      own(10, 1, "main", "boot", {}),
      [
        200,
        1,
        "INIT_REPORT Init Duration: 200.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n",
      ],
      own(250, 1, "next", "boot", {}),
      ...invocation(1, 300, { boot: "next", outcome: "accepted" }),
    ]);
    expect(initsRepeatedIn(result)).to.equal(1);
  });

  it("while the first process goes on: the first process still counts as the holder of the peer", () => {
    const result = judged([
      INIT,
      own(50, 1, "main", "boot", {}),
      own(80, 1, "main", "connect", { outcome: "accepted" }),
      own(100, 1, "child", "boot", {}),
      [2_000, 2, INIT[2]],
      own(2_010, 2, "other", "boot", {}),
      ...invocation(1, 3_000, { of: 2, boot: "other", tail: "Init Duration: 100.00 ms\t" }),
      own(6_000, 1, "main", "disconnect", {}),
    ]);
    expect([result.verdict, result.harm.total]).to.deep.equal(["fail", 1]);
  });
});
