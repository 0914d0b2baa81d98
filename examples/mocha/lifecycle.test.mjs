// Lifecycle tests of a Lambda function in mocha: what its execution environments do to each other.
import assert from "node:assert/strict";
import { design, startEngine, startPeer } from "lambda-longrun";

describe("the handler that connects inside each invocation", function () {
  this.timeout(30_000);
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

  it("reaches the peer although two published versions have an environment each, as `--provoke versions` does on AWS", async () => {
    const peer = await startPeer();
    const fn = await engine.createFunction({ ...design("handler-connect"), peer });
    await fn.provoke("versions");
    for (const version of [1, 2, 1])
      await fn.check(async () => assert.equal((await fn.invoke()).ok, true, `version ${version}`));
    await fn.expectUnharmed();
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

describe("a handler that connects in module scope", function () {
  this.timeout(30_000);

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
