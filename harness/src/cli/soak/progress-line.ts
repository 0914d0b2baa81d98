/**
 * The live view of a soak on standard error. Without a terminal, a plain line is written every few seconds. The line has at most 79
 * columns: a line that wraps cannot be rewritten, and CI services show logs in narrow windows.
 */
import type { DriveProgress, JudgedSoFar, Progress } from "../../run/ports/progress.ts";
import type { Clock } from "../../run/ports/clock.ts";
import { problemSentence } from "../../report/wording/evidence-problem-sentences.ts";
import { noticeSentence } from "../../report/wording/notice-sentence.ts";
import { wrap } from "../../report/text/wrap.ts";
import type { Output } from "../machine.ts";
import { PLAIN_EVERY_MS, statusLine } from "../status-line.ts";

/** Without a terminal, lines come less often later: too many of them would make the log of a run of days hard to read. */
const PLAIN_LATER_MS = 60_000;
const LATER_FROM_MS = 600_000;
const COLUMNS_MAX = 79;
const GAP = "  ";
/**
 * Figures of a judgement that is at least this old are shown with their time. A new judgement comes every few seconds, less often in a long
 * run or on a busy machine.
 */
const OLD_MS = 10_000;

interface ProgressLine extends Progress {
  /** Clears the line, so that later output has a line of its own. */
  end(): void;
}

export function progressLine(output: Output, clock: Clock): ProgressLine {
  const began = clock.monotonic();
  const line = statusLine(output, clock, {
    columnsMax: COLUMNS_MAX,
    everyMs: () => (clock.monotonic() - began < LATER_FROM_MS ? PLAIN_EVERY_MS : PLAIN_LATER_MS),
  });
  const say = (sentence: string): void =>
    line.say(output.isTerminal ? wrap(sentence, { columns: line.columns }) : [sentence]);
  return {
    say,
    sayProblem: (problem) => say(problemSentence(problem)),
    sayNotice: (notice) => say(noticeSentence(notice)),
    drive: (state, last) => line.show(driveLine(state, Math.min(COLUMNS_MAX, line.columns)), last),
    settle: ({ leftMs, waitsFor }) => {
      const what =
        waitsFor === "metrics"
          ? "waiting for CloudWatch's metrics"
          : waitsFor === 0
            ? "reading the last logs"
            : `waiting for the logs of ${waitsFor} invocation${waitsFor === 1 ? "" : "s"}`;
      line.show(`${what}, at most ${formatElapsed(leftMs)} more`, false);
    },
    end: () => line.clear(),
  };
}

/** The most important figures come first. Figures that do not fit are left out. */
export function driveLine(state: DriveProgress, columns = Infinity): string {
  const failed = state.functionErrors + state.otherErrors;
  const driven = [
    `${formatElapsed(Math.min(state.elapsedMs, state.totalMs))}/${formatElapsed(state.totalMs)}`,
    `${state.succeeded} ok`,
    `${failed} failed`,
  ];
  const more = [
    ...(state.throttled > 0 ? [`${state.throttled} throttled`] : []),
    ...(state.skipped > 0 ? [`${state.skipped} skipped`] : []),
  ];
  const { judged } = state;
  const shown = judged === null ? [] : judgedParts(judged, state).map((parts) => [...driven, ...parts]);
  const line = [...shown, driven, driven.slice(0, 2)]
    .flatMap((parts) => [[...parts, ...more].join(GAP), parts.join(GAP)])
    .find((text) => text.length <= columns);
  return line ?? driven.join(GAP).slice(0, columns);
}

/** Three versions of the last judgement: with all figures, with two, and with one. */
function judgedParts(
  judged: JudgedSoFar,
  { elapsedMs, totalMs }: DriveProgress,
): readonly (readonly string[])[] {
  const isOld = Math.min(elapsedMs, totalMs) - judged.asOfMs >= OLD_MS;
  const asOf = isOld ? ` (as of ${formatElapsed(judged.asOfMs)})` : "";
  const figures = [
    `${judged.harmed} harmed`,
    plural(judged.exposures, "exposure"),
    `${plural(judged.environmentsAlive, "environment")} alive`,
  ];
  return [3, 2, 1].map((count) => [`${figures.slice(0, count).join(GAP)}${asOf}`]);
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** 0:07, 12:34, 1:02:03 or 2d 03:04:05. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const [day, hour, minute, second] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  if (day > 0) return `${day}d ${two(hour)}:${two(minute)}:${two(second)}`;
  return hour > 0 ? `${hour}:${two(minute)}:${two(second)}` : `${minute}:${two(second)}`;
}
