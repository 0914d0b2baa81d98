import { expect } from "chai";
import { formatElapsed, driveLine, progressLine } from "../../../src/cli/soak/progress-line.ts";
import type { DriveProgress } from "../../../src/run/ports/progress.ts";
import { VirtualClock } from "../../run/virtual-clock.ts";
import { memoryMachine } from "../memory-machine.ts";

const STATE: DriveProgress = {
  elapsedMs: 12_345,
  totalMs: 60_000,
  planned: 12,
  succeeded: 10,
  functionErrors: 2,
  throttled: 0,
  otherErrors: 0,
  skipped: 0,
  judged: null,
};
const JUDGED = { asOfMs: 10_000, environmentsAlive: 3, exposures: 1, harmed: 2 };
const EVERYTHING: DriveProgress = {
  elapsedMs: 604_800_000,
  totalMs: 604_800_000,
  planned: 604_800,
  succeeded: 500_000,
  functionErrors: 100_000,
  throttled: 1_000,
  otherErrors: 800,
  skipped: 3_000,
  judged: { asOfMs: 604_000_000, environmentsAlive: 12, exposures: 1_234, harmed: 99_999 },
};

describe("driveLine", () => {
  for (const { title, state, line } of [
    {
      title: "the counts alone before the first judgement",
      state: STATE,
      line: "0:12/1:00  10 ok  2 failed",
    },
    {
      title: "the judgement so far",
      state: { ...STATE, judged: JUDGED },
      line: "0:12/1:00  10 ok  2 failed  2 harmed  1 exposure  3 environments alive",
    },
    {
      title: "the age of the numbers if they are old",
      state: { ...STATE, elapsedMs: 48_000, judged: JUDGED, throttled: 1 },
      line: "0:48/1:00  10 ok  2 failed  2 harmed  1 exposure  3 environments alive (as of 0:10)  1 throttled",
    },
    {
      title: "no age for numbers from the last seconds of the run, even if the line is written after the run",
      state: { ...STATE, elapsedMs: 90_000, judged: { ...JUDGED, asOfMs: 59_000 } },
      line: "1:00/1:00  10 ok  2 failed  2 harmed  1 exposure  3 environments alive",
    },
  ]) {
    it(`shows ${title}`, () => {
      expect(driveLine(state)).to.equal(line);
    });
  }
});

describe("driveLine with old numbers", () => {
  const state = { ...STATE, elapsedMs: 48_000, judged: JUDGED };
  for (const { columns, line } of [
    {
      columns: 84,
      line: "0:48/1:00  10 ok  2 failed  2 harmed  1 exposure  3 environments alive (as of 0:10)",
    },
    { columns: 70, line: "0:48/1:00  10 ok  2 failed  2 harmed  1 exposure (as of 0:10)" },
    { columns: 50, line: "0:48/1:00  10 ok  2 failed  2 harmed (as of 0:10)" },
    { columns: 30, line: "0:48/1:00  10 ok  2 failed" },
    { columns: 20, line: "0:48/1:00  10 ok" },
    { columns: 10, line: "0:48/1:00 " },
  ]) {
    it(`shows no old number without its age, even if it leaves out numbers to fit ${columns} columns`, () =>
      expect(driveLine(state, columns)).to.equal(line));
  }
});

describe("formatElapsed", () => {
  for (const [milliseconds, text] of [
    [0, "0:00"],
    [7_999, "0:07"],
    [754_000, "12:34"],
    [3_723_000, "1:02:03"],
    [183_845_000, "2d 03:04:05"],
  ] as const) {
    it(`writes ${milliseconds} ms as ${text}`, () => {
      expect(formatElapsed(milliseconds)).to.equal(text);
    });
  }
});

describe("progressLine", () => {
  it("rewrites one line of at most 79 columns on a terminal, and clears it before a sentence", () => {
    const machine = memoryMachine([], { isTerminal: true, columns: 200 });
    const progress = progressLine(machine.stderr, new VirtualClock());
    progress.drive(EVERYTHING, false);
    progress.drive(EVERYTHING, false);
    progress.say("done");
    const shown = machine.err();
    expect(shown).to.equal(
      `\r\u001b[K${driveLine(EVERYTHING, 79)}\r\u001b[K${driveLine(EVERYTHING, 79)}\r\u001b[Kdone\n`,
    );
  });

  it("says problems and notices in the same sentences as the report", () => {
    const machine = memoryMachine([]);
    const progress = progressLine(machine.stderr, new VirtualClock());
    progress.sayProblem({ code: "engine-records-dropped", parameters: { list: "links" } });
    progress.sayNotice({ code: "told", parameters: { text: "r.log: it shows nothing." } });
    expect(machine.err()).to.equal(
      "The engine dropped records of connections before this run had read them, because so many came after them.\nr.log: it shows nothing.\n",
    );
  });

  it("writes a line of at most 79 columns if the output is not a terminal", () => {
    const machine = memoryMachine([]);
    progressLine(machine.stderr, new VirtualClock()).drive(EVERYTHING, false);
    expect(machine.err()).to.equal(`${driveLine(EVERYTHING, 79)}\n`);
    expect(machine.err().length).to.be.at.most(80);
  });

  it("fits a narrow terminal", () => {
    const machine = memoryMachine([], { isTerminal: true, columns: 24 });
    progressLine(machine.stderr, new VirtualClock()).drive(EVERYTHING, false);
    expect(machine.err()).to.equal("\r\u001b[K7d 00:00:00/7d 00:00:00");
  });

  it("breaks a long sentence into lines, between words, on a terminal, and leaves it whole elsewhere", () => {
    const said = (isTerminal: boolean): string => {
      const machine = memoryMachine([], { isTerminal, columns: 24 });
      progressLine(machine.stderr, new VirtualClock()).say("functions run on Node 20 here");
      return machine.err();
    };
    expect([said(true), said(false)]).to.deep.equal([
      "\r\u001b[Kfunctions run on Node\n20 here\n",
      "functions run on Node 20 here\n",
    ]);
  });

  it("prints a line every minute after the first ten minutes if the output is not a terminal", async () => {
    const machine = memoryMachine([]);
    const clock = new VirtualClock();
    const progress = progressLine(machine.stderr, clock);
    const work = async (): Promise<void> => {
      for (let second = 0; second <= 1_200; second += 1) {
        progress.drive({ ...STATE, totalMs: 7_200_000, elapsedMs: second * 1_000 }, false);
        await clock.sleep(1_000);
      }
    };
    await clock.run(work());
    const times = machine.err().match(/^[\d:]+(?=\/)/gm) ?? [];
    expect([times.length, ...times.slice(48, 53)]).to.deep.equal([
      60,
      ...["9:36", "9:48", "10:48", "11:48", "12:48"],
    ]);
  });

  it("prints a plain line every twelve seconds at first if the output is not a terminal", async () => {
    const machine = memoryMachine([]);
    const clock = new VirtualClock();
    const progress = progressLine(machine.stderr, clock);
    const work = async (): Promise<void> => {
      for (let second = 0; second < 30; second += 1) {
        progress.drive({ ...STATE, elapsedMs: second * 1_000 }, second === 29);
        await clock.sleep(1_000);
      }
    };
    await clock.run(work());
    expect(machine.err()).to.equal(
      "0:00/1:00  10 ok  2 failed\n0:12/1:00  10 ok  2 failed\n0:24/1:00  10 ok  2 failed\n0:29/1:00  10 ok  2 failed\n",
    );
  });
});
