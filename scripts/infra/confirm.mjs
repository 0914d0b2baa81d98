/** Asks a person. Where nobody can be asked nothing is done, unless that was said before (AUTO_APPROVE=1). */
import { createInterface } from "node:readline/promises";
import { Problem } from "./problem.mjs";

export async function confirm(question, { autoApprove }) {
  if (autoApprove) return;
  if (!process.stdin.isTTY)
    throw new Problem("Nobody can be asked here.", { code: 64, hint: "AUTO_APPROVE=1 says yes beforehand." });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close());
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new Problem("Not confirmed; nothing was changed.", { code: 130 });
}
