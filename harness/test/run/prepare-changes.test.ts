import { expect } from "chai";
import { LongrunError } from "../../src/base/errors.ts";
import type { FunctionChanges, WantedCopy } from "../../src/run/ports/function-changes.ts";
import { soakUnderTest } from "./soak-under-test.ts";

describe("the functions that a run changes", () => {
  it("deletes a copy that is made while the copying of another function fails", async () => {
    const copies = new Set<string>();
    const { error, discarded } = await soakUnderTest({
      attached: [],
      input: {
        functions: ["one", "two"].map((label) => ({
          label,
          functionName: `longrun-copy-${label}`,
          deployment: null,
          copyOf: label,
        })),
      },
      changes: {
        copy: async (of: string, { functionName }: WantedCopy) => {
          if (of === "one") throw new LongrunError("unavailable", "one cannot be copied: denied");
          await new Promise((resolve) => void setImmediate(resolve));
          copies.add(functionName);
        },
        exists: (name: string) => Promise.resolve(copies.has(name)),
        copiedBy: (name: string) => Promise.resolve(copies.has(name) ? "20261125T010000Z-7" : undefined),
        deleteCopy: (name: string) => Promise.resolve(void copies.delete(name)),
        close: () => undefined,
      } as Partial<FunctionChanges> as FunctionChanges,
    });
    expect([(error as Error).message, discarded, [...copies]]).to.deep.equal([
      "one cannot be copied: denied",
      true,
      [],
    ]);
  });
});
