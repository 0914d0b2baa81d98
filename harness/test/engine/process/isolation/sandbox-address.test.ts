import { expect } from "chai";
import { hostsText, nextSandboxAddress } from "../../../../src/engine/process/isolation/sandbox-address.ts";

describe("the /etc/hosts of an environment", () => {
  const own =
    "127.0.0.1 localhost\n10.0.0.1 db.internal DB # the old one\n10.0.0.2 other Db.Internal\n# db.internal\n";

  it("is the machine's file and a line for the host name sandbox.localdomain", () => {
    expect(hostsText(own, "127.1.0.1", [])).to.equal(`${own}127.1.0.1 sandbox.localdomain sandbox\n`);
  });

  it("has the link's name in its first line and in no other entry", () => {
    expect(hostsText(own, "127.1.0.1", [{ name: "db.internal", address: "127.1.0.2" }])).to.equal(
      "127.1.0.2 db.internal\n127.0.0.1 localhost\n10.0.0.1 DB\n10.0.0.2 other\n# db.internal\n127.1.0.1 sandbox.localdomain sandbox\n",
    );
  });

  it("gives the host name sandbox.localdomain an address that no other environment has", () => {
    expect(new Set(Array.from({ length: 50 }, nextSandboxAddress)).size).to.equal(50);
  });
});
