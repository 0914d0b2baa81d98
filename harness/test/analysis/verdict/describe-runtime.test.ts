import { expect } from "chai";
import type { Manifest } from "../../../src/record/manifest.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { RuntimeResult } from "../../../src/result/function-result.ts";
import { analyze } from "../analyze/judge.ts";

/** Judges a log with these lines, together with this manifest, and returns the runtime in the result. */
function runtimeOf(messages: readonly string[], manifest: Manifest | null = null): RuntimeResult | undefined {
  const evidence: Evidence = {
    manifest,
    journal: null,
    plan: null,
    applied: null,
    functions: [
      {
        name: "one",
        functionArn: null,
        records: messages.map((message, n) => ({
          logGroup: "/aws/lambda/one",
          logStreamName: "2026/11/25/[$LATEST]60cefc4c4d174d898e4dbb301f9f10ef",
          timestamp: 1_700_000_000_000 + n,
          ingestionTime: 1_700_000_000_000 + n,
          message,
          eventId: String(n),
        })),
        peerLog: null,
        linkLog: null,
        unreadable: [],
      },
    ],
  };
  return analyze(evidence, DEFAULT_JUDGEMENT_SETTINGS).functions[0]?.runtime;
}

const START = (version: string): string =>
  `INIT_START Runtime Version: ${version}\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n`;

describe("the runtime of a function", () => {
  it("is the runtime that the first line of a log names", () => {
    expect(runtimeOf([START("python:3.12.v105")])).to.deep.equal({
      name: "python:3.12.v105",
      family: "python",
      ranOn: null,
    });
  });

  it("has no family if longrun's list of runtimes does not have its language", () => {
    expect(runtimeOf([START("cobol:85.v1")])).to.deep.equal({
      name: "cobol:85.v1",
      family: null,
      ranOn: null,
    });
  });

  it("is not in the result if nothing names it", () => {
    expect(runtimeOf(["START RequestId: 8f3b2c1d-0000-4000-8000-000000000001 Version: $LATEST\n"])).to.equal(
      undefined,
    );
  });

  it("is the one that the run chose, with the program on which the function ran and the notice about this program", () => {
    const [one] = manifestOf().functions;
    if (one === undefined) throw new Error("the manifest has a function");
    const chosen = { ...one, runtime: "java21", ranOn: "Java 17.0.15", notice: "java21 ran on Java 17" };
    expect(runtimeOf([START("java:21.v50")], manifestOf({ functions: [chosen] }))).to.deep.equal({
      name: "java21",
      family: "java",
      ranOn: "Java 17.0.15",
      notice: "java21 ran on Java 17",
    });
  });
});
