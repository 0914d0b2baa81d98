import { expect } from "chai";
import { readLogFile } from "../../../../src/adapters/log-formats/read-logs.ts";
import { isLongrunError } from "../../../../src/base/errors.ts";
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
