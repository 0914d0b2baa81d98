import { expect } from "chai";
import { SERVE_SETTINGS } from "../../src/settings/serve-settings.ts";
import { serveTiming } from "../../src/settings/serve-timing.ts";
import { withDefaults } from "../../src/settings/setting-table.ts";
import { LOCAL_FACTS } from "../../src/settings/setting.ts";
import { durationMs } from "../../src/base/time.ts";

type Given = Parameters<typeof withDefaults<typeof SERVE_SETTINGS>>[1];

const timing = (given: Given): ReturnType<typeof serveTiming> =>
  serveTiming(withDefaults(SERVE_SETTINGS, given, LOCAL_FACTS));

describe("the timing of serve", () => {
  it("has no delays by default", () => {
    expect(timing({})).to.deep.equal({ stateDelayMs: 0, logDelayMs: 0 });
    expect(timing({ timing: "instant" })).to.deep.equal(timing({}));
  });

  it("has AWS's delays with --timing aws", () => {
    expect(timing({ timing: "aws" })).to.deep.equal({ stateDelayMs: 1_500, logDelayMs: 2_000 });
  });

  it("has the delays that the user gave, whatever the preset of --timing", () => {
    const given = { "state-delay": durationMs(0), "log-delay": durationMs(7) };
    for (const preset of ["instant", "aws"] as const)
      expect(timing({ timing: preset, ...given })).to.deep.equal({ stateDelayMs: 0, logDelayMs: 7 });
  });
});
