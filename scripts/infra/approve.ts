import { confirm, type Question } from "../../harness/src/cli/confirm.ts";
import type { Machine } from "../../harness/src/cli/machine.ts";
import type { Settings } from "./settings.ts";

export async function approve(
  { autoApprove }: Pick<Settings, "autoApprove">,
  machine: Machine,
  question: Omit<Question, "consent">,
): Promise<void> {
  if (!autoApprove) await confirm(machine, { ...question, consent: "AUTO_APPROVE=1" });
}
