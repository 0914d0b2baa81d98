import { expect } from "chai";
import type { LongrunError } from "../../src/base/errors.ts";
import { durationMs } from "../../src/base/time.ts";
import type { FunctionChanges } from "../../src/run/ports/function-changes.ts";
import { eventTexts, soakUnderTest } from "./soak-under-test.ts";

describe("a copy that writes no log", () => {
  it("is deleted a minute after its first answer, and leaves no run", async () => {
    const made: string[] = [];
    const { error, discarded, journal } = await soakUnderTest({
      attached: [],
      input: {
        duration: durationMs(600_000),
        interval: durationMs(60_000),
        functions: [{ label: "one", functionName: "longrun-copy-one", deployment: null, copyOf: "orders" }],
      },
      answer: () => ({ reportAfter: null }),
      changes: {
        copy: (of: string) => Promise.resolve(void made.push(of)),
        exists: () => Promise.resolve(true),
        copiedBy: () => Promise.resolve("20261125T010000Z-7"),
        deleteCopy: (name: string) => Promise.resolve(void made.splice(0, 1, `no ${name}`)),
        close: () => undefined,
      } as Partial<FunctionChanges> as FunctionChanges,
    });
    expect([(error as LongrunError).code, discarded, made]).to.deep.equal([
      "unavailable",
      true,
      ["no longrun-copy-one"],
    ]);
    expect((error as LongrunError).hint).to.include("on /aws/lambda/longrun-copy-*, or soak");
    expect(eventTexts(journal).filter((text) => / sent$|^stop|^change/.test(text))).to.deep.equal([
      "change-begun",
      "one 1 sent",
      "one 2 sent",
      "stop: copy-without-log",
      "change-undone",
    ]);
  });
});
