/**
 * Random stories whose truth is known, told in the words of any runtime, text or JSON, with TABs or what a copy made of them, in any form in
 * which people have logs: no failed invocation is called a success and no good one a failure, a failure that the log may hide never leaves
 * a pass, nothing fails without harm, and an error that the function handled changes nothing.
 */
import { expect } from "chai";
import fc from "fast-check";
import type { LogRecord } from "../../../../src/domain/log-record.ts";
import { play, randomStory, type RandomStory } from "../../../analysis/analyze/random-story.ts";
import { LINE_FORMS, type LineForm } from "../../../runtimes/failure-lines.ts";
import { AT } from "../../../runtimes/failure-lines/line-form.ts";
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

interface Told {
  readonly records: readonly LogRecord[];
  readonly truth: ReadonlyMap<string, Outcome>;
  readonly peerLog: NonNullable<ReturnType<typeof play>["functions"][number]["peerLog"]>;
}

/** A story in the words of a form's runtime: the same as a driver saw it, whose answers are the truth. */
function tell(story: RandomStory, { family, format }: LineForm, words: LineForm): Told {
  const options = {
    ...story.options,
    name: "device",
    target: "aws" as const,
    format: format === "Text" ? ("text" as const) : ("json-debug" as const),
  };
  const { journal, functions } = play({ ...story, options });
  const [told] = functions;
  const truth = new Map<string, Outcome>();
  for (const event of journal ?? [])
    if (event.event === "invocation-ended" && event.requestId !== null)
      truth.set(event.requestId, event.outcome === "succeeded" ? "succeeded" : "failed");
  const records = (told?.records ?? []).flatMap((record) => inWords(record, words, VERSIONS[family] ?? ""));
  return { records: numbered(records), truth, peerLog: told?.peerLog ?? [] };
}

/** The story's own failures are Node's. */
const NODES = /\tERROR\tInvoke Error \t|"level":"ERROR","requestId":"[^"]*","message":\{"errorType"/;
const REQUEST = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;

function inWords(record: LogRecord, words: LineForm, version: string): readonly LogRecord[] {
  if (!NODES.test(record.message))
    return [{ ...record, message: record.message.replaceAll("nodejs:22.v50", version) }];
  return lines(record, words, REQUEST.exec(record.message)?.[0] ?? "");
}

/** At the time of another record, also where the line itself says its time. */
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

/** The line stands behind the START of an invocation that succeeded. */
function injected({ records, truth, peerLog }: Told, form: LineForm, choice: number): Told | null {
  const starts = records.flatMap(({ message }, index) => {
    const [, text, json] = START.exec(message) ?? [];
    const requestId = text ?? json;
    return requestId !== undefined && truth.get(requestId) === "succeeded" ? [{ index, requestId }] : [];
  });
  const chosen = starts[choice % Math.max(starts.length, 1)];
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

/** What copies make of TABs. */
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

function judged(form: Rendering, told: Told, choice: number): Promise<Judged> {
  const pieceBytes = [1_000, 1 << 16][choice % 2] ?? 1_000;
  return judgeFiles(form.render(told.records, choice), told.peerLog, pieceBytes, ({ functions }) => {
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

/** Of the story's own failures: in the client's certain words, where there are such. */
const wordsOf = ({ family, format }: LineForm): LineForm | undefined => {
  const own = LINE_FORMS.filter((one) => one.family === family && one.format === format);
  return own.find(({ kind }) => kind === "failed-invocation") ?? own.find(({ kind }) => kind === "ambiguous");
};

describe("outcomes that are known, in the words of any runtime and in any form", () => {
  for (const line of LINE_FORMS)
    it(`${line.family}, ${line.title}, ${line.format}: ${line.kind === "application" ? "changes nothing" : "is never called a success"}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          randomStory,
          fc.nat({ max: 1 << 20 }),
          fc.constantFrom(...GAPS),
          fc.constantFrom(PLAIN, ...ALL_RENDERINGS),
          async (story, choice, gap, form) => {
            const words = wordsOf(line);
            fc.pre(words !== undefined);
            const before = tell(story, line, words);
            const after = injected(before, line, choice);
            fc.pre(after !== null);
            const [quiet, said] = [before, after].map((told) => ({
              ...told,
              records: gapped(told.records, gap),
            })) as [Told, Told];
            fc.pre(!said.records.some((record) => form.loses?.(record) === true));
            const result = await judged(form, said, choice);
            for (const [requestId, outcome] of result.outcomes) {
              const truth = said.truth.get(requestId ?? "");
              expect([requestId, truth, outcome]).to.not.deep.equal([requestId, "failed", "succeeded"]);
              expect([requestId, truth, outcome]).to.not.deep.equal([
                requestId,
                "succeeded",
                "function-error",
              ]);
            }
            const base = await judged(form, quiet, choice);
            if (line.kind === "application")
              expect([result.verdict, result.reasons]).to.deep.equal([base.verdict, base.reasons]);
            else if (base.verdict !== "fail") expect(result.verdict).to.not.equal("fail");
            // A failure that the log shows keeps a verdict from pass unless it has a cause of its own.
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
