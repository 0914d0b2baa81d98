import { expect } from "chai";
import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "../../../scripts/free-port.ts";

describe("freePort", () => {
  it("returns a port that can be listened on, and that no system gives to listen(0) or to a connection", async () => {
    const port = await freePort();
    expect(port).to.be.within(10_000, 32_767);
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
    await once(server, "close");
  });
});
