/** Accounting: no line was lost to a source that numbers nothing. Elsewhere a hole shows by sequence or event ids. */
import type { Check, PartialFinding } from "./check.ts";

export const linesReadable: Check = {
  name: "lines-readable",
  kind: "accounting",
  run: ({ unreadableSources, history }): PartialFinding[] => {
    const findings: PartialFinding[] = unreadableSources.map((source) => ({
      status: "unknown",
      text: `Lines of ${source} could not be read, and nothing shows what they were.`,
    }));
    for (const environment of history.environments) {
      if (environment.unknownLines === 0) continue;
      findings.push({
        status: "unknown",
        text: `${environment.unknownLines} line(s) look like the platform's or the function's own and could not be read.`,
        environment,
      });
    }
    return findings.length === 0
      ? [{ status: "clear", text: "Every line was read, or its loss would show." }]
      : findings;
  },
};
