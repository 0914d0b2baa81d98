import { expect } from "chai";
import { parseThreshold } from "../../src/words/parse-threshold.ts";
import { Replacements } from "../../src/redact/replacements.ts";
import { runRules } from "../../src/redact/run-rules.ts";

describe("the redaction of a journal", () => {
  it("keeps the time at which the engine started, and the number that is added to the engine's connection numbers", () => {
    const { journal } = runRules(new Replacements(() => 0));
    const event = { event: "engine-ready", since: "2026-11-26T01:00:00.000Z", connections: 7 };
    expect(journal({ ...event, other: "fn" })).to.deep.equal(event);
  });
});

describe("the redaction of a manifest", () => {
  it("keeps every threshold that a run accepts, however it is written, and nothing else", () => {
    const { manifest } = runRules(new Replacements(() => 0));
    const accepted = ["harm.total<1", " harm.delayed  <=  3 ", "latencyMs.p99 < 500.5", "harm.total > -1"];
    for (const one of accepted) expect(parseThreshold(one).ok).to.equal(true);
    const profile = { thresholds: [...accepted, "plant < 1; DROP"] };
    expect(manifest({ profile })).to.deep.equal({ profile: { thresholds: [...accepted, null] } });
  });
});

describe("the redaction of a link's log", () => {
  it("replaces equal names of users and databases by equal texts, and keeps the kind of the limit", () => {
    const { link } = runRules(new Replacements(() => 0));
    const copies = [
      { limit: "user", user: "fn", database: "plant" },
      { user: "other", database: "plant" },
      { user: "fn", database: "fn" },
    ].map(link);
    expect(copies).to.deep.equal([
      { limit: "user", user: "client-1", database: "client-2" },
      { user: "client-3", database: "client-2" },
      { user: "client-1", database: "client-1" },
    ]);
  });
});
