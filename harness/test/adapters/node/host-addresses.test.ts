import { expect } from "chai";
import { networkInterfaces } from "node:os";
import { hostAddresses } from "../../../src/adapters/node/host-addresses.ts";

describe("hostAddresses", () => {
  it("are the same for each spelling of this machine", async () => {
    const own = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
    for (const host of ["localhost", "127.0.0.1", "127.0.0.2", "::1", ...own])
      expect([...(await hostAddresses(host))], host).to.deep.equal(["this machine"]);
  });

  it("are none for a name that cannot be resolved, and the address itself for an address", async () => {
    expect([...(await hostAddresses("nowhere.invalid"))]).to.deep.equal([]);
    expect([...(await hostAddresses("192.0.2.7"))]).to.deep.equal(["192.0.2.7"]);
  });
});
