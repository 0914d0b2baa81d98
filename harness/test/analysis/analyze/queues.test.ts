/**
 * Tests a peer that serves one client and leaves the others in its queue, as most small servers do. The peer reads a waiting client only
 * when its turn comes, so it learns late that this client has given up.
 */
import { expect } from "chai";
import type { FunctionEvidence } from "../../../src/domain/evidence.ts";
import type { LinkLogRecord } from "../../../src/domain/link-log.ts";
import type { PeerLogRecord } from "../../../src/domain/peer-log.ts";
import type { FunctionResult } from "../../../src/domain/run-result.ts";
import { connects, drive, handlerConnect, ready } from "./designs.ts";
import { judge } from "./judge.ts";
import { iso } from "./story-options.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

/** Returns how many invocations were harmed, and the holders of the harm windows. */
export function harmOf({ harm, findings }: FunctionResult): readonly [number, ...(string | null)[]] {
  const holders = [...findings].flatMap(({ kind, status, holder }) =>
    kind === "harm" && status === "found" ? [holder] : [],
  );
  return [harm.total, ...new Set(holders)];
}

function inTime<T extends { readonly time: string }>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

describe("the log of a peer that notices late that a waiting client has given up", () => {
  /** The clients that gave up get their last line when the peer has served `holder`. With `accepts`, each is accepted for a moment. */
  function noticesLate(
    { peerLog }: FunctionEvidence,
    { left, accepts }: { readonly left: number; readonly accepts: boolean },
  ): PeerLogRecord[] {
    const log = peerLog ?? [];
    const queued = new Set(log.filter(({ event }) => event === "queued").map(({ connection }) => connection));
    const isWaiting = ({ event, connection }: PeerLogRecord): boolean =>
      event === "closed" && queued.has(connection);
    const late = log.filter(isWaiting).flatMap((record, index): PeerLogRecord[] => {
      const time = iso(left + 1 + 2 * index);
      const closed = { ...record, time };
      return accepts ? [{ ...closed, event: "accepted" }, closed] : [closed];
    });
    return inTime([...log.filter((record) => !isWaiting(record)), ...late]);
  }

  /** The links see the peer's FIN on these connections only then. */
  function closesLate({ linkLog }: FunctionEvidence, left: number): LinkLogRecord[] {
    const isLate = ({ event, answered }: LinkLogRecord): boolean => event === "closed" && !answered;
    return inTime(
      (linkLog ?? []).map((record) => (isLate(record) ? { ...record, time: iso(left + 20) } : record)),
    );
  }

  for (const lines of [true, false])
    for (const accepts of [true, false])
      it(`shows the holder ${lines ? "with" : "without"} lifecycle lines${accepts ? ", also if the peer serves the waiting clients for a moment" : ""}`, () => {
        const run = new TestRun({ admission: "backlog", lines, hello: lines });
        const holder = ready(run, connects);
        run.wait(1_000);
        const other = ready(run, connects);
        drive(run, other, handlerConnect, 3);
        const left = run.now;
        holder.retire("fin");
        run.wait(1_000);
        drive(run, other, handlerConnect, 2);
        const evidence = run.end();
        const functions = evidence.functions.map((one) => ({
          ...one,
          peerLog: noticesLate(one, { left, accepts }),
          linkLog: closesLate(one, left),
        }));
        expect(harmOf(judge({ ...evidence, functions }))).to.deep.equal([3, holder.id]);
      });

  it("names the client that was served when the waiting client gave up, not the one before it", () => {
    const run = new TestRun({ admission: "backlog", lines: false, hello: false });
    const first = ready(run, connects);
    const environments: TestEnvironment[] = [ready(run), ready(run)];
    const [second, third] = environments as [TestEnvironment, TestEnvironment];
    const waits = run.newLink(second);
    run.linkLine("opened", waits);
    const next = run.arrive(null, waits);
    run.linkLine("connected", waits, { upstreamLocal: next.remote });
    const link = run.newLink(third);
    run.invoke(third, (call) => {
      run.linkLine("opened", link);
      const connection = run.arrive(null, link);
      run.linkLine("connected", link, { upstreamLocal: connection.remote });
      run.wait(500);
      first.retire("fin");
      run.linkLine("answered", waits, { upstreamLocal: next.remote, answered: true });
      run.wait(1_000);
      run.linkLine("half-closed", link, { by: "function", upstreamLocal: connection.remote });
      call.throws("NoAnswerError");
      run.wait(5_000);
      run.leave(next);
      run.linkClosed(next, "environment-end", "fin");
      run.leave(connection);
      run.linkLine("closed", link, { by: "function", ending: "fin", upstreamLocal: connection.remote });
    });
    const result = judge(run.end());
    expect(harmOf(result)).to.deep.equal([1, second.id]);
  });
});
