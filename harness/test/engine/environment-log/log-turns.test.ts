import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import {
  EVENT_COST,
  LogQueue,
  LogTurns,
  type LogStep,
  TURN_COST,
} from "../../../src/engine/environment-log/log-turns.ts";
import { LogsUnwritable } from "../../../src/engine/log-sink.ts";

const PER_TURN = TURN_COST / EVENT_COST;

describe("the turns in which logs are written", () => {
  let written: string[];
  let turns: LogTurns;
  beforeEach(() => {
    written = [];
    turns = new LogTurns();
  });
  /** Writes `count` events of the smallest cost. */
  const events = (name: string, count: number): LogStep => {
    let n = 0;
    return () => {
      if (n === count) return null;
      n += 1;
      written.push(`${name}${n}`);
      return EVENT_COST;
    };
  };
  const names = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, n) => `${name}${n + 1}`);

  it("write a few events at once", () => {
    new LogQueue(turns).add(events("a", 3));
    expect(written).to.deep.equal(names("a", 3));
  });

  it("write a bounded amount in each turn, and everything in the end, in order", async () => {
    const queue = new LogQueue(turns);
    queue.add(events("a", 5 * PER_TURN));
    queue.add(events("b", 1));
    const counts = [written.length];
    while (queue.length > 0) {
      const before = written.length;
      await setImmediate();
      counts.push(written.length - before);
    }
    expect(Math.max(...counts)).to.be.at.most(PER_TURN);
    expect(written).to.deep.equal([...names("a", 5 * PER_TURN), "b1"]);
  });

  it("write a long event whole, and count its length", async () => {
    const queue = new LogQueue(turns);
    let left = 3;
    queue.add(() => {
      if (left === 0) return null;
      left -= 1;
      return 4 * TURN_COST;
    });
    const seen = [left];
    for (; queue.length > 0; seen.push(left)) await setImmediate();
    expect(seen).to.deep.equal([2, 1, 0, 0]);
  });

  it("serve the queues one after the other, so none waits for the whole of another", async () => {
    const flood = new LogQueue(turns);
    let over = false;
    flood.add(() => (over ? null : EVENT_COST));
    const others = ["a", "b"].map((name) => {
      const queue = new LogQueue(turns);
      queue.add(events(name, 2 * PER_TURN));
      return queue;
    });
    await Promise.all(others.map((queue) => new Promise<void>((resolve) => queue.whenWritten(resolve))));
    expect(flood.length).to.equal(1);
    expect(written.toSorted()).to.deep.equal(
      [...names("a", 2 * PER_TURN), ...names("b", 2 * PER_TURN)].toSorted(),
    );
    over = true;
    await turns.settled();
    expect(flood.length).to.equal(0);
  });

  it("keep a step that cannot be written, and what follows it, and try again, without writing anything twice", async () => {
    const queue = new LogQueue(turns);
    let full = true;
    let refusals = 0;
    const one = events("a", 2);
    queue.add(() => {
      if (full && written.length === 1) {
        refusals += 1;
        throw new LogsUnwritable("full");
      }
      return one();
    }, 7);
    queue.add(events("b", 1), 5);
    expect([written, queue.bytes, refusals]).to.deep.equal([["a1"], 12, 1]);
    // Whoever waits for the log does not wait for the disk.
    let told = false;
    queue.whenWritten(() => (told = true));
    await turns.settled();
    expect(told).to.equal(true);
    full = false;
    await new Promise<void>((resolve) => {
      queue.add(() => {
        resolve();
        return null;
      });
    });
    expect([written, queue.bytes]).to.deep.equal([["a1", "a2", "b1"], 0]);
  });

  it("let another queue go on, whose file can be written", () => {
    new LogQueue(turns).add(() => {
      throw new LogsUnwritable("full");
    });
    new LogQueue(turns).add(events("a", 1));
    expect(written).to.deep.equal(["a1"]);
    turns.finish();
  });

  it("write everything at the end, and count what cannot be written", () => {
    new LogQueue(turns).add(events("a", 3 * PER_TURN));
    const stuck = new LogQueue(turns);
    stuck.add(() => {
      throw new LogsUnwritable("full");
    });
    stuck.add(events("b", 1));
    expect(turns.finish()).to.equal(2);
    expect(written).to.deep.equal(names("a", 3 * PER_TURN));
  });
});
