/**
 * A live log group is read hour by hour. Complete hours are kept. After an interruption, reading begins again at the start of the hour that
 * was not complete.
 */
import { expect } from "chai";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { folderOfGroup, logGroupSlices } from "../../../src/adapters/aws/log-group-slices.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { LogSource } from "../../../src/run/ports/log-source.ts";
import { epochMs, isoTime } from "../../../src/base/time.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const HOUR = 3_600_000;
const FROM = epochMs(Date.parse("2026-11-25T01:30:00.000Z"));
const UNTIL = epochMs(FROM + 2 * HOUR);

const record = (timestamp: number): LogRecord => ({
  logGroup: "/aws/lambda/one",
  logStreamName: "s",
  timestamp,
  message: "line\n",
  ingestionTime: timestamp + 1,
  eventId: String(timestamp),
});

/** A log source with one event in each hour, at minute 30, on its own page. In the hour `breaksAt`, reading fails after this event. */
function source(breaksAt: string | null): LogSource & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read: async function* (_logGroup, from, _signal, more = {}) {
      const hour = isoTime(from).slice(11, 13);
      asked.push(hour);
      yield [record(from + HOUR / 2)];
      if (hour === breaksAt) throw new Error("the network is gone");
      expect(more).to.deep.equal({
        until: epochMs(Math.min(from + HOUR - 1, UNTIL)),
        groupMustExist: true,
      });
    },
    close: () => undefined,
  };
}

describe("a log group over a long range", () => {
  const folder = temporaryFolder();
  const cache = (): string => join(folder.path(), "cache");

  async function read(from: LogSource, kept: string | null, settledBefore = UNTIL) {
    const states: string[] = [];
    let text = "";
    const slices = logGroupSlices({
      source: from,
      logGroup: "/aws/lambda/one",
      since: FROM,
      until: UNTIL,
      settledBefore,
      folder: kept,
      signal: new AbortController().signal,
      progress: ({ hour, hours, events, kept: isKept }) =>
        void states.push(`${hour}/${hours} ${events}${isKept ? " kept" : ""}`),
    });
    let error: Error | null = null;
    try {
      for await (const slice of slices)
        text += Buffer.isBuffer(slice)
          ? slice.toString()
          : slice.map((one) => `${JSON.stringify(one)}\n`).join("");
    } catch (thrown) {
      error = thrown as Error;
    }
    const times = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => isoTime(epochMs((JSON.parse(line) as LogRecord).timestamp)).slice(11, 16));
    return { times, states, error };
  }

  it("is read hour by hour even if the hours are not kept in a folder", async () => {
    const from = source(null);
    const { times, states, error } = await read(from, null);
    expect([from.asked, times, error]).to.deep.equal([["01", "02", "03"], ["01:30", "02:30", "03:30"], null]);
    expect(states).to.deep.equal(["0/3 1", "1/3 1", "1/3 2", "2/3 2", "2/3 3", "3/3 3"]);
  });

  it("is read from the start of the interrupted hour after an interruption, and complete hours are not read again", async () => {
    const broken = await read(source("02"), cache());
    expect(broken.error?.message).to.equal("the network is gone");
    expect(readdirSync(cache()).sort()).to.deep.equal(["2026-11-25T01.jsonl", "2026-11-25T02.jsonl.part"]);
    const again = source(null);
    const { times, states } = await read(again, cache());
    expect([again.asked, times]).to.deep.equal([
      ["02", "03"],
      ["01:30", "02:30", "03:30"],
    ]);
    expect(states[0]).to.equal("1/3 0 kept");
    // The last hour is not over yet.
    const third = source(null);
    expect([(await read(third, cache())).times, third.asked]).to.deep.equal([
      ["01:30", "02:30", "03:30"],
      ["03"],
    ]);
  });

  it("is read again for the hours in which events may still arrive", async () => {
    const settled = epochMs(Date.parse("2026-11-25T03:00:00.000Z"));
    await read(source(null), cache(), settled);
    expect(readdirSync(cache()).sort()).to.deep.equal([
      "2026-11-25T01.jsonl",
      "2026-11-25T02.jsonl",
      "2026-11-25T03.open.jsonl",
    ]);
    const again = source(null);
    await read(again, cache(), settled);
    expect(again.asked).to.deep.equal(["03"]);
  });

  it("is not read further if the file of an hour cannot be written, and the message names this file", async () => {
    mkdirSync(cache());
    // A folder has the name of the file, so writing fails for root too.
    mkdirSync(join(cache(), "2026-11-25T01.jsonl.part"));
    const { error } = await read(source(null), cache());
    expect(error)
      .to.have.property("message")
      .that.matches(/2026-11-25T01\.jsonl\.part: expected a file that can be written \(EISDIR\)\.$/);
  });

  it("is kept in a folder whose name is made of the Region and the name of the group", () => {
    expect(folderOfGroup("eu-central-1", "/aws/lambda/one")).to.equal("eu-central-1+aws+lambda+one");
    expect(folderOfGroup("eu-central-1", "mine")).to.equal("eu-central-1+mine");
  });
});
