/**
 * Writes the evidence of a run into another folder, and replaces names, addresses and texts in the evidence. The other folder must exist
 * and be empty.
 */
import { asJsonObject, jsonOf, type JsonObject } from "../../base/json-object.ts";
import { Replacements } from "../../redact/replacements.ts";
import { runRules, type RedactedFile } from "../../redact/run-rules.ts";
import type { Rule } from "../../redact/rules.ts";
import { makeFolder } from "../node/make-folder.ts";
import { eachJsonLine } from "./json-lines.ts";
import { hasRunFile } from "./run-files.ts";
import { runFolder } from "./run-folder.ts";
import {
  asJournalEvent,
  asLinkRecord,
  asLogRecord,
  asMetricsLine,
  asPeerRecord,
  asPlatformRecord,
} from "./run-records.ts";
import { readManifest, readPlan } from "./scan-run.ts";
import { openSegments, segmentsOf } from "./segments.ts";
import { writeAndRename } from "./write-and-rename.ts";

type LineCheck = (value: Record<string, unknown>) => unknown;

/** `below(n)` returns a random whole number from 0 to n - 1. */
export function writeRedacted(from: string, to: string, below: (limit: number) => number): void {
  const source = runFolder(from);
  const target = runFolder(to);
  const manifest = readManifest(from, source.manifest);
  const names = new Replacements(below);
  // So lists that are sorted by the names of functions keep their order.
  names.inOrder(
    "function",
    manifest.functions.map(({ name }) => name),
  );
  const rules = runRules(names);
  const whole = (path: string, value: unknown): void => {
    writeAndRename(path, `${JSON.stringify(value, null, 2)}\n`);
  };
  // The settings have paths, addresses and commands, so they are left out. Without them the copy cannot be resumed.
  const kept = asJsonObject(rules.manifest(manifest)) ?? {};
  whole(target.manifest, {
    ...kept,
    endpoint: null,
    profile: { ...asJsonObject(kept["profile"]), event: null },
    settings: null,
  });
  const plan = readPlan(from);
  if (plan !== null) whole(target.plan, rules.plan(plan));
  makeFolder(target.logsFolder);
  const lines = (file: RedactedFile, path: string, redacted: string, check: LineCheck): void => {
    copyLines({ folder: from, path, to: redacted }, check, rules[file], names);
  };
  lines("journal", source.journal, target.journal, asJournalEvent);
  lines("applied", source.applied, target.applied, asPlatformRecord);
  lines("metrics", source.metrics, target.metrics, asMetricsLine);
  const texts = new Map<string, string>();
  for (const { name } of manifest.functions) {
    const label = names.numbered("function", name);
    lines("logs", source.logs(name), target.logs(label), (value) => asLogRecord(value, texts));
    lines("peer", source.peer(name), target.peer(label), asPeerRecord);
    lines("link", source.links(name), target.links(label), asLinkRecord);
  }
}

/** A file of the run `folder`, and the path of its copy. */
interface RedactedCopy {
  readonly folder: string;
  readonly path: string;
  readonly to: string;
}

/** An unreadable line stays unreadable, because the judgement counts such lines. A last line that was cut off is left out. */
function copyLines(
  { folder, path, to }: RedactedCopy,
  check: LineCheck,
  rule: Rule,
  names: Replacements,
): void {
  if (segmentsOf(folder, path).length === 0) return;
  const file = openSegments(to);
  const unreadable = eachJsonLine(folder, path, (value: JsonObject) => {
    const redacted =
      check({ ...value }) === null ? { unreadable: names.text(jsonOf(value) ?? "") } : rule(value);
    file.append(`${JSON.stringify(redacted)}\n`);
    return true;
  });
  for (let n = 0; n < (unreadable?.lines ?? 0); n += 1) file.append(`unreadable ${n + 1}\n`);
  file.flush();
  file.close();
}

/** Whether the run has been judged, so that its results are in its folder. */
export function isJudged(folder: string): boolean {
  return hasRunFile(folder, runFolder(folder).result);
}
