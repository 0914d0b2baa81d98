import { expect } from "chai";
import { durationMs } from "../../src/base/time.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import { SOAK_SETTINGS, type SoakFlags } from "../../src/settings/soak-settings.ts";

const CODE: SoakFlags = { code: [{ label: "f", name: "f.mjs" }] };
const PEER = { host: "10.0.9.9", port: 5_432 };
const resolve = (flags: SoakFlags) => resolveSoak({ ...CODE, ...flags }, {}, null);
const problems = (flags: SoakFlags): readonly string[] =>
  resolve(flags).problems.map(({ where, text }) => `${where}: ${text}`);

describe("--peer-log of a soak", () => {
  it("accepts several files of the only peer", () => {
    const files = ["a.log", "b.log"].map((value) => ({ name: null, value }));
    const flags = { peer: [{ name: null, value: PEER }], "peer-log": files };
    expect([problems(flags), resolve(flags).settings.peerLogFiles]).to.deep.equal([[], files]);
  });

  it("is refused for a peer of ours, which keeps its log itself", () => {
    expect(problems({ "peer-log": [{ name: null, value: "a.log" }] })).to.deep.equal([
      "--peer-log a.log: expected --peer: longrun's own peer keeps its log itself",
    ]);
  });

  it("is read from a manifest as it was written", () => {
    const { read } = SOAK_SETTINGS.peerLogFiles.value;
    expect([read({ name: "db", value: "a.log" }), read({ value: 7 }).ok]).to.deep.equal([
      { ok: true, value: { name: "db", value: "a.log" } },
      false,
    ]);
  });
});

describe("--probe of a soak", () => {
  const why =
    "works only locally with a machine of your own (--peer): what longrun's own peer does is known, and a function on AWS reaches a machine on another way";

  it("is for a machine of the user, as this machine reaches it", () => {
    const peer = [{ name: null, value: PEER }];
    expect(problems({ peer, probe: "yes", "probe-watch": durationMs(5_000) })).to.deep.equal([]);
    expect(problems({ peer, "probe-watch": durationMs(5_000) })).to.deep.equal([
      "--probe-watch: works only with --probe yes",
    ]);
    expect(problems({ probe: "yes" })).to.deep.equal([`--probe: ${why}`]);
    const onAws = resolveSoak(
      { function: [{ label: "f", name: "f" }], target: "aws", probe: "yes", peer },
      {},
      "eu-west-1",
    );
    expect(onAws.problems).to.deep.include({ where: "--probe", text: why });
  });
});
