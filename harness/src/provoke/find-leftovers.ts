/** Finds what killed runs left in a Region, by the marks in the descriptions and the tags of copies: without the runs' folders. */
import type { FunctionChanges } from "../run/ports/function-changes.ts";
import { COPY_PREFIX, readMark } from "./mark.ts";
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
  const add = (functionName: string, run: string, more: Omit<Leftovers, "functionName" | "runs">): void => {
    const before = found.get(functionName);
    found.set(functionName, {
      functionName,
      runs: [...new Set([...(before?.runs ?? []), run])],
      begun: [...(before?.begun ?? []), ...more.begun],
      found: [...(before?.found ?? []), ...more.found],
      descriptionLost: (before?.descriptionLost ?? false) || more.descriptionLost,
    });
  };
  for await (const { functionName, version, description } of changes.everyVersion()) {
    const latest = version === LATEST;
    const copiedBy =
      latest && functionName.startsWith(COPY_PREFIX) ? await changes.copiedBy(functionName) : null;
    if (copiedBy != null)
      add(functionName, copiedBy, {
        begun: [{ change: "copy", run: copiedBy }],
        found: ["a copy"],
        descriptionLost: false,
      });
    const mark = readMark(description);
    if (mark === null) continue;
    const begun: BegunChange[] = [];
    if (!latest) begun.push({ change: "publish", description });
    if (latest && mark.description !== null)
      begun.push({ change: "describe", from: mark.description, to: description });
    if (mark.reserved !== undefined) {
      begun.push({ change: "provision", version });
      if (mark.reserved !== null && mark.reserved < BESIDE_PROVISIONED)
        begun.push({ change: "reserve", from: mark.reserved, to: BESIDE_PROVISIONED });
    }
    add(functionName, mark.run, {
      begun,
      found: [
        latest ? "its description" : `version ${version}`,
        ...begun.flatMap(({ change }) =>
          change === "provision"
            ? [`the provisioned concurrency of version ${version}`]
            : change === "reserve"
              ? ["its reserved concurrency"]
              : [],
        ),
      ],
      descriptionLost: latest && mark.description === null,
    });
  }
  return [...found.values()];
}
