/** A status line on standard error. A terminal rewrites it; other outputs get a new line from time to time. */
import type { Clock } from "../run/ports/clock.ts";
import type { Output } from "./machine.ts";

/** The usual pause between two lines if the output is not a terminal. A CI service ends a job that writes nothing for too long. */
export const PLAIN_EVERY_MS = 12_000;

const CLEAR_LINE = "\r\u001b[K";

export interface StatusLine {
  /** How wide the line may be: a line that wraps cannot be rewritten. Infinity if the line is not rewritten. */
  readonly columns: number;
  /** `always`: even if the previous line was printed a moment ago. */
  show(text: string, always: boolean): void;
  /** Prints sentences in place of the line. */
  say(lines: readonly string[]): void;
  /** Clears the line, so that later output has a line of its own. */
  clear(): void;
}

/** `everyMs` gives the pause between two lines if the output is not a terminal. */
export function statusLine(
  output: Output,
  clock: Clock,
  { columnsMax = Infinity, everyMs }: { readonly columnsMax?: number; readonly everyMs: () => number },
): StatusLine {
  let live = false;
  let lastPrinted: number | null = null;
  const columns = (): number => (output.isTerminal ? Math.min(columnsMax, output.columns - 1) : Infinity);
  return {
    get columns() {
      return columns();
    },
    show: (text, always) => {
      if (output.isTerminal) {
        output.write(`${CLEAR_LINE}${text.slice(0, columns())}`);
        live = true;
        return;
      }
      const now = clock.monotonic();
      if (!always && lastPrinted !== null && now - lastPrinted < everyMs()) return;
      lastPrinted = now;
      output.write(`${text}\n`);
    },
    say: (lines) => {
      // Cleared even if no status is shown, because the terminal may have echoed `^C`.
      if (output.isTerminal) output.write(CLEAR_LINE);
      live = false;
      output.write(`${lines.join("\n")}\n`);
    },
    clear: () => {
      if (live) output.write(CLEAR_LINE);
      live = false;
    },
  };
}
