/**
 * Shows the progress of reading log groups on standard error: on a terminal one line that is rewritten, elsewhere a new line every 12
 * seconds.
 */
import type { Clock } from "../../ports/clock.ts";
import type { Output } from "../machine.ts";

const PLAIN_EVERY_MS = 12_000;
const CLEAR_LINE = "\r\u001b[K";

interface ReadingProgress {
  show(what: string, state: { readonly hour: number; readonly hours: number; readonly events: number }): void;
  /** Called when CloudWatch throttles the reading: shows the last state again, and that the reading waits. */
  throttled(): void;
  end(): void;
}

export function readingProgress(output: Output, clock: Clock): ReadingProgress {
  let live = false;
  let lastPlain: number | null = null;
  let last = "CloudWatch Logs";
  const tell = (text: string, isLast: boolean): void => {
    if (output.isTerminal) {
      output.write(`${CLEAR_LINE}${text.slice(0, output.columns - 1)}`);
      live = true;
      return;
    }
    const now = clock.monotonic();
    if (!isLast && lastPlain !== null && now - lastPlain < PLAIN_EVERY_MS) return;
    lastPlain = now;
    output.write(`${text}\n`);
  };
  return {
    show: (what, { hour, hours, events }) => {
      last = `${what}: ${hour} of ${hours} hours, ${events} events`;
      tell(last, hour === hours);
    },
    throttled: () => tell(`${last}, throttled: waiting`, false),
    end: () => {
      if (live) output.write(CLEAR_LINE);
      live = false;
    },
  };
}
