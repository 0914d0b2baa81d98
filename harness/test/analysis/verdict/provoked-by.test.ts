import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { momentBy } from "../../../src/base/clocks.ts";
import { provokedBy, provokedExposures } from "../../../src/analysis/verdict/provoked-by.ts";

const environment = (id: string, version: string, firstLine: number, tenantId: string | null = null) => ({
  ...{ id, version, tenantId },
  firstLine: epochMs(firstLine),
});
const exposure = (invoked: string, ...others: readonly string[]) => ({
  invocation: { environment: { id: invoked } },
  others: others.map((id) => ({ id })),
});

describe("the lever that made an exposure", () => {
  const environments = [
    environment("a", "$LATEST", 1_000),
    environment("b", "$LATEST", 2_000),
    environment("c", "$LATEST", 5_000),
    environment("d", "4", 1_500),
    environment("e", "9", 1_500),
  ];
  const driver = {
    provoked: {
      versions: new Map([["4", "provisioned"]]),
      updatedAt: [momentBy("driver", 3_000)],
      tenants: false,
    },
  };
  const history = { driver, environments };

  it("is the lever that published the version of one of the environments", () => {
    expect([
      provokedBy(history, exposure("a", "d")),
      provokedBy(history, exposure("d", "e")),
      provokedBy(history, exposure("a", "e")),
    ]).to.deep.equal(["provisioned", "provisioned", null]);
  });

  it("is an update between the first lines of the environments", () => {
    expect([
      provokedBy(history, exposure("c", "a")),
      provokedBy(history, exposure("a", "c")),
      provokedBy(history, exposure("a", "b")),
    ]).to.deep.equal(["update", "update", null]);
  });

  it("is tenants if the environments serve several, and the run named tenants", () => {
    const serving = [
      environment("f", "$LATEST", 1_000, "tenant-1"),
      environment("g", "$LATEST", 2_000, "tenant-2"),
      environment("h", "$LATEST", 3_000, "tenant-1"),
    ];
    const named = { versions: new Map<string, string>(), updatedAt: [], tenants: true };
    const run = { driver: { provoked: named }, environments: serving };
    expect([
      provokedBy(run, exposure("g", "f")),
      provokedBy(run, exposure("h", "f")),
      provokedBy({ ...run, driver: { provoked: { ...named, tenants: false } } }, exposure("g", "f")),
      provokedExposures(run, [exposure("g", "f"), exposure("h", "f")]),
    ]).to.deep.equal(["tenants", null, null, [{ lever: "tenants", exposures: 1 }]]);
  });

  it("is counted for each lever, and null without a run", () => {
    const all = [exposure("c", "a"), exposure("c", "b"), exposure("a", "d"), exposure("a", "b")];
    expect(provokedExposures(history, all)).to.deep.equal([
      { lever: "provisioned", exposures: 1 },
      { lever: "update", exposures: 2 },
    ]);
    expect(provokedExposures(history, [])).to.deep.equal([
      { lever: "provisioned", exposures: 0 },
      { lever: "update", exposures: 0 },
    ]);
    expect(provokedExposures({ driver: null, environments }, [])).to.deep.equal([]);
    expect(provokedBy({ driver: null, environments }, exposure("c", "a"))).to.equal(null);
  });
});
