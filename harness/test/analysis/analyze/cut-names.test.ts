/** Tests the judgement if the peer's log names environments by a part of their log streams and nothing else names them. */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { aheadElsewhere, handlerConnect, initConnect, type Design } from "./designs.ts";
import { verdictOf } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun } from "./story.ts";

function namedBy(part: (logStream: string) => string, design: Design): Evidence {
  const run = new TestRun();
  aheadElsewhere(run, design);
  return mutate.chain(
    mutate.withoutLifecycleLines,
    mutate.withoutLinkLog,
    mutate.withPartOfStream(part),
  )(run.end());
}

describe("a peer log that names its clients by parts of their log streams", () => {
  it("names the holder if exactly one log stream has this part", () => {
    const end = (stream: string): string => stream.slice(-32);
    expect([verdictOf(namedBy(end, initConnect)), verdictOf(namedBy(end, handlerConnect))]).to.deep.equal([
      "fail harm",
      "pass",
    ]);
  });

  it("leaves the holder unknown if several log streams have this part", () => {
    const begin = (stream: string): string => stream.slice(0, -4);
    expect([verdictOf(namedBy(begin, initConnect)), verdictOf(namedBy(begin, handlerConnect))]).to.deep.equal(
      [
        "inconclusive unexplained-failure evidence-missing accounting",
        "inconclusive evidence-missing accounting",
      ],
    );
  });
});
