/** Tests `longrun probe`: what it prints and asks, and its exit codes. The manners are tested in harness/test/probe. */
import { expect } from "chai";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import type { ProbeReport } from "../../../src/record/probe.ts";
import { startDevice, type DeviceManner } from "../../support/devices/device.ts";
import { longrun } from "../memory-machine.ts";

describe("longrun probe", function () {
  this.timeout(60_000);

  const probe = async (device: DeviceManner, ...flags: readonly string[]) => {
    const { port, stop } = await startDevice(device);
    try {
      const address = `127.0.0.1:${port}`;
      const ended = await longrun(["probe", address, "--watch", "400ms", ...flags], { columns: 80 });
      return { ...ended, out: ended.out.replaceAll(address, "MACHINE") };
    } finally {
      await stop();
    }
  };

  it("says what the machine does, draws it within 80 columns, and names the soak", async () => {
    const { code, out, err } = await probe({ whenFull: "say-busy" });
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(out.replace(/\s+/g, " ")).to.match(
      /^MACHINE serves 1 client at one time\. It says something to another client and closes the connection\. /,
    );
    expect(out).to.match(/^ {2}2 .*╳ +6 bytes, then closed, /m);
    expect(out).to.match(/^Next: longrun soak --code FILE --peer MACHINE --capacity 1$/m);
    expect(Math.max(...out.split("\n").map(({ length }) => length))).to.be.at.most(80);
  });

  it("says that silence shows nothing, with exit code 2", async () => {
    const { code, out } = await probe({ whenFull: "wait" });
    expect(code).to.equal(2);
    expect(out).to.match(/keeps every client and says nothing to any/);
    expect(out.replace(/\s+/g, " ")).to.include("longrun soak --code FILE --peer MACHINE --capacity NUMBER");
  });

  it("prints everything as JSON, without a byte of what the machine said", async () => {
    const { code, out } = await probe({ greeting: "secret\n", whenFull: "close" }, "--json");
    const { address, connections, manner } = JSON.parse(out) as ProbeReport;
    expect({ code, address, whenFull: manner.whenFull }).to.deep.equal({
      code: 0,
      address: "MACHINE",
      whenFull: "closes",
    });
    expect(connections[0]?.greeting?.bytes).to.equal(7);
    expect(out).not.to.include("secret");
  });

  it("says what was expected if nothing listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const { code, err } = await longrun(["probe", `127.0.0.1:${port}`]);
    expect(code).to.equal(69);
    expect(err).to.match(/expected a machine that takes a connection, but the system says ECONNREFUSED\./);
    expect(err).to.include("does not listen while it serves somebody else looks the same");
  });

  it("asks before it connects to another machine", async () => {
    const { code, err } = await longrun(["probe", "192.0.2.1:502", "--up-to", "16"]);
    expect(code).to.equal(64);
    expect(err).to.match(
      /^This opens up to 23 connections to 192\.0\.2\.1:502, at most 16 at one time, and sends no byte\.$/m,
    );
    expect(err).to.include("A client that is connected now may be dropped");
    const refused = await longrun(["probe", "192.0.2.1:502"], { isTerminal: true, answer: "n" });
    expect([refused.code, refused.err.includes("Not confirmed; nothing was started.")]).to.deep.equal([
      130,
      true,
    ]);
  });

  it("refuses a wrong address and a wrong number together", async () => {
    const { code, err } = await longrun(["probe", "plc", "--up-to", "1"]);
    expect(code).to.equal(64);
    expect(err).to.match(/^ +plc\n +expected HOST:PORT such as 10\.0\.9\.9:7000$/m);
    expect(err).to.match(/^ +--up-to 1\n +expected a whole number from 2 to 64$/m);
  });
});
