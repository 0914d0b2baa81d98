/**
 * Reproduces the failure of README.md (an environment that is never invoked keeps the peer's only connection) on real processes and
 * sockets, with the conductor (the part of the engine that plays the plan), the engine's own environments, the built function designs and
 * the peer.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { buildFunctions } from "../../../../../functions/build.ts";
import { unzip } from "../../../../../functions/test/function-process.ts";
import { systemClock } from "../../../../src/adapters/node/system-clock.ts";
import type { AppliedEntry, Plan } from "../../../../src/record/plan-file.ts";
import { startConductor } from "../../../../src/engine/scheduling/plan/conductor.ts";
import { DEFAULT_LINK } from "../../../../src/engine/link/link-options.ts";
import { durationMs } from "../../../../src/base/time.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";
import { startPeerUnderTest, type PeerUnderTest } from "../../../peer/peer-under-test.ts";

const INTERVAL_MS = 300;
const plan: Plan = {
  schemaVersion: 1,
  profile: "test",
  seed: 0,
  durationMs: 60_000,
  intervalMs: INTERVAL_MS,
  placement: "most-recent",
  entries: [{ offsetMs: 900, action: "ahead-elsewhere" }],
};

describeInTestAll("ahead-elsewhere on real processes", () => {
  let folder: string;
  let peer: PeerUnderTest;
  let subject: TestFleet;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "longrun-conductor-"));
    await buildFunctions(folder);
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    peer = await startPeerUnderTest();
    subject = await testFleet({ links: [DEFAULT_LINK], clock: systemClock });
  });
  afterEach(async () => {
    await subject.close();
    await peer.peer.close();
  });

  /** Invokes the function until the plan is done, and once more. Returns "ok" or the error's name for each invocation, and the applied entries. */
  const drive = async (design: string): Promise<{ outcomes: string[]; applied: AppliedEntry[] }> => {
    const files = await unzip(await readFile(join(folder, `${design}.zip`)));
    const environment = { PEER_HOST: "127.0.0.1", PEER_PORT: String(peer.peer.port) };
    subject.add(
      { "handler.mjs": files.get("handler.mjs")?.toString() ?? "" },
      { functionName: design, handler: "handler.handler", environment },
    );
    const applied: AppliedEntry[] = [];
    const conductor = startConductor({
      fleet: subject.fleet,
      plan,
      functions: [design],
      startAt: systemClock.now(),
      clock: systemClock,
      applied: (entry) => applied.push(entry),
      update: () => Promise.reject(new Error("the plan has no update")),
    });
    let done = false;
    void conductor.done.finally(() => (done = true));
    const outcomes: string[] = [];
    const invoke = async (): Promise<void> => {
      const answer = payloadOf(await subject.invoke(design)) as { ok?: true; errorType?: string };
      outcomes.push(answer.ok === true ? "ok" : (answer.errorType ?? "?"));
    };
    while (!done) {
      await invoke();
      await systemClock.sleep(durationMs(INTERVAL_MS));
    }
    await conductor.done;
    await invoke();
    return { outcomes, applied };
  };

  it("prevents init-connect from reaching the peer until the environment that was never invoked is retired", async () => {
    const { outcomes, applied } = await drive("init-connect");
    expect(outcomes.join(" ")).to.match(/^(ok )+(PeerBusyError ){3,}(ok ?)+$/);
    expect(applied.map(({ entry, result }) => ({ entry, result }))).to.deep.equal([
      { entry: 0, result: "applied" },
    ]);
    // The step retired one environment and initialised another one that was never invoked. Neither of the two is alive now.
    const alive = subject.fleet
      .environments("init-connect")
      .filter(({ state }) => state !== "ended")
      .map(({ environment }) => environment);
    expect(alive.some((environment) => applied[0]?.environments.includes(environment) ?? false)).to.equal(
      false,
    );
    expect(applied[0]?.environments.length).to.equal(2);
    // The environment that was never invoked ended long after the step that created it, and its end is recorded too.
    expect(subject.fleet.ends(0).records.map(({ environment }) => environment)).to.deep.equal(
      applied[0]?.environments,
    );
  });

  it("does not harm handler-connect", async () => {
    const { outcomes } = await drive("handler-connect");
    expect(
      outcomes.every((outcome) => outcome === "ok"),
      outcomes.join(" "),
    ).to.equal(true);
    expect(peer.story().filter((line) => line.startsWith("accepted")).length).to.equal(outcomes.length);
  });
});
