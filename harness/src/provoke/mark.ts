/**
 * What a run writes into the descriptions that it changes. A leftover of a killed run is found by it without the run's folder, and it says
 * what was there before.
 */
export interface ChangeMark {
  readonly run: string;
  /** Of `$LATEST`: the description before. Null if it was too long, or if this is the mark of a version. */
  readonly description: string | null;
  /** The reserved concurrency before, null if there was none. Undefined if the run did not change it. */
  readonly reserved: number | null | undefined;
}

/** The names of copies begin with this. What makes a function a copy is its tag. */
export const COPY_PREFIX = "longrun-copy-";

/** Lambda's limit. */
const LENGTH_MAX = 256;
const MARK = /^longrun (\S+): /;
const RESERVED_BEFORE = / reserved concurrency was (\d+|none)$/;
const DESCRIPTION_BEFORE = / in place of "([^]*)"$/;

export function versionMark(run: string, what: string): string {
  return `longrun ${run}: ${what}`;
}

/** What a version with provisioned concurrency is marked with. */
export function provisionedWords(reserved: number | null): string {
  return `provisioned, reserved concurrency was ${reserved ?? "none"}`;
}

export function latestMark(run: string, what: string, description: string): string {
  const mark = `${versionMark(run, what)}, in place of "${description}"`;
  return mark.length <= LENGTH_MAX ? mark : `${versionMark(run, what)}, in place of a longer one`;
}

export function readMark(description: string): ChangeMark | null {
  const run = MARK.exec(description)?.[1];
  if (run === undefined) return null;
  const reserved = RESERVED_BEFORE.exec(description)?.[1];
  return {
    run,
    description: DESCRIPTION_BEFORE.exec(description)?.[1] ?? null,
    reserved: reserved === undefined ? undefined : reserved === "none" ? null : Number(reserved),
  };
}
