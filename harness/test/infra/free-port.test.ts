import { expect } from "chai";
import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "../../../scripts/free-port.ts";

describe("freePort", () => {
  it("returns a free port outside the range from which systems give ports to connections and to servers on port 0", async () => {
    const port = await freePort();
    expect(port).to.be.within(10_000, 32_767);
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
    await once(server, "close");
  });
});
