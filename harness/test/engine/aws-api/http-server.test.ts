import { EventEmitter, once } from "node:events";
import { connect } from "node:net";
import { expect } from "chai";
import { authorization, rawRequest, type RawRequest } from "../support/raw-request.ts";
import { activeFunction, handlerZip, testEngine, type TestEngine } from "../support/test-engine.ts";

describe("a request that comes while an Invoke phase has not ended whose answer was given", () => {
  let on: TestEngine;
  const events = new EventEmitter();
  let asked: Promise<unknown>;
  const letGoOn = (): void => void events.emit("settled");

  beforeEach(async () => {
    on = await testEngine();
    await activeFunction(on, "f", await handlerZip());
    asked = once(events, "asked");
    on.fleet.settled = async () => {
      const settled = once(events, "settled");
      events.emit("asked");
      await settled;
    };
  });
  afterEach(async () => {
    on.fleet.settled = () => Promise.resolve();
    await on.close();
  });

  const requests: readonly (readonly [string, RawRequest])[] = [
    ["to the Lambda API", { path: "/2015-03-31/functions/f" }],
    ["to the control API", { path: "/_longrun/functions/f/environments" }],
    [
      "to the Logs API",
      {
        method: "POST",
        path: "/",
        headers: { "x-amz-target": "Logs_20140328.DescribeLogGroups" },
        body: "{}",
      },
    ],
  ];
  for (const [title, request] of requests)
    it(`${title} is answered after the end of the phase`, async () => {
      let answered = false;
      const answer = rawRequest(on.engine.endpoint, request).finally(() => (answered = true));
      await asked;
      expect(answered).to.equal(false);
      letGoOn();
      expect((await answer).status).to.equal(200);
    });

  it("is carried out even if the caller has disconnected meanwhile", async () => {
    const { hostname, port } = new URL(on.engine.endpoint);
    const socket = connect(Number(port), hostname);
    socket.write(
      `DELETE /2015-03-31/functions/f HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${authorization()}\r\n\r\n`,
    );
    await asked;
    socket.destroy();
    await once(socket, "close");
    const removed = new Promise<string>((resolve) => {
      on.fleet.remove = (name) => {
        resolve(name);
        return Promise.resolve();
      };
    });
    letGoOn();
    expect(await removed).to.equal("f");
  });
});
