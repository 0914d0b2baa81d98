/**
 * Compares the judgement of random stories with the harm that really happened. The peer log of each story is written in the form of a
 * real server's log and read back.
 */
import { expect } from "chai";
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";
import { RENDERED, renderServerLog, type Rendering } from "../../logs/servers/render/render-server-log.ts";
import { readLines } from "../../logs/servers/read-lines.ts";
import { judge } from "./judge.ts";
import { placesStory, playPlaces, type PlacesStory } from "./places-story.ts";
import { propertyCases } from "../../support/test-all.ts";

/** CI always uses the same stories. With LONGRUN_PROPERTY_RUNS there are more of them, and a failure prints its seed. */
const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { ...propertyCases(300), seed: 20261127 } : { numRuns: Number(more) };

const serverStory: fc.Arbitrary<PlacesStory> = fc
  .record({ story: placesStory, capacity: fc.integer({ min: 1, max: 3 }) })
  // The servers whose logs are written here refuse a client for which no place is free. They have no queue.
  .map(({ story, capacity }) => ({
    ...story,
    capacity,
    inFlight: capacity + story.inFlight - story.capacity,
    admission: "refuse",
  }));
const rendering: fc.Arbitrary<Rendering> = fc.record({
  form: fc.constantFrom(...RENDERED),
  zone: fc.constantFrom(0, 60, 330, -180),
  others: fc.boolean(),
  refusedNamed: fc.boolean(),
  nameLength: fc.constantFrom(63, 63, 30, 23, 8),
});
const lines = fc.record({
  links: fc.boolean(),
  /** Whether the function writes lifecycle lines. */
  own: fc.boolean(),
  /** How many of the server's lines are broken, in percent. */
  broken: fc.constantFrom(0, 0, 0, 10),
  stranger: fc.boolean(),
  given: fc.boolean(),
});

function withServerLog(evidence: Evidence, how: Rendering, broken: number): Evidence {
  const [only] = evidence.functions;
  if (only?.peerLog == null) throw new Error("the story has no peer log");
  const text = renderServerLog(only.peerLog, how);
  const damaged = text
    .split("\n")
    .map((line, index) => ((index * 37) % 100 < broken ? `${line.slice(0, 12)}\u0000` : line));
  const { records } = readLines(damaged.join("\n"), { zone: how.zone });
  const manifest =
    evidence.manifest === null
      ? null
      : { ...evidence.manifest, profile: { ...evidence.manifest.profile, admission: null } };
  return { ...evidence, manifest, functions: [{ ...only, peerLog: records }] };
}

function withoutOwnLines(evidence: Evidence): Evidence {
  const functions = evidence.functions.map((one) => ({
    ...one,
    records: one.records.filter(({ message }) => !message.includes('"longrun":1')),
  }));
  return { ...evidence, functions };
}

const withoutLinks = (evidence: Evidence): Evidence => ({
  ...evidence,
  functions: evidence.functions.map((one) => ({ ...one, linkLog: null })),
});

function judged(
  { capacity, inFlight }: PlacesStory,
  evidence: Evidence,
  { stranger = true, given = true }: { readonly stranger?: boolean; readonly given?: boolean } = {},
) {
  return judge(evidence, {
    capacity: { places: capacity, given },
    inFlight,
    settleMs: 2_000,
    strangers: stranger ? ["night-batch"] : [],
  });
}

const harmedIn = (result: ReturnType<typeof judged>): readonly (string | null)[] =>
  result.invocationList.filter(({ harmed }) => harmed).map(({ requestId }) => requestId);

describe("the judgement of random stories with the log of a real server", () => {
  it("finds only harm that happened, and passes no story with harm", () => {
    fc.assert(
      fc.property(serverStory, rendering, lines, (story, how, { links, own, broken, stranger, given }) => {
        const { evidence, harmed } = playPlaces(story);
        const rendered = withServerLog(evidence, how, broken);
        const seen = own ? rendered : withoutOwnLines(rendered);
        const result = judged(story, links ? seen : withoutLinks(seen), { stranger, given });
        expect(harmedIn(result).filter((id) => !harmed.has(id ?? ""))).to.deep.equal([]);
        if (result.verdict === "pass") expect([...harmed]).to.deep.equal([]);
      }),
      runs,
    );
  });

  it("finds all harm if the server names its clients and no line is lost", () => {
    fc.assert(
      fc.property(serverStory, rendering, (story, how) => {
        const { evidence, harmed } = playPlaces({ ...story, target: "local" });
        const rendered = withServerLog(
          evidence,
          { ...how, form: "postgres", refusedNamed: true, nameLength: 63 },
          0,
        );
        expect(new Set(harmedIn(judged(story, rendered)))).to.deep.equal(harmed);
      }),
      runs,
    );
  });
});
