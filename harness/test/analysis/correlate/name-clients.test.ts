/** Tests which environment a name means that a client gave itself to a server, and that every other name means nobody. */
import { expect } from "chai";
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
    ["was cut short, and begins one", B.slice(0, 30), stream(B)],
    ["was cut short after a prefix", `app ${A.slice(0, 30)}`, stream(A)],
    ["is a stream that is not in the evidence", A.replace("010f", "ffff"), stream(A.replace("010f", "ffff"))],
    ["is one that the user calls a stranger's", "night-batch", stream("night-batch")],
    ["is a user of whom nobody said anything", "pgadmin", null],
    ["begins two streams", A.slice(0, 24), null],
    ["is the end of one, as for MQTT", `gw-${A.slice(-23)}`, stream(A)],
    ["is too short an end of one", A.slice(-15), null],
    ["is the end of no stream in the evidence", "0123456789abcdef01234567", null],
    ["was cut too short", A.slice(0, 22), null],
    ["was cut before the part that differs", "2026/11/25/[$LATEST]", null],
    ["contains two streams", `${A} ${B}`, null],
    ["is empty", "", null],
  ] as const)
    it(`${meant === null ? "means nobody" : "is a hello"}, if it ${what}`, () => {
      expect(names.hello(name)).to.deep.equal(meant);
    });

  it("is a hello, if it contains a boot id or begins one", () => {
    expect([names.hello(`fn-${BOOT}`), names.hello(BOOT.slice(0, 20))]).to.deep.equal([
      stream(A, BOOT),
      stream(A, BOOT),
    ]);
  });
});
