/** Finds what killed runs left in a Region, by the marks in the descriptions: without the runs' folders. */
import type { FunctionChanges } from "../run/ports/function-changes.ts";
import { readMark } from "./mark.ts";
import type { BegunChange } from "./undo-changes.ts";
import { LATEST } from "./lever-kind.ts";
import { BESIDE_PROVISIONED } from "./changed-function.ts";

export interface Leftovers {
  readonly functionName: string;
  readonly runs: readonly string[];
  /** As a run's journal has them. */
  readonly begun: readonly BegunChange[];
  /** Such as `version 4`. */
  readonly found: readonly string[];
  /** The mark does not say what the description was before, because it was too long. */
  readonly descriptionLost: boolean;
}

export async function findLeftovers(changes: FunctionChanges): Promise<readonly Leftovers[]> {
  const found = new Map<string, Leftovers>();
  for await (const { functionName, version, description } of changes.everyVersion()) {
    const mark = readMark(description);
    if (mark === null) continue;
    const latest = version === LATEST;
    const before = found.get(functionName);
    const begun: BegunChange[] = [];
    if (!latest) begun.push({ change: "publish", description });
    if (latest && mark.description !== null)
      begun.push({ change: "describe", from: mark.description, to: description });
    if (mark.reserved !== undefined) {
      begun.push({ change: "provision", version });
      if (mark.reserved !== null && mark.reserved < BESIDE_PROVISIONED)
        begun.push({ change: "reserve", from: mark.reserved, to: BESIDE_PROVISIONED });
    }
    found.set(functionName, {
      functionName,
      runs: [...new Set([...(before?.runs ?? []), mark.run])],
      begun: [...(before?.begun ?? []), ...begun],
      found: [...(before?.found ?? []), latest ? "its description" : `version ${version}`],
      descriptionLost: (before?.descriptionLost ?? false) || (latest && mark.description === null),
    });
  }
  return [...found.values()];
}
