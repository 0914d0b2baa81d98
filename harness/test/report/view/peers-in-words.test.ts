import { expect } from "chai";
import { peersInWords } from "../../../src/report/view/peers-in-words.ts";

describe("peersInWords", () => {
  it("returns a sentence for each of several peers, and none for a single peer", () => {
    const peer = { address: "db:5432", capacity: 1, peakPlaces: 1, exposure: 1, harm: 0 } as const;
    expect([
      peersInWords({ reservedConcurrency: 1 }),
      peersInWords({
        reservedConcurrency: 1,
        peers: [
          { ...peer, capacity: 5, name: "db", protocol: "postgres", verdict: "pass", reasons: [] },
          { ...peer, name: "broker", protocol: null, verdict: "fail", reasons: ["harm"], harm: 1 },
          { ...peer, address: null, name: "plc", protocol: null, verdict: "pass", reasons: [] },
        ],
      }),
    ]).to.deep.equal([
      [],
      [
        "Peer db (db:5432, postgres): PASS, 1 exposure, 0 invocations harmed. The peer has 5 places; at most 1 connection was open at one time.",
        "Peer broker (db:5432): FAIL (harm), 1 exposure, 1 invocation harmed.",
        "Peer plc: PASS, 1 exposure, 0 invocations harmed.",
      ],
    ]);
  });
});
