import { expect } from "chai";
import { placeIn, settingsIn, soakManifest } from "../../../src/cli/soak/soak-manifest.ts";
import type { Manifest } from "../../../src/record/manifest.ts";
import { readSettings } from "../../../src/settings/manifest-settings.ts";
import { resolveSoak } from "../../../src/cli/soak/resolve-soak.ts";
import { SOAK_SETTINGS } from "../../../src/settings/soak-settings.ts";
import { durationMs, epochMs } from "../../../src/base/time.ts";

const { settings } = resolveSoak(
  {
    function: [{ label: "one", name: "handler-connect" }],
    duration: durationMs(90_000),
    interval: durationMs(500),
    "reserved-concurrency": 2,
    "kept-connections": "allowed",
    stranger: ["backup"],
    settle: durationMs(0),
    "clock-tolerance": durationMs(250),
    "idle-life": durationMs(60_000),
    threshold: ["harm.total <= 0"],
    success: "ok = true",
    "stop-on": "harm",
  },
  {},
  "eu-central-1",
);

const manifest = JSON.parse(
  JSON.stringify(
    soakManifest({
      settings,
      inputs: { code: [], event: {}, missing: null, problems: [] } as never,
      functionNames: new Map(),
      platform: "typical",
      seed: 1,
      now: epochMs(0),
      system: "linux",
      resumed: null,
    }),
  ),
) as Manifest;

const read = (from: Manifest) =>
  readSettings(SOAK_SETTINGS, settingsIn(from) ?? {}, {}, { target: "local", awsRegion: null });

describe("the manifest of a soak", () => {
  it("has each setting once, and gives all of them to a resumed run", () => {
    const values = Object.values(manifest.settings ?? {}).map((value) => JSON.stringify(value));
    for (const once of ["90000", "500", '"allowed"', '["backup"]', "250", "60000", '"ok = true"', '"harm"'])
      expect(values).to.not.include(once);
    expect(read(manifest)).to.deep.equal({ ok: true, settings });
  });

  it("of an older version is read too, although it has all settings in `settings`", () => {
    const older = { ...manifest, settings: { ...settingsIn(manifest), success: "all.good" } };
    expect(read(older)).to.deep.equal({ ok: true, settings: { ...settings, success: "all.good" } });
  });

  it("has some settings in `profile` and the others in `settings`, and `placeIn` returns the place at which a given setting is", () => {
    const of = (where: string) => placeIn(manifest, where);
    expect(["settings.stopOn", "settings.clockTolerance", "settings.memoryMb"].map(of)).to.deep.equal([
      "profile.stopOn",
      "profile.clockToleranceMs",
      "settings.memoryMb",
    ]);
  });
});
