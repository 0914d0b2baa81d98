/**
 * Accounting: every line can be read and understood, and connections speak the protocol that the user named. An unreadable line of the
 * journal, of the metrics or of a function's log with event ids is not reported here, except a line about the end of an Init. In these
 * sources, other checks notice that the line is missing: a number is skipped, or other lines about the invocation show it
 * (timeline/note-unread-line.ts).
 */
import type { LinkConnection, ObservedEnvironment } from "../../timeline/environment.ts";
import { defineCheck, orClear, sayFound, sayUnknown, type PartialFinding } from "./check.ts";

export const linesReadable = defineCheck({
  name: "lines-readable",
  kind: "accounting",
  // Records of new types alone do not matter. If an environment has such records and no invocation, the finding is unknown.
  reasons: { found: null },
  run: ({ unreadableSources, history }) => {
    const findings = unreadableSources.map((source) => sayUnknown("source-unreadable", { source }));
    for (const environment of history.environments) {
      const { unknownLines: lines } = environment;
      if (lines > 0) findings.push(sayUnknown("lines-not-understood", { lines }, { environment }));
    }
    findings.push(...contradictions(history.links));
    const types = typesNotKnown(history.environments);
    // Most record types that Lambda adds say nothing about an outcome. But if an environment has such records and no invocation, the records
    // may be about an invocation.
    const sayTypes = history.environments.some(saysNothingElse) ? sayUnknown : sayFound;
    if (types.length > 0) findings.push(sayTypes("types-not-known", { types }));
    return orClear(findings, "lines-readable");
  },
});

function contradictions(links: ReadonlyMap<string, readonly LinkConnection[]> | null): PartialFinding[] {
  const contradicted = [...(links?.values() ?? [])]
    .flat()
    .filter(({ contradiction }) => contradiction !== null);
  const [first] = contradicted;
  if (first === undefined) return [];
  const { protocol, contradiction } = first;
  const parameters = {
    protocol: protocol ?? "",
    beginning: contradiction ?? "",
    connections: contradicted.length,
  };
  return [sayUnknown("protocol-contradicted", parameters)];
}

function typesNotKnown(environments: readonly ObservedEnvironment[]) {
  const counts = new Map<string, number>();
  for (const { unrecognised } of environments)
    for (const [type, records] of unrecognised) counts.set(type, (counts.get(type) ?? 0) + records);
  return [...counts]
    .map(([type, records]) => ({ type, records }))
    .sort((a, b) => (b.records === a.records ? (a.type < b.type ? -1 : 1) : b.records - a.records));
}

function saysNothingElse({ unrecognised, invocations }: ObservedEnvironment): boolean {
  return unrecognised.size > 0 && invocations.length === 0;
}
