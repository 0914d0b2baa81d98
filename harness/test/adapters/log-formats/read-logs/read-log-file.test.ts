import { expect } from "chai";
import { readLogFile } from "../../../../src/adapters/log-formats/read-logs.ts";
import { isLongrunError } from "../../../../src/base/errors.ts";
import type { LogEvent } from "../../../../src/logs/log-event.ts";
import { PEER_EVENTS } from "../../../../src/record/peer-log.ts";

/** Reads a file with this text as the log of a function, and returns the hint of the error that refuses the file. */
async function hintFor(text: string): Promise<string | null | undefined> {
  async function* bytes(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  try {
    for await (const { values } of readLogFile("a.log", bytes(), { since: 0, until: Infinity }))
      expect(values).to.deep.equal([]);
  } catch (error) {
    if (isLongrunError(error)) return error.hint;
    throw error;
  }
  throw new Error("the file was not refused");
}

describe("the hint for a file that is not the log of a function", () => {
  for (const event of PEER_EVENTS)
    it(`names --peer-log if the file begins with a line of a peer's log, with the event ${event}`, async () => {
      const line = { time: "2026-11-25T01:02:03.000Z", event, connection: 1, remote: null, hello: null };
      expect(await hintFor(`${JSON.stringify(line)}\n`)).to.include("--peer-log");
    });

  it("does not name --peer-log if the file is another program's log", async () => {
    expect(await hintFor('{"time":"2026-11-25T01:02:03Z","event":"started"}\n')).to.not.include("--peer-log");
  });
});

describe("events that are no bytes, such as those of CloudWatch's API", () => {
  it("are read as they are, and one whose platform line is broken over several lines counts as unreadable", async () => {
    const start = "START RequestId: 11111111-1111-4111-8111-111111111111 Version: $LATEST";
    const event = (message: string): LogEvent => ({
      ...{ logGroup: "/aws/lambda/one", logStreamName: "s", timestamp: 1, message },
      ...{ ingestionTime: 2, eventId: "3" },
    });
    const events = [event(start), event("the function's own line"), event(start.replace(" Ver", "\n Ver"))];
    async function* parts(): AsyncGenerator<readonly LogEvent[]> {
      yield events;
    }
    const values = [];
    let lost = null;
    for await (const batch of readLogFile("one", parts(), { since: 0, until: Infinity })) {
      values.push(...batch.values);
      lost = batch.unreadable;
    }
    const example = events[2]?.message.replace("\n", "·");
    expect({ values, lost }).to.deep.equal({
      values: events.slice(0, 2),
      lost: { source: "one", lines: 1, example },
    });
  });
});
