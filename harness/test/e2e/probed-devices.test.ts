/**
 * Soaks against small machines of one place, which are probed before the run, and which nobody else uses: without `--success`, a handler that
 * connects in its Init fails and the environment that really held the place is named, and the fix passes.
 */
import { expect } from "chai";
import { judgeRun } from "../../src/library/index.ts";
import type { WhenFull } from "../../src/record/probe.ts";
import type { Verdict } from "../../src/words/verdict.ts";
import { readRun } from "../adapters/run-directory/read-run.ts";
import type { DeviceManner } from "../support/devices/device.ts";
import { namedHolders, realHolders, soakDevice } from "../support/devices/device-soak.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";

const DEVICES: readonly (readonly [string, DeviceManner, WhenFull])[] = [
  ["closes the second client at once", { whenFull: "close" }, "closes"],
  ["resets the second client", { whenFull: "reset" }, "closes"],
  ["says BUSY to the second client and closes", { whenFull: "say-busy" }, "says-and-closes"],
  [
    "greets a client when it has a place, and lets others wait",
    { whenFull: "wait", greeting: "hi {n}\n" },
    "waits",
  ],
  ["does not listen while it serves a client", { whenFull: "not-listen" }, "does-not-listen"],
];

const FLAGS = ["--seed", "1", "--probe-watch", "400ms", "--duration", "10s", "--interval", "500ms"];

describeInTestAll("longrun soak --probe yes --only-client, without --success", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  for (const [title, manner, whenFull] of DEVICES)
    it(`decides about a machine that ${title}`, async () => {
      const [failing, fixed] = await Promise.all([
        soakDevice(folder.path(), { handler: "init", manner, out: "init", flags: FLAGS }),
        soakDevice(folder.path(), { handler: "handler", manner, out: "handler", flags: FLAGS }),
      ]);
      expect([failing.result.verdict, fixed.result.verdict]).to.deep.equal(["fail", "pass"]);
      expect(failing.result.invocations.planned).to.be.at.least(20);
      const named = namedHolders(failing.result);
      expect(named.length).to.be.at.least(1);
      // A client that finds nothing listening never reaches the device.
      if (manner.whenFull !== "not-listen") expect([...realHolders(failing)]).to.include.members([...named]);
      for (const one of [failing, fixed]) {
        const { manifest } = readRun(one.folder);
        expect(manifest?.peers?.map((peer) => peer.manner.whenFull)).to.deep.equal([whenFull]);
        expect([one.result.verdict, "inconclusive"]).to.include(withoutWord(one.folder));
      }
    });
});

/** The verdict on the same evidence without the probe, and without the user's word. */
function withoutWord(folder: string): Verdict {
  const evidence = readRun(folder);
  const manifest = evidence.manifest === null ? null : { ...evidence.manifest, peers: [] };
  return judgeRun({ ...evidence, manifest }, { onlyClient: false }).verdict;
}
