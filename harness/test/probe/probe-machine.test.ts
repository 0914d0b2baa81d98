/** Probes small machines of known manner on real sockets. No probe may send a byte, and each must close all of its connections. */
import { expect } from "chai";
import { silentConnections } from "../../src/adapters/node/silent-connections.ts";
import type { ProbeReport, ServerManner } from "../../src/record/probe.ts";
import { probeMachine } from "../../src/probe/probe-machine.ts";
import { epochMs } from "../../src/base/time.ts";
import { startDevice, type DeviceManner } from "../support/devices/device.ts";

const WATCH_MS = 1_500;
const GREETING = "hi {n}\n";

async function probed(device: DeviceManner, upTo: number): Promise<ProbeReport> {
  const { port, stop, received } = await startDevice(device);
  try {
    const plan = { address: { host: "127.0.0.1", port }, upTo, watchMs: WATCH_MS, time: epochMs(0) };
    const seen = await probeMachine(plan, silentConnections(), new AbortController().signal);
    expect(received(), "bytes that the probe sent").to.equal(0);
    return seen;
  } finally {
    await stop();
  }
}

interface Case {
  readonly name: string;
  readonly device: DeviceManner;
  readonly upTo?: number;
  readonly expected: Pick<ServerManner, "places" | "whenFull" | "unknown">;
  readonly more?: (seen: ProbeReport) => void;
}

const full = (places: number, whenFull: ServerManner["whenFull"]) => ({ places, whenFull, unknown: null });
const unknown = (why: ServerManner["unknown"]) => ({ places: null, whenFull: null, unknown: why });

/** The place of a client that closes is free after so long. */
const freesAfter =
  (freesAfterMs: number) =>
  ({ manner }: ProbeReport): void => {
    const { moreThan = Infinity, atMost = 0 } = manner.freesAfterMs ?? {};
    expect(atMost).to.be.at.least(Math.max(freesAfterMs, moreThan));
  };

const CASES: readonly Case[] = [
  {
    name: "closes the second client immediately",
    device: { whenFull: "close" },
    expected: full(1, "closes"),
    more: freesAfter(0),
  },
  { name: "resets the second client", device: { whenFull: "reset" }, expected: full(1, "closes") },
  { name: "says a line and closes", device: { whenFull: "say-busy" }, expected: full(1, "says-and-closes") },
  {
    name: "greets each client that it serves, and closes others",
    device: { greeting: GREETING, whenFull: "close" },
    expected: full(1, "closes"),
  },
  {
    name: "greets the first client and lets the second wait",
    device: { greeting: GREETING, whenFull: "wait", freesAfterMs: 300 },
    expected: full(1, "waits"),
    more: freesAfter(300),
  },
  {
    name: "has a queue, which is no place",
    device: { greeting: GREETING, queue: 1, whenFull: "wait" },
    upTo: 3,
    expected: full(1, "waits"),
  },
  {
    name: "does not listen while it serves",
    device: { whenFull: "not-listen" },
    expected: full(1, "does-not-listen"),
  },
  { name: "ends the older client", device: { whenFull: "end-oldest" }, expected: full(1, "ends-older") },
  {
    name: "has three places",
    device: { places: 3, whenFull: "close" },
    upTo: 9,
    expected: full(3, "closes"),
    more: ({ connections }) => {
      const isKept = connections.map(({ end }) => end === null);
      expect(isKept.slice(0, 4)).to.deep.equal([true, true, true, false]);
      // After the first has closed, clients come until one is served.
      expect(isKept.slice(4).indexOf(true)).to.equal(isKept.length - 5);
    },
  },
  {
    name: "frees a place 400 ms after the close",
    device: { whenFull: "close", freesAfterMs: 400 },
    expected: full(1, "closes"),
    more: freesAfter(400),
  },
  {
    name: "needs 300 ms to turn a client away",
    device: { whenFull: "close", turnsAwayAfterMs: 300 },
    expected: full(1, "closes"),
    more: ({ manner }) => expect(manner.turnsAwayAfterMs).to.be.greaterThan(200),
  },
  {
    name: "needs longer to turn a client away than the probe watches",
    device: { whenFull: "close", turnsAwayAfterMs: 60_000 },
    expected: unknown("silence"),
  },
  {
    name: "lets clients wait without a word",
    device: { whenFull: "wait" },
    expected: unknown("silence"),
  },
  {
    name: "ends whoever says nothing for 500 ms",
    device: { whenFull: "close", places: 9, idleMs: 500 },
    expected: unknown("first-not-held"),
  },
  {
    name: "ends whoever says nothing for 2 s",
    device: { whenFull: "close", places: 9, idleMs: 2_000 },
    expected: unknown("idle-limit"),
  },
  {
    name: "serves both clients and greets them",
    device: { greeting: GREETING, places: 2, whenFull: "close" },
    expected: unknown("all-served"),
  },
];

describe("probeMachine", function () {
  this.timeout(120_000);

  /** All probes run at the same time, because each mostly waits. */
  let probes: readonly PromiseSettledResult<ProbeReport>[] = [];
  before(async () => {
    probes = await Promise.allSettled(CASES.map(({ device, upTo = 2 }) => probed(device, upTo)));
  });

  for (const [index, { name, expected, more }] of CASES.entries())
    it(`finds the manner of a machine that ${name}`, () => {
      const settled = probes[index];
      if (settled?.status !== "fulfilled") throw settled?.reason;
      const { places, whenFull, unknown: why } = settled.value.manner;
      expect({ places, whenFull, unknown: why }).to.deep.equal(expected);
      more?.(settled.value);
    });

  it("ends at a signal, and leaves no connection", async () => {
    const device = await startDevice({ whenFull: "wait" });
    const stop = new AbortController();
    const address = { host: "127.0.0.1", port: device.port };
    const plan = { address, upTo: 2, watchMs: 60_000, time: epochMs(0) };
    const ended = probeMachine(plan, silentConnections(), stop.signal);
    stop.abort();
    expect((await ended).connections).to.have.lengthOf(1);
    await device.stop();
  });
});
