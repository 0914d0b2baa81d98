/** Asks before a search that may take hours or longer. */
import type { ScheduledLever } from "../../words/lever.ts";
import { estimate } from "../../explore/estimate.ts";
import { fromTo } from "../../report/text/from-to.ts";
import { wrap } from "../../report/text/wrap.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";

/** A search of depth 4 has fewer schedules, and takes up to about an hour on two processors. */
const ASK_ABOVE_SCHEDULES = 100_000;

export async function confirmSearch(
  machine: Machine,
  {
    depth,
    provoke,
    yes,
  }: { readonly depth: number; readonly provoke: readonly ScheduledLever[]; readonly yes: boolean },
): Promise<void> {
  const { least, most } = estimate(depth, provoke);
  if (most <= ASK_ABOVE_SCHEDULES || yes) return;
  const why = `--depth ${depth} means ${fromTo(least.toLocaleString("en"), most.toLocaleString("en"))} schedules, depending on how many of them lead to the same state, and a machine plays tens of them per second`;
  machine.stderr.write(`${wrap(`${why}.`, { columns: machine.stderr.columns }).join("\n")}\n`);
  await confirm(machine, { command: "longrun explore", question: "Start?", why: "the search may take long" });
}
