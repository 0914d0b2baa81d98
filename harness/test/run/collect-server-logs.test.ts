import { expect } from "chai";
import { LongrunError } from "../../src/base/errors.ts";
import { runNotice, type RunNotice } from "../../src/record/notices.ts";
import type { JournalEventBody } from "../../src/record/journal.ts";
import type { ServerLogsRead } from "../../src/run/ports/server-log-files.ts";
import { collectServerLogs, type WithServerLogs } from "../../src/run/collect-server-logs.ts";

async function collected(read: () => Promise<ServerLogsRead>) {
  const recorded: JournalEventBody[] = [];
  const said: RunNotice[] = [];
  const soak: WithServerLogs = {
    ports: {
      serverLogs: { read },
      progress: { sayNotice: (notice) => void said.push(notice) },
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
  return { recorded, said };
}

describe("a server's log", () => {
  it("that shows little is noted in the journal, so that a later judgement of the run says it too", async () => {
    const about = { source: "redis.log", server: "redis" } as const;
    const notices = [
      runNotice("server-log-shows-nothing", about),
      runNotice("server-log-without-connections", about),
      runNotice("server-log-without-streams", about),
      runNotice("peer-log-empty", { sources: ["a.log", "b.log"] }),
    ];
    const { recorded, said } = await collected(() => Promise.resolve({ unreadable: [], notices }));
    expect(recorded).to.deep.equal(
      notices.map((one) => ({ event: "evidence-notice", function: "one", ...one })),
    );
    expect(said).to.deep.equal(notices);
  });

  it("is a problem in the journal if some of its lines, or the whole log, could not be read", async () => {
    const lost = { source: "pg.log", lines: 2, example: "?" };
    const { recorded } = await collected(() => Promise.resolve({ unreadable: [lost], notices: [] }));
    const failed = await collected(() =>
      Promise.reject(new LongrunError("usage", "pg.log: expected times.", { hint: "Give a zone." })),
    );
    const problem = { event: "evidence-problem", function: "one" };
    expect([...recorded, ...failed.recorded]).to.deep.equal([
      { ...problem, code: "server-log-lines-not-read", parameters: lost },
      {
        ...problem,
        code: "server-log-not-read",
        parameters: { message: "pg.log: expected times. Give a zone." },
      },
    ]);
  });
});
