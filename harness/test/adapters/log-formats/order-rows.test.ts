/** Rows of the same millisecond are sorted into the order in which the platform writes them, whatever their order in the file. */
import { expect } from "chai";
import fc from "fast-check";
import { OrderRows } from "../../../src/adapters/log-formats/order-rows.ts";
import type { LogEvent } from "../../../src/logs/log-event.ts";

const [ONE, TWO] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
const report = (requestId: string): string =>
  `REPORT RequestId: ${requestId}\tDuration: 0.50 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB`;
const line = (event: string, phase: string, requestId: string | null, sequence: number): string =>
  JSON.stringify({ longrun: 1, event, outcome: "accepted", bootId: "b", phase, requestId, sequence });

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  "an invocation": [
    `START RequestId: ${ONE} Version: $LATEST`,
    line("invoke", "invoke", ONE, 2),
    line("connect", "invoke", ONE, 3),
    `2026-11-25T01:02:03.456Z\t${ONE}\tERROR\tInvoke Error\t{"errorType":"E"}`,
    `END RequestId: ${ONE}`,
    report(ONE),
  ],
  "the end of one invocation and the start of the next": [
    `END RequestId: ${TWO}`,
    report(TWO),
    `START RequestId: ${ONE} Version: $LATEST`,
    line("invoke", "invoke", ONE, 7),
  ],
  "an Init and the first invocation": [
    "INIT_START Runtime Version: nodejs:22.v50",
    line("boot", "init", null, 1),
    line("connect", "init", null, 2),
    "INIT_REPORT Init Duration: 0.10 ms\tPhase: init\tStatus: error",
    `START RequestId: ${ONE} Version: $LATEST`,
    `END RequestId: ${ONE}`,
    report(ONE),
  ],
};

const event = (message: string, timestamp: number, logStreamName: string): LogEvent => ({
  ...{ logGroup: null, logStreamName, timestamp, message, ingestionTime: null, eventId: null },
});

describe("rows of a Logs Insights query", () => {
  for (const [name, messages] of Object.entries(ORDERS)) {
    it(`that have the same millisecond are sorted as the platform writes them: ${name}`, () => {
      fc.assert(
        fc.property(
          fc.shuffledSubarray([...messages], { minLength: messages.length }),
          fc.boolean(),
          (shuffled, newestFirst) => {
            const given: string[] = [];
            const rows = new OrderRows((one) => given.push(one.message));
            const others = [event("before", 1, "a"), event("after", 3, "a")];
            const [first, last] = newestFirst ? [...others].reverse() : others;
            for (const one of [first, ...shuffled.map((text) => event(text, 2, "a")), last])
              if (one !== undefined) rows.add(one);
            rows.finish();
            expect(given.slice(1, -1)).to.deep.equal(messages);
          },
        ),
      );
    });
  }

  it("of one stream are sorted without regard to the rows of other streams", () => {
    const given: string[] = [];
    const rows = new OrderRows((one) => given.push(`${one.logStreamName} ${one.message.slice(0, 6)}`));
    for (const stream of ["a", "b"])
      for (const text of [report(ONE), `START RequestId: ${ONE}`]) rows.add(event(text, 2, stream));
    rows.finish();
    expect(given.filter((text) => text.startsWith("a"))).to.deep.equal(["a START ", "a REPORT"]);
    expect(given.filter((text) => text.startsWith("b"))).to.deep.equal(["b START ", "b REPORT"]);
  });
});
