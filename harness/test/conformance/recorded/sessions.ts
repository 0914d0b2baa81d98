/** The recorded sessions in `data/*.json`. Each session names the source of its recording. Each step that is a call has AWS's answer. */
import { readFileSync, readdirSync } from "node:fs";
import type { Service } from "./client.ts";

export interface RecordedCall {
  /** The name of the operation, as the API model writes it. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** The name of the exception. Absent if the call succeeded. */
  readonly error?: string;
  /** The complete body. If `body` and `some` are absent, the answer has no body. */
  readonly body?: unknown;
  /** Members that must be in the body, possibly with others. */
  readonly some?: Readonly<Record<string, unknown>>;
}

/** A step is a call, a function to create before the next call, or a condition to wait for. */
export type Step =
  | RecordedCall
  | { readonly function: string }
  | { readonly settled: string }
  | { readonly provisioned: string };

export interface Session {
  /** The API of all calls. Default `lambda`. */
  readonly service?: Service;
  readonly file: string;
  readonly title: string;
  readonly source: string;
  readonly steps: readonly Step[];
}

export const REGION = "eu-central-1";
export const ACCOUNT = "123456789012";
const FOLDER = new URL("data/", import.meta.url);

export function recordedSessions(): readonly Session[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(new URL(file, FOLDER), "utf8")
        .replaceAll("<region>", REGION)
        .replaceAll("<account>", ACCOUNT)
        .replaceAll(/<x\*(\d+)>/g, (_, times: string) => "x".repeat(Number(times)));
      const { sessions } = JSON.parse(text) as { sessions: readonly Omit<Session, "file">[] };
      return sessions.map((session) => ({ ...session, file }));
    });
}

export function isCall(step: Step): step is RecordedCall {
  return "operation" in step;
}
