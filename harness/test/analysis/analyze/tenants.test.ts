import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { initConnect } from "./designs.ts";
import { judge } from "./judge.ts";
import { type Format } from "./story-options.ts";
import { TestRun } from "./story.ts";

/** The records of one type, or of all types, name the tenant of their environment. */
function forTenants(evidence: Evidence, tenants: ReadonlyMap<string, string>, type = /./): Evidence {
  const named = (message: string, stream: string): string => {
    if (!message.startsWith('{"time"')) return message;
    const line = JSON.parse(message) as { type: string; record: object };
    if (!/^platform\.(?:start|runtimeDone|report)$/.test(line.type) || !type.test(line.type)) return message;
    return JSON.stringify({ ...line, record: { ...line.record, tenantId: tenants.get(stream) } });
  };
  return {
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      records: one.records.map((record) => ({
        ...record,
        message: named(record.message, record.logStreamName),
      })),
    })),
  };
}

describe("the judgement of two tenants that are invoked in turn", () => {
  const tenants = ["blue", "green"];
  function inTurn(format: Format, type?: RegExp): ReturnType<typeof judge> {
    const run = new TestRun({ format });
    const both = tenants.map(() => run.environment());
    for (let round = 0; round < 3; round += 1)
      for (const environment of both) {
        if (environment.boot === 0) environment.init(() => initConnect.init(environment));
        run.invoke(environment, (call) => initConnect.invoke(call));
        run.wait(1_000);
      }
    const ids = both.map(({ id }) => id);
    const named = new Map(ids.map((id, index) => [id, tenants[index] ?? ""]));
    return judge(forTenants(run.end(), named, type));
  }

  for (const [format, type] of [
    ["json-debug", /start/],
    ["json-debug", /runtimeDone/],
    ["json-info", /report/],
  ] as const)
    it(`names the tenants that ${String(type)} names in ${format} logs`, () => {
      const result = inTurn(format, type);
      expect(result.environments.map(({ tenantId }) => tenantId)).to.deep.equal(tenants);
      expect(result.verdict).to.equal("fail");
      const [holder = "", failed = ""] = result.environments.map(({ id }) => `…${id.slice(-8)}`);
      const [window] = result.harm.windows;
      expect(window?.text)
        .to.contain(`Environment ${holder} (tenant blue) held the peer`)
        .and.to.contain(`nvironment ${failed} (tenant green)`);
    });

  it("names none if no line does", () => {
    const { environments } = inTurn("text");
    expect(environments.map((one) => "tenantId" in one)).to.deep.equal([false, false]);
  });
});
