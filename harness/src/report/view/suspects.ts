/** Who may have done harm, if no harm was found: what a report says first, with the command that would decide it. */
import type { Finding } from "../../result/finding-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

export interface SuspectView {
  readonly text: string;
  /** The whole command that decides it, without the name of the file with the machine's log. Null if no command is known. */
  readonly command: string | null;
}

interface Suspects {
  readonly suspects: readonly SuspectView[];
  /** The findings that are not among the suspects. */
  readonly others: readonly Finding[];
  /** Such as `; possible suspect: E2 (…a86d5a81)`, to be added to the sentence about the verdict. Empty without a suspect. */
  readonly inShort: string;
}

const WITHOUT_LOG = " If it has none, the same soak with --probe yes --only-client can decide it.";

export function suspectsOf({ harm, findings }: FunctionResult, naming: Naming, result: RunResult): Suspects {
  const suspected = findings.flatMap((one) =>
    one.code === "harm-suspected" && harm.windows.length === 0 ? [one] : [],
  );
  const [first] = suspected;
  const suspect = first?.parameters.suspects[0]?.environment;
  return {
    suspects: suspected.map((one) => {
      const byLog = one.parameters.decidedBy === "peer-log";
      const text = `${findingText(one, naming)}${byLog && result.run.target === "local" ? WITHOUT_LOG : ""}`;
      return { text, command: byLog ? `${readAgain(result)} --peer-log FILE` : null };
    }),
    others: findings.filter((one) => !suspected.some((known) => known === one)),
    inShort:
      first === undefined || suspect === undefined
        ? ""
        : `; ${first.parameters.grade} suspect: ${naming.environment(suspect)}`,
  };
}

/** The command that reads the evidence of this result again. */
export function readAgain({ command, run }: RunResult): string {
  return command ?? `longrun analyze ${run.target === "logs" ? "PATH" : `runs/${run.id}`}`;
}
