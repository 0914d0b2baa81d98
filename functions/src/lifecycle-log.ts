/**
 * Writes lifecycle lines directly to standard output, because `console` would add a prefix or wrap the object, depending on the log format.
 * Keeps the current phase and request id, because a socket may end at any moment, and the line about its end needs them.
 */
import { randomUUID } from "node:crypto";
import type { CodePhase, LifecycleLine } from "./contract.ts";

type LineMembers = Omit<
  LifecycleLine,
  "longrun" | "time" | "event" | "bootId" | "phase" | "requestId" | "sequence"
>;

export interface LifecycleLog {
  readonly bootId: string;
  readonly phase: CodePhase;
  /** Later lines have this phase and request id. */
  enter(phase: CodePhase, requestId: string | null): void;
  write(event: LifecycleLine["event"], members?: LineMembers): void;
}

export function createLifecycleLog(writeLine: (line: string) => void = writeToStandardOutput): LifecycleLog {
  const bootId = randomUUID();
  let now: { phase: CodePhase; requestId: string | null } = { phase: "init", requestId: null };
  let sequence = 0;
  return {
    bootId,
    get phase() {
      return now.phase;
    },
    enter(phase, requestId) {
      now = { phase, requestId };
    },
    write(event, members = {}) {
      sequence += 1;
      const line: LifecycleLine = {
        longrun: 1,
        time: new Date().toISOString(),
        event,
        bootId,
        phase: now.phase,
        requestId: now.requestId,
        sequence,
        ...members,
      };
      writeLine(JSON.stringify(line));
    },
  };
}

function writeToStandardOutput(line: string): void {
  process.stdout.write(`${line}\n`);
}
