/**
 * Tests a function that connects in Init and sends nothing until it is invoked. Its device hangs up on every client for which it has no place.
 * Neither the function nor the device writes a line, so only the link shows what happened.
 */
import { expect } from "chai";
import fc from "fast-check";
import { propertyCases } from "../../support/test-all.ts";
import { heldSilently } from "../../../src/analysis/correlate/held-silently.ts";
import type { LinkConnection } from "../../../src/analysis/timeline/environment.ts";
import { linkTimeline, readLinks } from "../../../src/analysis/timeline/link-timeline.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { judge } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun, type TestCall, type TestEnvironment } from "../analyze/story.ts";

type Link = ReturnType<TestRun["newLink"]>;

class Device {
  readonly run = new TestRun({ lines: false, success: "true" });

  /** An environment whose Init opens a connection. */
  environment(hangsUp = false): { readonly environment: TestEnvironment; readonly link: Link } {
    const environment = this.run.environment();
    const link = this.run.newLink(environment);
    environment.init(() => {
      this.run.linkLine("opened", link);
      this.run.wait(1);
      this.run.linkLine("connected", link);
      if (hangsUp) this.hangsUp(link);
    });
    return { environment, link };
  }

  hangsUp(link: Link): void {
    this.run.linkLine("half-closed", link, { by: "peer" });
  }

  answers(environment: TestEnvironment, link: Link): void {
    this.#invoke(environment, () => this.run.linkLine("answered", link, { answered: true }));
  }

  /** The server turns the client away in the words of its protocol, and closes. */
  refuses(link: Link, protocol: string): void {
    const said = { answered: true, protocol, catalogue: 1, outcome: "refused", limit: "server" } as const;
    this.run.linkLine("recognised", link, said);
    this.run.linkLine("closed", link, { ...said, by: "peer", ending: "fin" });
  }

  fails(environment: TestEnvironment): void {
    this.#invoke(environment, (call) => call.throws("MachineError"));
  }

  ends(link: Link, answered = false): void {
    this.run.linkLine("closed", link, { by: "environment-end", ending: "fin", answered });
    this.run.wait(100);
  }

  judged(): ReturnType<typeof judge> {
    return judge(mutate.withoutPeerLog(this.run.end()));
  }

  #invoke(environment: TestEnvironment, body: (call: TestCall) => void): void {
    this.run.invoke(environment, body);
    this.run.wait(1_000);
  }
}

/** The device serves one environment. Then another environment is initialised ahead, and the device hangs up on a third environment. */
function hungUpOn({ places = 1 } = {}): { device: Device; silent: ReturnType<Device["environment"]> } {
  const device = new Device();
  const first = device.environment();
  device.answers(first.environment, first.link);
  device.ends(first.link, true);
  const silent = device.environment();
  for (let more = 1; more < places; more += 1) device.environment();
  const refused = device.environment(true);
  device.fails(refused.environment);
  device.fails(refused.environment);
  return { device, silent };
}

/** An environment is initialised ahead and frozen before its client has sent a byte. Then the server refuses a client of another environment. */
function refusedBy(protocol: string): {
  device: Device;
  silent: ReturnType<Device["environment"]>;
  refused: TestEnvironment;
} {
  const device = new Device();
  const silent = device.environment();
  const { environment: refused, link } = device.environment();
  device.refuses(link, protocol);
  return { device, silent, refused };
}

describe("a connection that the device answered, and whose environment ended soon afterwards", () => {
  it("held the device if the device hung up on another client between the answer and the end", () => {
    const device = new Device();
    const { environment, link } = device.environment();
    device.run.linkLine("answered", link, { answered: true });
    const refused = device.environment(true);
    device.fails(refused.environment);
    device.ends(link, true);
    const next = device.environment();
    device.answers(next.environment, next.link);
    expect(found(device.judged())).to.deep.equal([1, [environment.id]]);
  });
});

describe("an invocation with two connections, of which the device serves one and hangs up on the other", () => {
  it("counts as served if it succeeds: it is neither harmed nor delayed", () => {
    const device = new Device();
    const { run } = device;
    const environment = run.environment().init();
    const links = [run.newLink(environment), run.newLink(environment)] as const;
    run.invoke(environment, () => {
      for (const link of links) {
        run.linkLine("opened", link);
        run.wait(1);
        run.linkLine("connected", link);
      }
      device.hangsUp(links[1]);
      run.linkLine("answered", links[0], { answered: true });
      run.wait(1);
      run.linkLine("half-closed", links[0], { by: "function", answered: true });
      run.linkLine("closed", links[0], { by: "function", ending: "fin", answered: true });
    });
    const { harm, findings } = device.judged();
    expect([harm.total, harm.delayed]).to.deep.equal([0, 0]);
    expect(findings.filter(({ kind }) => kind === "harm").map(({ code }) => code)).to.deep.equal([
      "peer-reached",
    ]);
  });
});

const found = ({ harm }: ReturnType<typeof judge>): unknown => [
  harm.total,
  harm.windows.map(({ holder }) => holder),
];

describe("a connection on which no byte was sent", () => {
  it("held the peer if the device hung up on the next clients and later served another one", () => {
    const { device, silent } = hungUpOn();
    device.ends(silent.link);
    const last = device.environment();
    device.answers(last.environment, last.link);
    expect(found(device.judged())).to.deep.equal([2, [silent.environment.id]]);
  });

  it("holds nothing if the device hung up on every later connection", () => {
    const { device } = hungUpOn();
    expect(found(device.judged())).to.deep.equal([0, []]);
  });

  it("holds nothing if the device also hung up when no other client was connected", () => {
    const { device, silent } = hungUpOn();
    device.ends(silent.link);
    device.fails(device.environment(true).environment);
    const last = device.environment();
    device.answers(last.environment, last.link);
    expect(found(device.judged())).to.deep.equal([0, []]);
  });

  it("holds nothing if the device kept two connections at one time", () => {
    const { device, silent } = hungUpOn({ places: 2 });
    device.ends(silent.link);
    const last = device.environment();
    device.answers(last.environment, last.link);
    expect(found(device.judged())).to.deep.equal([0, []]);
  });

  it("holds nothing if the device closed this connection too", () => {
    const { device, silent } = hungUpOn();
    device.hangsUp(silent.link);
    device.run.wait(100);
    const last = device.environment();
    device.answers(last.environment, last.link);
    expect(found(device.judged())).to.deep.equal([0, []]);
  });

  it("held a place of Redis if Redis refused a later client meanwhile", () => {
    const { device, silent, refused } = refusedBy("redis");
    device.fails(refused);
    device.ends(silent.link);
    expect(found(device.judged())).to.deep.equal([1, [silent.environment.id]]);
  });

  it("held a place of Redis also if Redis later closes it, or if the number of places is not known", () => {
    const { device, silent, refused } = refusedBy("redis");
    device.fails(refused);
    device.run.wait(60_000);
    device.hangsUp(silent.link);
    const evidence = mutate.withoutPeerLog(device.run.end());
    const known = { capacity: { places: 1, given: false } };
    const open = { capacity: { places: null, given: true } };
    for (const settings of [known, open])
      expect(found(judge(evidence, settings))).to.deep.equal([1, [silent.environment.id]]);
  });

  it("holds nothing at a server that counts a client only when it has logged in", () => {
    const { device, silent, refused } = refusedBy("postgres");
    device.fails(refused);
    device.ends(silent.link);
    expect(found(device.judged())).to.deep.equal([0, []]);
  });

  it("holds no place of Redis if it was opened after the refused one, or had ended", () => {
    const later = new Device();
    const refused = later.environment();
    later.environment();
    later.refuses(refused.link, "redis");
    later.fails(refused.environment);
    expect(found(later.judged())).to.deep.equal([0, []]);

    const ended = new Device();
    ended.ends(ended.environment().link);
    const next = ended.environment();
    ended.refuses(next.link, "redis");
    ended.fails(next.environment);
    expect(found(ended.judged())).to.deep.equal([0, []]);
  });

  it("holds no place of Redis if Redis closed it soon, as a full server closes a connection before TLS begins", () => {
    const { device, silent, refused } = refusedBy("redis");
    device.hangsUp(silent.link);
    device.fails(refused);
    expect(found(device.judged())).to.deep.equal([0, []]);
  });

  it("holds nothing at a device with many places that closes idle connections", () => {
    const client = fc.record({
      openedAt: fc.nat({ max: 20_000 }),
      livesMs: fc.integer({ min: 1, max: 10_000 }),
      answeredAfterMs: fc.option(fc.nat({ max: 5_000 })),
    });
    let silent = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.array(client, { minLength: 2, maxLength: 6 }),
        (idleMs, clients) => {
          const links = clients.map((one, index) => idleConnection(one, index, idleMs));
          silent += links.filter(({ answered, by }) => !answered && by !== "peer").length;
          expect([...heldSilently(new Map([["all", links]]), { places: 1, whole: true })]).to.deep.equal([]);
        },
      ),
      { ...propertyCases(2_000), seed: 20261128 },
    );
    expect(silent).to.be.above(100);
  });
});

/** Makes one connection to a device that closes each connection after a time without a byte. The environment may end before that. */
function idleConnection(
  one: { readonly openedAt: number; readonly livesMs: number; readonly answeredAfterMs: number | null },
  index: number,
  idleMs: number,
): LinkConnection {
  const { openedAt, livesMs, answeredAfterMs } = one;
  const answered = answeredAfterMs !== null && answeredAfterMs < Math.min(idleMs, livesMs);
  const idleAt = openedAt + (answered ? answeredAfterMs : 0) + idleMs;
  const endsAt = openedAt + livesMs;
  const byPeer = idleAt < endsAt;
  const line = (time: number, members: Partial<LinkLogRecord>): LinkLogRecord => ({
    time: iso(time),
    functionName: "f",
    environment: `environment ${index}`,
    boot: 1,
    connection: index + 1,
    event: "opened",
    upstreamLocal: null,
    by: null,
    ending: null,
    answered: false,
    error: null,
    ...members,
  });
  const [only] = [
    ...linkTimeline(
      readLinks([
        line(openedAt, {}),
        line(openedAt, { event: "connected" }),
        ...(answered ? [line(openedAt + answeredAfterMs, { event: "answered", answered })] : []),
        byPeer
          ? line(idleAt, { event: "half-closed", by: "peer", answered })
          : line(endsAt, { event: "closed", by: "environment-end", ending: "fin", answered }),
      ]),
    ).values(),
  ].flat();
  if (only === undefined) throw new Error("the records are of one connection");
  return only;
}
