import { expect } from "chai";
import { once } from "node:events";
import { connect } from "node:net";
import { ApiServer } from "../../../src/engine/environment-api/api-server.ts";

describe("the server of the APIs in an environment", () => {
  it("closes silent connections if there are too many, and keeps those on which a request was sent", async () => {
    const server = await ApiServer.open(() => null);
    const port = Number(server.address.split(":")[1]);
    const opened = async () => {
      const socket = connect(port, "127.0.0.1").on("error", () => undefined);
      await once(socket, "connect");
      return socket;
    };
    const ask = async (): Promise<string> => {
      const socket = await opened();
      socket.write("GET /2018-06-01/ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
      const [answer] = (await once(socket, "data")) as [Buffer];
      return answer.toString().split("\r\n")[0] ?? "";
    };
    const first = await opened();
    const closed = once(first, "close");
    const answers = [await ask()];
    for (let n = 0; n < 256; n += 1) await opened();
    await closed;
    answers.push(await ask());
    expect(answers).to.deep.equal(["HTTP/1.1 403 Forbidden", "HTTP/1.1 403 Forbidden"]);
    server.close();
  });
});
