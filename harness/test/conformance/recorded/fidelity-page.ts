/**
 * Adds to the tables of docs/fidelity.md what a recording of AWS shows. If the recording has answers for a row, the row gets "Recorded on"
 * and the date, or "Differs" and the first difference. Rows without an answer stay as they are. Pure.
 */
import { escapeMarkdown } from "../../../src/report/markdown/escape-markdown.ts";
import type { Service } from "./client.ts";
import type { RecordingCall } from "./recording-session.ts";
import type { Replayed } from "./replay-recording.ts";

interface Compared {
  /** What was compared, such as the name of an operation. */
  readonly what: string;
  readonly differs: string | null;
}

interface Behaviour {
  /** How the first cell of the row begins. */
  readonly row: string;
  /** The calls that the row is about. `lines` if the row is about the log streams. */
  readonly of: ((call: RecordingCall) => boolean) | "lines";
}

/** The rows about behaviour that the answers of a verification can confirm or contradict. */
export const BEHAVIOURS: readonly Behaviour[] = [
  { row: "Errors: status, code", of: ({ status }) => status >= 400 },
  {
    row: "States and `LastUpdateStatus`",
    of: ({ operation }) => /^(?:Update|Get)Function(?:Configuration)?$/.test(operation),
  },
  { row: "Throttle: 429", of: ({ status }) => status === 429 },
  { row: "Function time-out", of: ({ body }) => errorType(body) === "Sandbox.Timedout" },
  { row: "JSON: every `platform.*` event", of: "lines" },
];

const MARK = / ?\*\*(?:Recorded|Differs)\*\*.*(?= \|$)/;

/** Returns the page with what the recording shows. `date`: the day of the recording, such as 2026-12-01. */
export function withRecording(page: string, { calls, streams }: Replayed, date: string): string {
  let service: Service | null = null;
  return page
    .split("\n")
    .map((line) => {
      const begun = /^<!-- operations: (lambda|logs) -->$/.exec(line)?.[1];
      if (begun !== undefined) service = begun as Service;
      else if (!line.startsWith("|")) service = null;
      const [, first = ""] = line.split("|").map((cell) => cell.trim());
      if (!line.startsWith("| ") || line.startsWith("| ---")) return line;
      const compared =
        service === null
          ? behaviour(first, { calls, streams })
          : ofOperations(service, new Set(first.split(/, /)), calls);
      return compared.length === 0 ? line : marked(line, compared, date);
    })
    .join("\n");
}

function behaviour(first: string, { calls, streams }: Replayed): readonly Compared[] {
  const of = BEHAVIOURS.find(({ row }) => first.startsWith(row))?.of;
  if (of === undefined) return [];
  return of === "lines"
    ? streams.map(({ differs }, index) => ({ what: `log stream ${index + 1}`, differs }))
    : calls.flatMap(({ call, differs }) => (of(call) ? [{ what: call.operation, differs }] : []));
}

function ofOperations(
  service: Service,
  operations: ReadonlySet<string>,
  calls: Replayed["calls"],
): readonly Compared[] {
  return calls
    .filter(({ call }) => call.service === service && operations.has(call.operation))
    .map(({ call, differs }) => ({ what: call.operation, differs }));
}

function marked(line: string, compared: readonly Compared[], date: string): string {
  const differing = compared.filter(({ differs }) => differs !== null);
  const [first] = differing;
  const all = compared.length;
  const mark =
    first === undefined
      ? `**Recorded** on ${date}: ${all === 1 ? "one answer agrees" : `${all} answers agree`}.`
      : `**Differs** from the recording of ${date} in ${differing.length} of ${all}: ${escapeMarkdown(`${first.what}: ${first.differs}`)}.`;
  const before = line.replace(MARK, "").replace(/ ?\|$/, "").trimEnd();
  return `${before} ${mark} |`;
}

function errorType(body: unknown): unknown {
  return typeof body === "object" && body !== null
    ? (body as { readonly errorType?: unknown }).errorType
    : null;
}
