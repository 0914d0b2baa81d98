import { LongrunError, wrongInput } from "../base/errors.ts";
import type { Machine } from "./machine.ts";

export interface Question {
  /** Such as `longrun scan`. */
  readonly command: string;
  /** Such as `Start?`. */
  readonly question: string;
  /** Why the user is asked, such as `this run may cost more than $5.00`. Absent if the command alone shows the reason. */
  readonly why?: string;
  /** The flag with which the user agrees without being asked. By default `--yes`. */
  readonly consent?: string;
  /** What was not done if the answer is no. By default `started`. */
  readonly undone?: string;
}

/** Throws "usage" if no user can be asked (then `consent` is needed), and "interrupted" if the answer is no. */
export async function confirm(
  machine: Pick<Machine, "ask">,
  { command, question, why, consent = "--yes", undone = "started" }: Question,
): Promise<void> {
  const answer = await machine.ask(`${question} [y/N] `);
  if (answer === null)
    throw wrongInput(
      `${command}: expected ${consent}, because ${why === undefined ? "" : `${why} and `}no user can be asked.`,
      { hint: "Standard input is not a terminal." },
    );
  if (!/^y(?:es)?$/i.test(answer.trim()))
    throw new LongrunError("interrupted", `Not confirmed; nothing was ${undone}.`);
}
