/** Tests `calibrate`: the profile that it writes is one that `--platform` takes, and says which of its rows are measured. */
import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Calibration } from "../../../src/result/calibration.ts";
import { choosePlatform } from "../../../src/cli/soak/platform-plan.ts";
import { BUILT_IN_PROFILES } from "../../../src/platform/built-in-profiles.ts";
import { knownSoak, minutes } from "../../analysis/calibrate/known-soak.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../memory-machine.ts";

const GAPS = { retire: minutes(20, 40), ahead: minutes(180, 240), elsewhere: null };

const lines = (list: readonly unknown[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join("");

function filesOf(hours: number): Readonly<Record<string, string>> {
  const { manifest, journal, functions } = knownSoak(GAPS, { seed: 3, hours, ends: false });
  return {
    "manifest.json": JSON.stringify(manifest),
    "journal.jsonl": lines(journal ?? []),
    ...Object.fromEntries(functions.map(({ name, records }) => [`logs/${name}.jsonl`, lines(records)])),
  };
}

describe("calibrate", () => {
  const folder = temporaryFolder();
  const calibrate = (...more: readonly string[]): ReturnType<typeof longrun> =>
    longrun(["calibrate", ...more], { workingFolder: folder.path() });

  it("writes a profile for --platform, in which a comment on each row that soaks can measure says whether it was measured", async () => {
    folder.with("run", filesOf(36));
    const { code, err, out } = await calibrate("run", "--out", "calibrated.yaml");
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    const chosen = await choosePlatform("calibrated.yaml", folder.path());
    if (!chosen.ok) throw new Error(JSON.stringify(chosen.problems));
    const { typical } = BUILT_IN_PROFILES;
    const [retire, ahead] = chosen.profile.events;
    expect({ ...chosen.profile, events: [ahead] }).to.deep.equal({
      ...typical,
      name: "calibrated",
      events: [typical.events[1]],
    });
    expect(retire?.action).to.equal("retire");
    expect(retire?.everyIntervals).to.deep.equal([0, 0]);
    const [least = 0, most = 0] = (retire?.everyMs ?? []).map((length) => length / 60_000);
    expect(least).to.be.within(10, 29);
    expect(most).to.be.within(31, 50);

    const comments = readFileSync(join(folder.path(), "calibrated.yaml"), "utf8")
      .split("\n")
      .filter((line) => line.trim().startsWith("#"))
      .map((line) => line.trim().replace(/completely \d+ times/, "completely N times"));
    expect(comments[0]).to.equal("# Made by longrun calibrate from: 20261125T100000Z-1.");
    expect(comments.slice(2).map((line) => line.replace(/ every .*/, ""))).to.deep.equal([
      "# INIT without INVOKE while an invocation waited for another Init: the time from one to the next was seen completely N times, and 30 are needed. The value of typical is kept:",
      "# Replacements of the environment in use: the time from one to the next was seen completely N times. Measured:",
      "# Inits ahead of need: the time from one to the next was seen completely N times, and 30 are needed. The value of typical is kept:",
    ]);
    expect(out).to.match(
      /Inits ahead of need:\s+the\s+time\s+from\s+one\s+to\s+the\s+next\s+was\s+seen\s+completely\s+\d+\s+times,\s+and\s+30\s+are\s+needed\.\s+The\s+value\s+of\s+typical/,
    );
    expect(out.trimEnd().split("\n").at(-1)).to.equal(join(folder.path(), "calibrated.yaml"));
  });

  it("warns of a run of less than a day, and measures nothing from it", async () => {
    folder.with("run", filesOf(6));
    const { code, err, out } = await calibrate("run", "--json");
    expect(code).to.equal(0);
    expect(err).to.match(
      /^Warning: 20261125T100000Z-1 observed 5 h 58 min\. A calibration needs soaks of 24 h or more/,
    );
    const { gaps, profile } = JSON.parse(out) as Calibration & { readonly profile: unknown };
    expect(gaps.map(({ measured }) => measured)).to.deep.equal([false, false, false]);
    expect(profile).to.deep.equal({ ...BUILT_IN_PROFILES.typical, name: "calibrated" });
  });

  it("adds a measured row that the base profile does not have", async () => {
    folder.with("run", filesOf(36));
    const { out } = await calibrate("run", "--base", "calm", "--json");
    const { profile } = JSON.parse(out) as {
      readonly profile: { readonly events: readonly { action: string }[] };
    };
    expect(profile.events.map(({ action }) => action)).to.deep.equal(["retire"]);
  });

  it("reports everything that is wrong at once, and writes nothing", async () => {
    folder.with("run", { "kept.yaml": "name: mine\n" });
    const { code, err, out } = await calibrate("run", "--base", "typicl", "--out", "run/kept.yaml");
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(err).to.match(/--base typicl\n +expected one of calm, typical.*did you mean typical/);
    expect(err).to.match(/--out run\/kept\.yaml\n +expected a file that does not exist yet/);
  });

  it("refuses a folder that is not a run, a missing run, and an output file in a folder that does not exist", async () => {
    folder.with("empty", { "notes.txt": "" });
    const wrong = await calibrate("empty", "--out", "calibrated.yaml");
    expect([wrong.code, wrong.err.includes("empty: expected a run directory")]).to.deep.equal([64, true]);
    expect(existsSync(join(folder.path(), "calibrated.yaml"))).to.equal(false);
    const none = await calibrate();
    expect([none.code, /expected a run directory/i.test(none.err)]).to.deep.equal([64, true]);
    const noFolder = await calibrate("empty", "--out", "no/such/calibrated.yaml");
    expect(noFolder.err).to.match(/expected a file in a folder that exists/);
  });
});
