import type { Clock } from "../../run/ports/clock.ts";
import type { Output } from "../machine.ts";
import { PLAIN_EVERY_MS, statusLine } from "../status-line.ts";

interface ReadingProgress {
  show(what: string, state: { readonly hour: number; readonly hours: number; readonly events: number }): void;
  /** CloudWatch throttles the reading. */
  throttled(): void;
  end(): void;
}

export function readingProgress(output: Output, clock: Clock): ReadingProgress {
  const line = statusLine(output, clock, { everyMs: () => PLAIN_EVERY_MS });
  let last = "CloudWatch Logs";
  return {
    show: (what, { hour, hours, events }) => {
      last = `${what}: ${hour} of ${hours} hours, ${events} events`;
      line.show(last, hour === hours);
    },
    throttled: () => line.show(`${last}, throttled: waiting`, false),
    end: () => line.clear(),
  };
}
