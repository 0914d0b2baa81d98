import { EventEmitter, once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { env } from "node:process";
import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { ProcessFamily } from "../../../../src/engine/process/process-family.ts";
import { ProcessTable } from "../../../../src/engine/process/running/process-table.ts";
import { ProcessGroup, type OutputHandlers } from "../../../../src/engine/process/process-group.ts";

/** Takes output as a log does that is written only when the test says so. */
class SlowLog implements OutputHandlers {
  readonly events = new EventEmitter();
  waitingBytes = 0;
  taken = "";
  lost = 0;
  #then: (() => void)[] = [];

  readonly output = (chunk: Buffer): void => {
    this.taken += chunk.toString();
    this.waitingBytes += chunk.length;
    this.events.emit("taken");
  };
  readonly error = this.output;
  readonly framed = this.output;
  readonly dropped = (chunk: Buffer): void => {
    this.lost += chunk.length;
  };
  readonly whenTaken = (then: () => void): void => {
    this.#then.push(then);
    this.events.emit("waits");
  };

  write(): void {
    this.waitingBytes = 0;
    for (const then of this.#then.splice(0)) then();
  }
}

/** Resolves when the process sleeps, which `yes` does only while its pipe is full. */
async function fullPipe({ processId }: ProcessGroup): Promise<void> {
  for (let asleep = 0; asleep < 50; await setImmediate())
    asleep = readFileSync(`/proc/${processId}/stat`, "latin1").includes(") S ") ? asleep + 1 : 0;
}

function processes(): ProcessTable {
  const table = new ProcessTable();
  table.addEnvironment("one");
  return table;
}

describe("a process that writes more than is stored", () => {
  const start = (script: readonly string[], log: SlowLog): ProcessGroup =>
    new ProcessGroup(
      {
        file: script[0] ?? "",
        arguments: script.slice(1),
        folder: tmpdir(),
        variables: { PATH: env["PATH"] ?? "" },
      },
      log,
      new ProcessFamily(processes(), "one", { separate: false }),
    );

  it("is read again when what it wrote is stored, to the last byte", async () => {
    const log = new SlowLog();
    const { ended } = start(["seq", "1", "100000"], log);
    let waits = 0;
    log.events.on("waits", () => {
      waits += 1;
      queueMicrotask(() => log.write());
    });
    await ended;
    expect(log.taken).to.equal(Array.from({ length: 100_000 }, (_, n) => `${n + 1}\n`).join(""));
    expect([waits > 1, log.lost]).to.deep.equal([true, 0]);
  });

  it("is not read while too much waits, also not at the end of a phase, and what is left at its end is counted", async function () {
    if (!existsSync("/proc/self/stat")) this.skip();
    const log = new SlowLog();
    const group = start(["yes"], log);
    await once(log.events, "waits");
    log.waitingBytes = 5 << 20;
    const { length } = log.taken;
    await fullPipe(group);
    group.drain();
    expect(log.taken.length).to.equal(length);
    group.kill();
    await group.ended;
    expect(log.lost).to.be.above(0);
    expect(log.taken.replaceAll("y\n", "")).to.equal("");
  });

  it("is read at the end of a phase, although what it wrote before waits", async () => {
    const log = new SlowLog();
    const group = start(["yes"], log);
    await once(log.events, "waits");
    const { length } = log.taken;
    // Ends when the process has written more.
    for (; log.taken.length === length; await setImmediate()) group.drain();
    group.kill();
    await group.ended;
  });
});
