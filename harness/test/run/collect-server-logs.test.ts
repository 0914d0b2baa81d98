import { expect } from "chai";
import type { JournalEventBody } from "../../src/domain/journal.ts";
import { collectServerLogs, type WithServerLogs } from "../../src/run/collect-server-logs.ts";

describe("a server's log that shows little", () => {
  it("is noted in the journal, so that a later judgement of the run says it too", async () => {
    const recorded: JournalEventBody[] = [];
    const said: string[] = [];
    const text = "redis.log: Redis does not log which connections it served, so this log shows nothing.";
    const soak: WithServerLogs = {
      ports: {
        serverLogs: { read: async () => Promise.resolve({ unreadable: [], notices: [text] }) },
        progress: { say: (line: string) => void said.push(line) },
        store: { appendPeer: () => undefined },
      },
      input: {
        manifest: {
          createdAt: "2026-11-26T12:00:00.000Z",
          target: "local",
          profile: { clockToleranceMs: 1_000 },
        },
      },
      recorder: {
        record: (event) => {
          recorded.push(event);
          return { ...event, sequence: 0, time: "2026-11-26T12:00:00.000Z", monotonicMs: 0 };
        },
      },
      functions: [{ input: { label: "one" } }],
    };
    await collectServerLogs(soak);
    expect(recorded).to.deep.equal([{ event: "evidence-notice", function: "one", text }]);
    expect(said).to.deep.equal([text]);
  });
});
