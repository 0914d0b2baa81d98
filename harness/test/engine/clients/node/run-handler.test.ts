import { expect } from "chai";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

describe("a handler with a callback", () => {
  let test: TestFleet;
  beforeEach(async () => {
    test = await testFleet();
  });
  afterEach(async () => {
    await test.close();
  });
  const answers = async (...events: readonly unknown[]): Promise<readonly unknown[]> => {
    const all: unknown[] = [];
    for (const event of events) all.push(payloadOf(await test.invoke("probe", event)));
    return all;
  };

  it("is answered when the event loop is empty, with the value of the last callback", async () => {
    test.add({
      "index.js": `exports.handler = (event, context, callback) => { callback(null, "early"); setTimeout(() => callback(null, "last"), 20); };`,
    });
    expect(await answers({})).to.deep.equal(["last"]);
  });

  it("is answered at once without waiting for the event loop if it says so", async () => {
    test.add({
      "index.js": `exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); callback(null, "now"); callback(null, "too late"); };`,
    });
    expect(await answers({}, {})).to.deep.equal(["now", "now"]);
  });

  it("is not answered by a callback of an earlier invocation", async () => {
    test.add({
      "index.js": `let earlier; exports.handler = (event, context, callback) => { earlier?.(null, "of the earlier one"); earlier = callback; setTimeout(() => callback(null, event.n), 20); };`,
    });
    expect(await answers({ n: 1 }, { n: 2 }, { n: 3 })).to.deep.equal([1, 2, 3]);
  });

  it("is answered with null if it neither calls back nor returns a promise that settles", async () => {
    test.add({
      "index.js": `exports.handler = (event) => (event.promise ? new Promise(() => {}) : undefined);`,
    });
    expect(await answers({}, { promise: true }, {})).to.deep.equal([null, null, null]);
  });

  it("fails if the `then` of what it returned throws, and its callback does not disturb the next invocation", async () => {
    test.add({
      "index.js": `let earlier; exports.handler = (event, context, callback) => { if (event.n === 1) { earlier = callback; return { then() { throw new Error("no") } }; } setTimeout(() => callback(null, event.n), 20); earlier(null, "of the earlier one"); };`,
    });
    const [first, second] = await answers({ n: 1 }, { n: 2 });
    expect(first).to.include({ errorMessage: "no" });
    expect(second).to.equal(2);
  });
});

describe("a handler of nodejs24.x", () => {
  it("may return an object with `then` that resolves with a promise", async () => {
    const test = await testFleet();
    test.add(
      {
        "index.js": `exports.handler = () => ({ then(resolve) { resolve(Promise.resolve({ n: 1 })); } });`,
      },
      { runtime: "nodejs24.x" },
    );
    const answer = await test.invoke();
    await test.close();
    expect(payloadOf(answer)).to.deep.equal({ n: 1 });
  });
});
