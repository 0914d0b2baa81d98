/** What `npm run coverage` prints. */
import type { Importer } from "./import-graph.ts";
import type { RecordedCalls } from "./record-calls.ts";

export interface Coverage {
  readonly file: string;
  /** The names of its functions. */
  readonly functions: readonly string[];
  readonly tried: readonly Importer[];
  /** How many test files import the file. */
  readonly importers: number;
  readonly recorded: readonly RecordedCalls[];
  readonly seconds: number;
}

/** A test file that calls more functions of the file comes first; of two with equally many, the nearer one. */
export function coverageText({ file, functions, tried, importers, recorded, seconds }: Coverage): string {
  const called = new Map(recorded.map(({ test, calls }) => [test, calls[file] ?? []]));
  const ranked = tried
    .map(({ test }) => ({ test, names: called.get(test) ?? [] }))
    .filter(({ names }) => names.length > 0)
    .map(({ test, names }) => ({ test, own: functions.filter((name) => names.includes(name)) }))
    .sort((a, b) => b.own.length - a.own.length);
  const missed = functions.filter((name) => !ranked.some(({ own }) => own.includes(name)));
  const not = importers - tried.length;
  return [
    ...ranked.map(({ test, own }) => `${test}: ${own.length} of ${functions.length} functions`),
    ...(ranked.length === 0 ? [`No test that was run calls a function of ${file}.`] : []),
    ...(missed.length === 0
      ? []
      : [`Called by no test, or only while files are loaded: ${missed.join(", ")}`]),
    `${tried.length} of ${importers} test files that import ${file} were run (${seconds} s).` +
      (not === 0 ? "" : ` --all runs the other ${not}.`),
    "",
  ].join("\n");
}
