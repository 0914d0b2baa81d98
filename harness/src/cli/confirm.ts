/** Somebody must agree before it goes on: asked on a terminal, told beforehand (`--yes`) where nobody can be asked. */
import { LongrunError } from "../domain/errors.ts";
import type { Machine } from "./machine.ts";

export interface Question {
  /** `longrun scan`. */
  readonly command: string;
  /** `Start?` */
  readonly question: string;
  /** Why it is asked, where the command alone does not tell: `this run may cost more than $5.00`. */
  readonly why?: string;
  /** What says yes beforehand, if it is not `--yes`. */
  readonly consent?: string;
  /** What was not done where the answer is no, if it is not `started`. */
  readonly undone?: string;
}

/** Throws "usage" where nobody can be asked, "interrupted" where the answer is no. */
export async function confirm(
  machine: Pick<Machine, "ask">,
  { command, question, why, consent = "--yes", undone = "started" }: Question,
): Promise<void> {
  const answer = await machine.ask(`${question} [y/N] `);
  if (answer === null)
    throw new LongrunError(
      "usage",
      `${command}: expected ${consent} where nobody can be asked${why === undefined ? "" : `: ${why}`}.`,
      { hint: "Standard input is not a terminal." },
    );
  if (!/^y(?:es)?$/i.test(answer.trim()))
    throw new LongrunError("interrupted", `Not confirmed; nothing was ${undone}.`);
}
