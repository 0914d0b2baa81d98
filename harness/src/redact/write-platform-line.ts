/**
 * Writes a text line of the platform from what was read of it. Nothing else of the line is kept, except measured values that the judgement
 * does not read.
 */
import type { PlatformEvent } from "../logs/platform-event.ts";
import type { UnreadSubject } from "../logs/unread-line.ts";
import { errorType } from "./names.ts";
import type { Replacements } from "./replacements.ts";
import { number } from "./rules.ts";
import { versionText } from "./runtime-rules.ts";

/** How a process can have ended, in the platform's words. */
const EXIT =
  /^(?:Process exited before completing request|Runtime exited without providing a reason|Runtime exited with error: (?:exit status \d{1,3}|signal: (?:killed|terminated|aborted|interrupt|hangup|quit|segmentation fault|bus error|illegal instruction|floating point exception|broken pipe|trace\/breakpoint trap)(?: \(core dumped\))?))$/;
const ANY_EXIT = "Runtime exited without providing a reason";

export function writePlatformLine(names: Replacements, event: PlatformEvent, original: string): string {
  switch (event.event) {
    case "init-start":
    case "restore-start": {
      const word = event.event === "init-start" ? "INIT_START" : "RESTORE_START";
      return event.runtimeVersion === null
        ? word
        : `${word} Runtime Version: ${versionText(names, event.runtimeVersion)}`;
    }
    case "init-report":
      return fields(names, "INIT_REPORT", event, [
        ["Init Duration", event.durationMs, "ms"],
        ["Phase", event.phase, ""],
      ]);
    case "restore-report":
      return fields(names, "RESTORE_REPORT", event, [["Restore Duration", event.durationMs, "ms"]]);
    case "start":
      return `START RequestId: ${names.id(event.requestId)}${event.version === null ? "" : ` Version: ${names.version(event.version)}`}`;
    case "runtime-done":
      return `END RequestId: ${names.id(event.requestId)}`;
    case "report":
      return fields(names, `REPORT RequestId: ${names.id(event.requestId)}`, event, [
        ["Duration", event.durationMs, "ms"],
        ["Billed Duration", measured(/Billed Duration: (\d{1,9}) ms/, original), "ms"],
        ["Memory Size", event.memorySizeMb, "MB"],
        ["Max Memory Used", event.maxMemoryUsedMb, "MB"],
        ["Init Duration", event.initDurationMs, "ms"],
      ]);
    case "task-timed-out":
      return `${EPOCH} ${names.id(event.requestId)} Task timed out after ${measured(/Task timed out after (\d{1,4}(?:\.\d\d)?) seconds/, original)} seconds`;
    case "runtime-exited": {
      const detail = EXIT.test(event.detail) ? event.detail : ANY_EXIT;
      return `RequestId: ${names.id(event.requestId)} ${detail.startsWith("Process") ? "" : "Error: "}${detail}`;
    }
    case "failure-reported":
      return `Unknown application error occurred\n${event.errorType === null ? "" : errorType(names, event.errorType)}`;
    case "other":
      // The name is one of UNNEEDED_WORDS.
      return `${event.name}\t`;
    case "init-runtime-done":
    case "web-start":
    case "logs-dropped":
    case "unrecognised":
      // These are only in JSON records.
      return names.text(original);
  }
}

const EPOCH = "1970-01-01T00:00:00.000Z";

/** Writes a line of the platform that cannot be read, about the same subject. */
export function writeUnreadLine(names: Replacements, about: UnreadSubject | undefined): string {
  if (about === "init") return "INIT_REPORT";
  return about === undefined ? "START RequestId:" : `REPORT RequestId: ${names.id(about.requestId)}`;
}

type PlatformField = readonly [name: string, value: string | number | null, unit: string];

function fields(
  names: Replacements,
  head: string,
  { status, errorType: type }: { readonly status: string; readonly errorType: string | null },
  values: readonly PlatformField[],
): string {
  const all: readonly PlatformField[] = [
    ...values,
    ["Status", status === "success" ? null : status, ""],
    ["Error Type", type === null ? null : errorType(names, type), ""],
  ];
  return [
    head,
    ...all.flatMap(([name, value, unit]) => {
      const kept = typeof value === "number" ? (number(value) as number | null) : value;
      return kept === null ? [] : [`${name}: ${kept} ${unit}`.trimEnd()];
    }),
  ].join("\t");
}

function measured(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}
