/**
 * Random stories (scripts of runs) with known outcomes. Each story is written in one log format, with the failure lines of one runtime (in
 * text or JSON). The log's TABs are kept, or are replaced by spaces as in a copy. The judgement must never show a failed invocation as a
 * success or a success as a failure. If an invocation failed, the verdict must not be pass, unless the failure has a named cause. If a line
 * about a failure, certain or ambiguous, is added to the log, the verdict must not become fail because of this line. An error that the
 * function handled must change nothing.
 */
import { expect } from "chai";
import fc from "fast-check";
import type { LogRecord } from "../../../../src/record/log-record.ts";
import { play, randomStory, type RandomStory } from "../../../analysis/analyze/random-story.ts";
import { LINE_FORMS, type LineForm } from "../../../catalogue/runtimes/failure-lines.ts";
import { AT } from "../../../catalogue/runtimes/failure-lines/line-form.ts";
import { propertyRuns } from "../../../support/test-all.ts";
import { judgeFiles } from "../judge-files.ts";
import { ALL_RENDERINGS } from "../render/all-renderings.ts";
import type { Rendering } from "../render/render.ts";

const VERSIONS: Readonly<Record<string, string>> = {
  node: "nodejs:22.v50",
  python: "python:3.12.v105",
  java: "java:21.v38",
  dotnet: "dotnet:8.v47",
  ruby: "ruby:3.3.v12",
  provided: "provided:al2023.v16",
};

const PLAIN: Rendering = {
  name: "JSON lines",
  render: (records) => ({ "events.jsonl": records.map((record) => `${JSON.stringify(record)}\n`).join("") }),
};

type Outcome = "succeeded" | "failed";

interface KnownStory {
  readonly records: readonly LogRecord[];
  readonly truth: ReadonlyMap<string, Outcome>;
  readonly peerLog: NonNullable<ReturnType<typeof play>["functions"][number]["peerLog"]>;
}

/**
 * Plays the story with the runtime and the log format (text or JSON) of the line form (how a runtime writes about a failure, or a similar
 * line of a function). The story's own failures are written in the line form `words`. The outcomes that the driver saw are the truth.
 */
function knownStory(story: RandomStory, { family, format }: LineForm, words: LineForm): KnownStory {
  const options = {
    ...story.options,
    name: "device",
    target: "aws" as const,
    format: format === "Text" ? ("text" as const) : ("json-debug" as const),
  };
  const { journal, functions } = play({ ...story, options });
  const [known] = functions;
  const truth = new Map<string, Outcome>();
  for (const event of journal ?? [])
    if (event.event === "invocation-ended" && event.requestId !== null)
      truth.set(event.requestId, event.outcome === "succeeded" ? "succeeded" : "failed");
  const records = (known?.records ?? []).flatMap((record) =>
    withFailureLines(record, words, VERSIONS[family] ?? ""),
  );
  return { records: numbered(records), truth, peerLog: known?.peerLog ?? [] };
}

/** Matches the failure lines that the story itself writes, in the form of Node.js. */
const NODE_FAILURE = /\tERROR\tInvoke Error \t|"level":"ERROR","requestId":"[^"]*","message":\{"errorType"/;
const REQUEST = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;

function withFailureLines(record: LogRecord, words: LineForm, version: string): readonly LogRecord[] {
  if (!NODE_FAILURE.test(record.message))
    return [{ ...record, message: record.message.replaceAll("nodejs:22.v50", version) }];
  return lines(record, words, REQUEST.exec(record.message)?.[0] ?? "");
}

/** Makes the records of a line form at the time of another record. A time inside a line is replaced by this time too. */
function lines(at: LogRecord, form: LineForm, requestId: string): readonly LogRecord[] {
  const time = new Date(at.timestamp).toISOString();
  const seconds = (text: string): string => text.replace(/\.\d+/, "");
  return form.events(requestId).map((message) => ({
    ...at,
    message: message.replaceAll(AT, time).replaceAll(seconds(AT), seconds(time)),
  }));
}

/** Numbers events as CloudWatch does, in the order in which they were written. */
const numbered = (records: readonly LogRecord[]): readonly LogRecord[] =>
  records.map((record, index) => ({
    ...record,
    eventId: `${record.timestamp}${String(index).padStart(10, "0")}`,
  }));

const START = /^START RequestId: (\S+)|"type":"platform\.start","record":\{"requestId":"([^"]+)"/;

/** Adds the line directly after the START of an invocation that succeeded. */
function withLine(
  { records, truth, peerLog }: KnownStory,
  form: LineForm,
  variant: number,
): KnownStory | null {
  const starts = records.flatMap(({ message }, index) => {
    const [, text, json] = START.exec(message) ?? [];
    const requestId = text ?? json;
    return requestId !== undefined && truth.get(requestId) === "succeeded" ? [{ index, requestId }] : [];
  });
  const chosen = starts[variant % Math.max(starts.length, 1)];
  const at = chosen === undefined ? undefined : records[chosen.index];
  if (chosen === undefined || at === undefined) return null;
  const failed = form.kind !== "application";
  return {
    records: numbered([
      ...records.slice(0, chosen.index + 1),
      ...lines(at, form, chosen.requestId),
      ...records.slice(chosen.index + 1),
    ]),
    truth: failed ? new Map([...truth, [chosen.requestId, "failed"]]) : truth,
    peerLog,
  };
}

/** Strings that replace the TABs when somebody copies a log. */
const GAPS = ["\t", " ", "    "] as const;
const gapped = (records: readonly LogRecord[], gap: string): readonly LogRecord[] =>
  gap === "\t"
    ? records
    : records.map((record) =>
        record.message.startsWith("{")
          ? record
          : { ...record, message: record.message.replaceAll("\t", gap) },
      );

interface Judged {
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly harm: number;
  readonly outcomes: readonly (readonly [requestId: string | null, outcome: string, cause: string | null])[];
}

function judged(form: Rendering, known: KnownStory, variant: number): Promise<Judged> {
  const pieceBytes = [1_000, 1 << 16][variant % 2] ?? 1_000;
  return judgeFiles(form.render(known.records, variant), known.peerLog, pieceBytes, ({ functions }) => {
    const [one] = functions;
    return {
      verdict: one?.verdict ?? "none",
      reasons: one?.reasons ?? [],
      harm: one?.harm.total ?? 0,
      outcomes: [...(one?.invocationList ?? [])].map(({ requestId, outcome, cause }) => [
        requestId,
        outcome,
        cause,
      ]),
    };
  });
}

/** Returns the form in which the story's own failures are written: one that certainly shows a failure, or else an ambiguous one. */
const wordsOf = ({ family, format }: LineForm): LineForm | undefined => {
  const own = LINE_FORMS.filter((one) => one.family === family && one.format === format);
  return own.find(({ kind }) => kind === "failed-invocation") ?? own.find(({ kind }) => kind === "ambiguous");
};

describe("known outcomes, with the failure lines of each runtime in any log format", () => {
  for (const line of LINE_FORMS)
    it(`${line.family}, ${line.format}: ${line.kind === "application" ? "a line that is not about a failed invocation changes nothing" : "a failed invocation is never judged as a success"} (the line: ${line.title})`, async () => {
      await fc.assert(
        fc.asyncProperty(
          randomStory,
          fc.nat({ max: 1 << 20 }),
          fc.constantFrom(...GAPS),
          fc.constantFrom(PLAIN, ...ALL_RENDERINGS),
          async (story, variant, gap, form) => {
            const words = wordsOf(line);
            fc.pre(words !== undefined);
            const before = knownStory(story, line, words);
            const after = withLine(before, line, variant);
            fc.pre(after !== null);
            const [quiet, said] = [before, after].map((known) => ({
              ...known,
              records: gapped(known.records, gap),
            })) as [KnownStory, KnownStory];
            fc.pre(!said.records.some((record) => form.loses?.(record) === true));
            const result = await judged(form, said, variant);
            for (const [requestId, outcome] of result.outcomes) {
              const truth = said.truth.get(requestId ?? "");
              expect([requestId, truth, outcome]).to.not.deep.equal([requestId, "failed", "succeeded"]);
              expect([requestId, truth, outcome]).to.not.deep.equal([
                requestId,
                "succeeded",
                "function-error",
              ]);
            }
            const base = await judged(form, quiet, variant);
            if (line.kind === "application")
              expect([result.verdict, result.reasons]).to.deep.equal([base.verdict, base.reasons]);
            else if (base.verdict !== "fail") expect(result.verdict).to.not.equal("fail");
            // A failed invocation prevents a pass, unless its failure has a named cause.
            const explained = result.outcomes.every(
              ([requestId, outcome, cause]) =>
                said.truth.get(requestId ?? "") !== "failed" || (outcome !== "succeeded" && cause !== null),
            );
            if (!explained) expect(result.verdict).to.not.equal("pass");
          },
        ),
        { numRuns: propertyRuns(12), seed: 20261126 },
      );
    });
});
