/** Runs many clients that act at random at the same time, and then checks the rules that every peer log must obey. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect } from "chai";
import type { PeerLogRecord, PeerReadyRecord } from "../../../src/record/peer-log.ts";
import { ADMISSIONS } from "../../../src/words/admission.ts";
import { BACKLOG_LENGTH } from "../../../src/peer/admission-rules.ts";
import { startPeerUnderTest } from "../peer-under-test.ts";
import { hello, openClient } from "../test-client.ts";

const LAST = ["refused", "closed", "reset", "idle-timeout", "evicted"];

/** Returns the rules that a log breaks, as sentences. */
function brokenRules(
  records: readonly (PeerLogRecord | PeerReadyRecord)[],
  { admission, capacity }: { readonly admission: string; readonly capacity: number },
): string[] {
  const broken: string[] = [];
  const over = new Set<number>();
  const queued = new Set<number>();
  const holders = new Set<number>();
  for (const [index, record] of records.entries()) {
    if (!("connection" in record)) {
      if (index !== 0) broken.push(`record ${index} is a second ready`);
      continue;
    }
    const connection = record.connection ?? Number.NaN;
    const report = (text: string): void =>
      void broken.push(`record ${index}, ${record.event} ${connection}: ${text}`);
    if (over.has(connection)) report("comes after the connection's last record");
    if (record.event === "accepted" && holders.size >= capacity)
      report(`${[...holders].join()} hold all places`);
    if (record.event === "request" && !holders.has(connection))
      report("comes from a connection that holds no place");
    if (record.event === "refused" && holders.size < capacity && admission !== "backlog")
      report("although a place is free");
    // The set `queued` may have up to `capacity` more clients than the peer lets wait. The reason: a client that already got its place
    // stays in the set until the peer has read its hello and writes `accepted`.
    if (record.event === "queued" && (admission !== "backlog" || queued.size >= BACKLOG_LENGTH + capacity))
      report("although there is no room to wait");
    if (record.event === "queued") queued.add(connection);
    else queued.delete(connection);
    if (record.event === "accepted") holders.add(connection);
    if (LAST.includes(record.event)) {
      over.add(connection);
      holders.delete(connection);
    }
  }
  const seen = new Set(records.flatMap((record) => ("connection" in record ? [record.connection] : [])));
  for (const connection of seen)
    if (!over.has(connection ?? -1)) broken.push(`connection ${connection} has no last record`);
  return broken;
}

describe("the peer with many clients at the same time", () => {
  for (const admission of ADMISSIONS) {
    for (const [seed, capacity] of [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 3],
      [5, 3],
    ] as const) {
      it(`writes a log that breaks no rule under ${admission} with capacity ${capacity}, seed ${seed}`, async () => {
        const random = xoroshiro128plus(seed);
        const draw = (most: number): number => uniformInt(random, 0, most);
        const subject = await startPeerUnderTest({ admission, capacity, helloWaitMs: 20, idleTimeoutMs: 60 });
        const act = async (index: number): Promise<void> => {
          const client = await openClient(subject.peer.port);
          for (let step = draw(6); step > 0; step -= 1) {
            const what = draw(9);
            if (what <= 2) client.send(hello(`boot-${index}`, draw(3) === 0 ? draw(20) : null));
            else if (what <= 4) client.send({ type: "request", id: `r${step}`, time: "t" });
            else if (what === 5)
              client.sendBytes(Buffer.from(Array.from({ length: draw(60) }, () => draw(255))));
            else if (what === 6) client.send({ type: "bye" });
            else if (what === 7) subject.peer.dropHolder();
            else await new Promise((resolve) => setTimeout(resolve, draw(15)));
          }
          if (draw(2) === 0) return client.reset();
          client.finish();
          while (!["end", "reset"].includes((await client.next()) as string)) continue;
          client.socket.destroy();
        };
        const lanes = Array.from({ length: 12 }, async (_, lane) => {
          for (let turn = 0; turn < 12; turn += 1) await act(lane * 12 + turn);
        });
        await Promise.all(lanes);
        await subject.peer.close();
        expect(brokenRules(subject.records, { admission, capacity })).to.deep.equal([]);
        expect(subject.records.length).to.be.greaterThan(144);
      });
    }
  }
});
