/**
 * The judge of a run: reads the run directory as it is, analyses it, and renders what comes out. While the run goes on
 * it judges in this process as long as that is quick, and in one of its own from then on.
 */
import { liveSummaryProcess } from "../../adapters/node/live-summary.ts";
import { readRun } from "../../adapters/node/read-run.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import type { Judge } from "../../ports/judge.ts";
import { judge } from "../judgement.ts";
import type { Machine } from "../machine.ts";
import { renderAll } from "../render.ts";
import { liveSummary, parseLiveSummary } from "./live-summary.ts";

/** A pause in the pacing that nobody notices. */
const QUICK_MS = 100;

export function runJudge(machine: Machine, folder: string): Judge {
  let quick = true;
  return {
    live: async (giveUp) => {
      if (!quick) return parseLiveSummary(await liveSummaryProcess(folder, machine.environment, giveUp));
      const began = systemClock.monotonic();
      const summary = liveSummary(judge(readRun(folder)));
      quick = systemClock.monotonic() - began < QUICK_MS;
      return summary;
    },
    final: () => Promise.resolve(judge(readRun(folder))),
    render: renderAll,
  };
}
