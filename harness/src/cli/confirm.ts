/**
 * Asks the user to agree before a command goes on. If standard input is not a terminal, the user must have agreed with a flag (`--yes`).
 */
import { LongrunError } from "../domain/errors.ts";
import type { Machine } from "./machine.ts";

export interface Question {
  /** The command, such as `longrun scan`. */
  readonly command: string;
  /** The question, such as `Start?`. */
  readonly question: string;
  /** Why the question is asked, if the command alone does not show it: `this run may cost more than $5.00`. */
  readonly why?: string;
  /** The flag with which the user agrees without being asked. By default `--yes`. */
  readonly consent?: string;
  /** The word for what was not done if the answer is no. By default `started`. */
  readonly undone?: string;
}

/** Asks the user. Throws "usage" if no user can be asked, and "interrupted" if the answer is no. */
export async function confirm(
  machine: Pick<Machine, "ask">,
  { command, question, why, consent = "--yes", undone = "started" }: Question,
): Promise<void> {
  const answer = await machine.ask(`${question} [y/N] `);
  if (answer === null)
    throw new LongrunError(
      "usage",
      `${command}: expected ${consent}, because ${why === undefined ? "" : `${why} and `}no user can be asked.`,
      { hint: "Standard input is not a terminal." },
    );
  if (!/^y(?:es)?$/i.test(answer.trim()))
    throw new LongrunError("interrupted", `Not confirmed; nothing was ${undone}.`);
}
