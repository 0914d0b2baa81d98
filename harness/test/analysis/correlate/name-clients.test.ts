/** Tests which environment is meant by the name that a client gave to a server, and that every other name means no environment. */
import { expect } from "chai";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { ClientNames } from "../../../src/analysis/correlate/name-clients.ts";

const A = "2026/11/25/[$LATEST]010f7d718598ba7513a74a53d4869abf";
const B = "2026/11/25/[$LATEST]010f85ed357e58ce6f5fbeb42025a9e8";
const BOOT = "6c1f0b7e-0000-4000-8000-000000000001";

const ENVIRONMENTS = [
  { id: A, boots: [{ bootId: BOOT }] },
  { id: B, boots: [{ bootId: null }] },
];

describe("the name of a client at a server", () => {
  const names = new ClientNames(ENVIRONMENTS, ["night-batch"]);
  const stream = (logStream: string | null, bootId: string | null = null) => ({
    bootId,
    logStream,
    phase: null,
  });

  for (const [what, name, meant] of [
    ["is a log stream", A, stream(A)],
    ["contains a log stream", `orders:${B}:pool`, stream(B)],
    ["is the beginning of a log stream", B.slice(0, 30), stream(B)],
    ["is a prefix and the beginning of a log stream", `app ${A.slice(0, 30)}`, stream(A)],
    ["is a stream that is not in the evidence", A.replace("010f", "ffff"), stream(A.replace("010f", "ffff"))],
    ["is the name of a stranger that the user gave", "night-batch", stream("night-batch")],
    ["is the name of an unknown client", "pgadmin", null],
    ["is the beginning of two streams", A.slice(0, 24), null],
    ["is the end of a log stream, as in MQTT client ids", `gw-${A.slice(-23)}`, stream(A)],
    ["is the end of a log stream, but is too short", A.slice(-15), null],
    ["is the end of no stream in the evidence", "0123456789abcdef01234567", null],
    ["was cut too short", A.slice(0, 22), null],
    ["was cut before the part that differs", "2026/11/25/[$LATEST]", null],
    ["contains two streams", `${A} ${B}`, null],
    ["is empty", "", null],
  ] as const)
    it(`${meant === null ? "identifies no client" : "identifies the client"} if it ${what}`, () => {
      expect(names.hello(name)).to.deep.equal(meant);
    });

  it("identifies the client if it contains a boot ID or the beginning of one", () => {
    expect([names.hello(`fn-${BOOT}`), names.hello(BOOT.slice(0, 20))]).to.deep.equal([
      stream(A, BOOT),
      stream(A, BOOT),
    ]);
  });

  const greeted = (logStream: string | null, bootId: string | null = null): PeerLogRecord => ({
    event: "accepted",
    connection: 1,
    remote: null,
    time: "2026-11-25T10:00:00.000Z",
    hello: stream(logStream, bootId),
  });

  it("completes the log stream in a hello that has only its beginning or its end", () => {
    const completed = [B.slice(0, 30), B.slice(-32)].map((part) => names.named(greeted(part, "other-boot")));
    expect(completed).to.deep.equal([greeted(B, "other-boot"), greeted(B, "other-boot")]);
  });

  it("does not change a hello whose name is a whole log stream, fits no log stream or fits several, or is missing", () => {
    for (const name of [A, A.slice(0, 24), "scada-01", null]) {
      const record = greeted(name);
      expect(names.named(record)).to.equal(record);
    }
  });
});
