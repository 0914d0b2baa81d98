import { expect } from "chai";
import { ANALYZE_SETTINGS } from "../../src/cli/analyze/analyze-settings.ts";
import { PEER_SETTINGS } from "../../src/settings/peer-settings.ts";
import { SERVE_SETTINGS } from "../../src/settings/serve-settings.ts";
import { EXPLORE_SETTINGS, REPLAY_SETTINGS } from "../../src/settings/explore-settings.ts";
import {
  defaultValue,
  settingsByFlag,
  shownDefault,
  withDefaults,
  type SettingTable,
} from "../../src/settings/setting-table.ts";
import { flagOnly, repeated, setting, toggle, type DefaultFacts } from "../../src/settings/setting.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";
import { duration, text } from "../../src/settings/value-kinds.ts";
import { durationMs } from "../../src/base/time.ts";

const LOCAL: DefaultFacts = { target: "local", awsRegion: null };
const AWS: DefaultFacts = { target: "aws", awsRegion: "eu-central-1" };

const TABLE = {
  pause: setting("pause", { takes: "LENGTH", help: "", default: "90s", value: duration({ min: 0 }) }),
  settle: setting("settle", {
    takes: "LENGTH",
    help: "",
    default: { local: "2s", aws: "10m" },
    value: duration({ min: 0 }),
  }),
  platform: setting("platform", {
    takes: "NAME",
    help: "",
    default: { local: "typical", aws: null },
    value: text("a name"),
  }),
  region: setting("region", {
    takes: "NAME",
    help: "",
    default: { shown: "AWS_REGION", of: ({ awsRegion }: DefaultFacts) => awsRegion },
    value: text("a region"),
  }),
  success: setting("success", { takes: "EXPR", help: "", value: text("an expression") }),
  thresholds: repeated("threshold", { takes: "EXPR", help: "", value: text("a threshold") }),
  json: toggle("json", ""),
  profile: flagOnly(setting("profile", { takes: "FILE", help: "", value: text("a file") })),
} as const;

describe("a table of settings", () => {
  it("returns the default of each setting, by target and environment variables", () => {
    const none = { success: null, thresholds: [], json: false };
    expect([withDefaults(TABLE, {}, LOCAL), withDefaults(TABLE, {}, AWS)]).to.deep.equal([
      { ...none, pause: 90_000, settle: 2_000, platform: "typical", region: null },
      { ...none, pause: 90_000, settle: 600_000, platform: null, region: "eu-central-1" },
    ]);
  });

  it("returns a given value under the setting's own name", () => {
    const given = { pause: durationMs(0), threshold: ["a < 1"], json: true, profile: "soak.yaml" };
    expect(withDefaults(TABLE, given, LOCAL)).to.deep.include({
      pause: 0,
      thresholds: ["a < 1"],
      json: true,
    });
    expect(withDefaults(TABLE, given, LOCAL)).to.not.have.property("profile");
  });

  it("shows a default as a user would write it", () => {
    expect([...settingsByFlag(TABLE).values()].map(shownDefault)).to.deep.equal([
      "90s",
      "2s, 10m on AWS",
      "typical",
      "AWS_REGION",
      null,
      null,
      null,
      null,
    ]);
  });

  for (const [command, table] of Object.entries<SettingTable>({
    soak: SOAK_SETTINGS,
    serve: SERVE_SETTINGS,
    peer: PEER_SETTINGS,
    analyze: ANALYZE_SETTINGS,
    explore: EXPLORE_SETTINGS,
    replay: REPLAY_SETTINGS,
  }))
    it(`of ${command} has defaults that its flags accept, and each flag once`, () => {
      const flags = Object.values(table).flatMap(({ flag }) => (flag === null ? [] : [flag]));
      expect(flags).to.deep.equal([...new Set(flags)]);
      for (const one of settingsByFlag(table).values())
        for (const facts of [LOCAL, AWS]) expect(() => defaultValue(one, facts)).to.not.throw();
    });
});
