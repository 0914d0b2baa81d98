import { expect } from "chai";
import fc from "fast-check";
import { z } from "zod";
import { LINK_LOG_RECORD } from "../../../src/record/link-log.ts";
import { METRICS_LINE } from "../../../src/record/function-metrics.ts";
import { PLATFORM_RECORD } from "../../../src/record/ended-environment.ts";
import { PEER_LOG_RECORD } from "../../../src/record/peer-log.ts";
import { PLAN_ENTRIES_MAX } from "../../../src/record/plan.ts";
import { member, record } from "../../../src/record/schema/member.ts";
import { fitsOf, readMended } from "../../../src/record/schema/read-as.ts";
import { propertyRuns } from "../../support/test-all.ts";

const TIME = "2026-11-25T01:02:03.456Z";
const SAMPLES: readonly (readonly [z.ZodType, object])[] = [
  [
    LINK_LOG_RECORD,
    {
      time: TIME,
      event: "closed",
      functionName: "one",
      environment: "s",
      boot: 1,
      connection: 1,
      upstreamLocal: null,
      by: "peer",
      ending: "rst",
      answered: true,
      error: null,
      outcome: null,
      goodbye: true,
    },
  ],
  [
    METRICS_LINE,
    {
      function: "one",
      functionName: "one",
      readAt: null,
      from: TIME,
      to: TIME,
      points: [{ time: TIME, invocations: 1, errors: null }],
    },
  ],
  [
    PLATFORM_RECORD,
    {
      functionName: "one",
      entry: 0,
      result: "applied",
      from: TIME,
      to: TIME,
      environments: ["s"],
      detail: null,
    },
  ],
  [PLATFORM_RECORD, { result: "ended", functionName: "one", environment: "s", time: TIME, ending: "fin" }],
];
const VALUE = fc.constantFrom(
  null,
  5,
  "x",
  true,
  [],
  ["x"],
  [5],
  {},
  "fin",
  "ended",
  "closed",
  "accepted",
  PLAN_ENTRIES_MAX,
);

describe("the check of a schema", () => {
  for (const [schema, sample] of SAMPLES)
    it(`agrees with zod about copies of ${JSON.stringify(sample).slice(0, 50)}… with other values`, () => {
      const fits = fitsOf(schema);
      expect(fits(sample)).to.equal(true);
      const names = Object.keys(sample).filter((name) => name !== "detail");
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...names), VALUE, { minKeys: 1 }), (changes) => {
          const copy = { ...sample, ...changes };
          expect(fits(copy)).to.equal(schema.safeParse(copy).success);
        }),
        { numRuns: propertyRuns(300) },
      );
    });

  it("refuses a number that JSON.parse read as Infinity, and ignores members that no reader depends on", () => {
    const fits = fitsOf(
      record({ n: member("kept", z.number()), later: member("kept", z.number(), { checked: false }) }),
    );
    expect([fits({ n: Infinity }), fits({ n: 1 }), fits({ n: 1, later: "x" })]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("has no members without a class", () => {
    // @ts-expect-error A schema alone has no class.
    const shape: Parameters<typeof record>[0] = { n: z.number() };
    expect(Object.keys(shape)).to.deep.equal(["n"]);
  });
});

describe("a line that another program may have written", () => {
  const read = readMended(PEER_LOG_RECORD);
  const server = {
    client: "c",
    user: null,
    database: null,
    limit: "user",
    session: "7",
    resolutionMs: 1_000,
  };
  const line = {
    time: TIME,
    event: "accepted",
    connection: 7,
    remote: "h:1",
    hello: { bootId: "b", logStream: "s", phase: "init" },
    server,
    eventId: "1",
    peer: "db",
    host: "h",
    port: 1,
  };
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(line).filter(([other]) => other !== name));

  it("is read unchanged if each member has its form", () => expect(read(line)).to.deep.equal(line));

  it("is refused if a member that readers depend on is missing or has another form", () => {
    for (const name of ["time", "event"])
      expect([read(without(name)), read({ ...line, [name]: { other: 1 } })]).to.deep.equal([null, null]);
  });

  for (const name of ["connection", "remote", "hello"])
    it(`is read with null in place of ${name} if it is missing or has another form`, () => {
      expect(read(without(name))).to.deep.equal({ ...line, [name]: null });
      for (const other of [[], true])
        expect(read({ ...line, [name]: other })).to.deep.equal({ ...line, [name]: null });
    });

  for (const name of ["server", "eventId", "peer", "host", "port"])
    it(`is read without ${name} if it has another form`, () =>
      expect(read({ ...line, [name]: [] })).to.deep.equal(without(name)));

  it("is read with null or what the declaration says in place of a member inside another one", () => {
    const hello = { bootId: 1, phase: "other", more: 1 };
    expect(read({ ...line, hello, server: { client: 5, limit: "all", resolutionMs: "1" } })).to.deep.equal({
      ...line,
      hello: { bootId: null, logStream: null, phase: "other" },
      server: { client: null, user: null, database: null, limit: null, session: null, resolutionMs: 1 },
    });
  });
});
