/** Accounting: no line is unreadable in a source without numbers or event ids. In other sources these show that a line is missing. */
import { defineCheck, type PartialFinding } from "./check.ts";

export const linesReadable = defineCheck({
  name: "lines-readable",
  kind: "accounting",
  needs: ["environment-ends"],
  run: ({ unreadableSources, history }): PartialFinding[] => {
    const findings: PartialFinding[] = unreadableSources.map((source) => ({
      status: "unknown",
      code: "source-unreadable",
      parameters: { source },
    }));
    for (const environment of history.environments) {
      if (environment.unknownLines === 0) continue;
      findings.push({
        status: "unknown",
        code: "lines-not-understood",
        parameters: { lines: environment.unknownLines },
        environment,
      });
    }
    return findings.length === 0 ? [{ status: "clear", code: "lines-readable", parameters: {} }] : findings;
  },
});
