// The lifecycle tests of examples/mocha with Node's own test runner: node --test
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { design, startEngine, startPeer } from "lambda-longrun";

describe("the handler that connects inside each invocation", () => {
  let engine;
  before(async () => {
    engine = await startEngine();
  });
  after(() => engine.close());

  it("still reaches the peer after a second environment was initialised and never invoked", async () => {
    const peer = await startPeer();
    const fn = await engine.createFunction({ ...design("handler-connect"), peer });
    await fn.initialiseAhead();
    const answer = await fn.invoke({}, { placement: "new" });
    await fn.check(() => assert.equal(answer.ok, true));
    await fn.expectUnharmed();
    await peer.close();
  });

  it("keeps no connection open while its environment is frozen", async () => {
    const peer = await startPeer();
    const fn = await engine.createFunction({ ...design("handler-connect"), peer });
    await fn.invoke();
    await fn.freeze(100);
    await fn.check(() =>
      assert.deepEqual(
        fn.environments().map(({ frozen, openConnections }) => ({ frozen, openConnections })),
        [{ frozen: true, openConnections: 0 }],
      ),
    );
    await peer.close();
  });

  it("is served again after a deployment", async () => {
    const peer = await startPeer();
    const fn = await engine.createFunction({ ...design("handler-connect"), peer });
    await fn.invoke();
    await fn.update({ environment: { STAGE: "two" } });
    assert.equal((await fn.invoke()).ok, true);
    await peer.close();
  });
});

describe("a handler that connects in module scope", () => {
  it("cannot reach the peer while an environment that was never invoked holds the connection", async () => {
    const [engine, peer] = await Promise.all([startEngine(), startPeer()]);
    const fn = await engine.createFunction({
      code: new URL("../handler.mjs", import.meta.url).pathname,
      peer,
    });
    const silent = await fn.initialiseAhead();
    const answer = await fn.invoke({}, { placement: "new" });
    await fn.check(() => assert.equal(answer.ok, false));
    await fn.expectHarm();
    await fn.retire(silent, { ending: "fin" });
    assert.equal((await fn.invoke()).ok, true);
    await engine.close();
    await peer.close();
  });
});
