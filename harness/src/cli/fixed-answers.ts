/**
 * Answers that depend only on the first argument. The build puts them into the entry (harness/bin/longrun.ts), which gives them without
 * loading the command line.
 */
import { toolVersion } from "../adapters/node/tool-version.ts";
import { COMMANDS } from "./command-list.ts";
import { overviewHelp } from "./help.ts";

export function overview(): string {
  return overviewHelp(COMMANDS, toolVersion());
}

export function fixedAnswers(): ReadonlyMap<string, string> {
  const help = overview();
  const version = `${toolVersion()}\n`;
  return new Map([
    ["--help", help],
    ["-h", help],
    ["help", help],
    ["--version", version],
    ["-v", version],
  ]);
}
