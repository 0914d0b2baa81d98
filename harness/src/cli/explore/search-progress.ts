/** Shows how far a search is, on standard error. */
import { systemClock } from "../../adapters/node/system-clock.ts";
import type { ExploreEvent } from "../../explore/explore.ts";
import { fromTo } from "../../report/text/from-to.ts";
import { wrap } from "../../report/text/wrap.ts";
import type { Machine } from "../machine.ts";
import { statusLine } from "../status-line.ts";

const SHOWN_EVERY_MS = 1_000;

interface SearchLine {
  report(event: ExploreEvent): void;
  say(text: string): void;
  end(): void;
}

export function searchProgress({ stderr }: Machine): SearchLine {
  const line = statusLine(stderr, systemClock, { everyMs: () => SHOWN_EVERY_MS });
  return {
    say: (text) => line.say([text]),
    end: () => line.clear(),
    report: (event) => {
      switch (event.event) {
        case "estimate": {
          const { least, most } = event.estimate;
          const time = (count: number): string => lengthOf(count / event.schedulesPerSecond);
          line.say(
            wrap(
              `${fromTo(least.toLocaleString("en"), most.toLocaleString("en"))} schedules; at ${event.schedulesPerSecond.toFixed(0)} per second this takes ${fromTo(time(least), time(most))}, plus the time of time-outs. Fewer are played if many of them lead to the same state. Ctrl-C keeps what was found.`,
              { columns: stderr.columns },
            ),
          );
          return;
        }
        case "level":
          line.show(
            `${event.depth} ${event.depth === 1 ? "step" : "steps"}: ${event.played} of ${event.ofLevel} played, ${event.breaking} broke the function`,
            event.played === event.ofLevel,
          );
          return;
        case "random":
          line.show(`schedules drawn at random: ${event.runs} of ${event.of}`, event.runs === event.of);
      }
    },
  };
}

function lengthOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.ceil(seconds / 3_600)} h`;
  const days = seconds / 86_400;
  return days < 730 ? `${Math.ceil(days)} days` : `${Math.ceil(days / 365).toLocaleString("en")} years`;
}
