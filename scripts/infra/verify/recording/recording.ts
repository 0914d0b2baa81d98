/** A recording: a first line that says what was recorded, then one line for each answer. */
import { z } from "zod";
import { parseJson } from "../../../../harness/src/base/json-object.ts";
import { TARGETS } from "../../../../harness/src/words/target.ts";

export const RECORDING_FILE = "recording.jsonl";

const HEAD = z.object({
  recording: z.literal(1),
  target: z.enum(TARGETS),
  /** ISO 8601. */
  at: z.string(),
  reserved: z.number(),
});
const ANSWER = z.object({
  /** When the request was sent, in milliseconds since the start of the recording. */
  from: z.number(),
  to: z.number(),
  service: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  /** JSON, else text. Null if the answer has no body. */
  body: z.unknown(),
});

export type RecordingHead = z.infer<typeof HEAD>;
export type RecordedAnswer = z.infer<typeof ANSWER>;

export interface Recording {
  readonly head: RecordingHead;
  readonly answers: readonly RecordedAnswer[];
}

/** Leaves out a last line that was cut off. Throws if the text is no recording. */
export function readRecording(text: string): Recording {
  const lines = text.split("\n").slice(0, -1);
  const head = HEAD.safeParse(parseJson(lines[0] ?? ""));
  if (!head.success)
    throw new Error(`This is no recording of make verify: its first line is ${lines[0] ?? "missing"}.`);
  return { head: head.data, answers: lines.slice(1).map((line) => ANSWER.parse(parseJson(line))) };
}
