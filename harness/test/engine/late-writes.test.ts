import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { LateWrites } from "../../src/engine/late-writes.ts";

describe("late writes", () => {
  it("happen after two more turns of the event loop, once and in their order", async () => {
    const late = new LateWrites(fail);
    const written: number[] = [];
    for (const number of [1, 2, 3]) late.add(() => written.push(number));
    await setImmediate();
    await setImmediate();
    expect(written).to.deep.equal([]);
    await setImmediate();
    expect(written).to.deep.equal([1, 2, 3]);
    late.flush();
    await setImmediate();
    expect(written).to.deep.equal([1, 2, 3]);
  });

  it("happen earlier if something else is written or read", () => {
    const late = new LateWrites(fail);
    const written: number[] = [];
    late.add(() => written.push(1));
    late.flush();
    expect(written).to.deep.equal([1]);
  });

  it("keep their order if one of them writes, which flushes too", () => {
    const late = new LateWrites(fail);
    const written: number[] = [];
    const write = (number: number): void => {
      late.flush();
      written.push(number);
    };
    for (const number of [1, 2])
      late.add(() => {
        write(number);
        write(10 * number);
      });
    late.flush();
    expect(written).to.deep.equal([1, 10, 2, 20]);
  });

  it("all happen, and errors are reported, if some fail", () => {
    const errors: unknown[] = [];
    const late = new LateWrites((error) => errors.push(error));
    const written: number[] = [];
    const problem = new Error("full");
    late.add(() => {
      throw problem;
    });
    late.add(() => written.push(2));
    late.flush();
    expect([errors, written]).to.deep.equal([[problem], [2]]);
  });
});

function fail(error: unknown): never {
  throw error;
}
