import {
  CALIBRATION_RUN_MS_LEAST,
  OBSERVATIONS_LEAST,
  type CalibratedRow,
  type Calibration,
  type Figure,
  type GapRow,
  type InitShare,
  type LengthRow,
} from "../result/calibration.ts";
import { printable } from "./text/printable.ts";
import { table, type Cell, type Column } from "./text/table.ts";
import { wrap } from "./text/wrap.ts";
import { formatLength } from "./view/format-time.ts";
import { count } from "./wording/fixed-words.ts";

/** `rangeMs` is the range that the profile gets for this row; null if the profile has no such event. */
interface TakenRow {
  readonly row: GapRow;
  readonly rangeMs: readonly [least: number, most: number] | null;
}

interface CalibrationTextOptions {
  readonly columns: number;
  /** The profile whose values are kept for rows that are not measured. */
  readonly base: string;
}

const EVENT_WORDS: Readonly<Record<CalibratedRow, string>> = {
  retire: "Replacements of the environment in use",
  "initialise-ahead": "Inits ahead of need",
  "ahead-elsewhere": "INIT without INVOKE while an invocation waited for another Init",
};

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });

export function renderCalibration(
  calibration: Calibration,
  rows: readonly TakenRow[],
  { columns, base }: CalibrationTextOptions,
): string {
  const { runs, inits, aheadMs, lifeMs, idleMs, target, confidence } = calibration;
  const observed = runs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const paint = (_tone: unknown, text: string): string => text;
  const options = { columns: Math.max(60, Math.min(100, columns)), indent: "  ", paint };
  const blocks = [
    [
      `Calibrated from ${count(runs.length, "run")} (${target}), ${formatLength(observed)} in total. Confidence intervals: ${percent(confidence)}.`,
      ...runs.map(({ id, durationMs, functions }) =>
        printable(`  ${id}  ${formatLength(durationMs)}  ${functions.join(", ")}`),
      ),
    ],
    table(
      [left("Inits"), right("count"), right("share"), left("interval")],
      [
        [{ text: "that an invocation waited for" }, ...shareCells(inits.waitedFor)],
        [{ text: "ahead of need, invoked later" }, ...shareCells(inits.ahead)],
        [{ text: "INIT without INVOKE" }, ...shareCells(inits.withoutInvoke)],
        [{ text: "failed, or not known" }, { text: String(inits.other) }, { text: "" }, { text: "" }],
      ],
      options,
    ),
    lengthBlock("From an Init ahead of need to its first invocation", aheadMs, options),
    lengthBlock("Life of an environment that was invoked", lifeMs, options),
    lengthBlock("From the last invocation to the end", idleMs, options),
    ...rows.map(({ row }) =>
      lengthBlock(`${EVENT_WORDS[row.name]}, time from one to the next`, row, options),
    ),
    [
      "Platform profile",
      ...rows.flatMap((row) =>
        wrap(rowSentence(row, base), { columns: options.columns, indent: "    ", first: "  " }),
      ),
    ],
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

export function shortRunWarnings({ runs }: Calibration): readonly string[] {
  return runs
    .filter(({ durationMs }) => durationMs < CALIBRATION_RUN_MS_LEAST)
    .map(
      ({ id, durationMs }) =>
        `${id} observed ${formatLength(durationMs)}. A calibration needs soaks of 24 h or more, because environments live for hours.`,
    );
}

export function rowSentence({ row, rangeMs }: TakenRow, base: string): string {
  const { name, observed, measured, leastMs, mostMs } = row;
  const seen = `${EVENT_WORDS[name]}: the time from one to the next was seen completely ${count(observed, "time")}`;
  const range =
    rangeMs === null ? "no such event" : `${formatLength(rangeMs[0])} to ${formatLength(rangeMs[1])}`;
  if (measured)
    return `${seen}. Measured: every ${range} (confidence interval of the first value: ${interval(leastMs)}; of the second value: ${interval(mostMs)}).`;
  const why =
    observed < OBSERVATIONS_LEAST
      ? `and ${OBSERVATIONS_LEAST} are needed`
      : "but too many of the long gaps had not ended when the observation ended";
  return `${seen}, ${why}. The value of ${base} is kept: ${rangeMs === null ? range : `every ${range}`}.`;
}

function shareCells({ count: amount, share }: InitShare): readonly Cell[] {
  const text = share.value === null ? "–" : percent(share.value);
  const bounds =
    share.low === null || share.high === null ? "" : `${percent(share.low)} to ${percent(share.high)}`;
  return [{ text: String(amount) }, { text }, { text: bounds }];
}

function lengthBlock(
  title: string,
  { observed, open, quartilesMs }: LengthRow,
  options: Parameters<typeof table>[2],
): readonly string[] {
  const [first, median, third] = quartilesMs;
  const more = open === 0 ? "" : `, ${open} more had not ended`;
  if (observed + open === 0) return [`${title}: none seen`];
  const rows = [
    { name: "first quartile", figure: first },
    { name: "median", figure: median },
    { name: "third quartile", figure: third },
  ].map(({ name, figure }): readonly Cell[] => [
    { text: name },
    { text: figure.value === null ? "–" : formatLength(figure.value) },
    { text: interval(figure) },
  ]);
  return [
    `${title}: ${observed} seen${more}`,
    ...table([left(""), right(""), left("interval")], rows, options).slice(1),
  ];
}

function interval({ low, high }: Figure): string {
  if (low === null && high === null) return "none: too few observations";
  if (high === null) return `${formatLength(low ?? 0)} or more`;
  return low === null ? `at most ${formatLength(high)}` : `${formatLength(low)} to ${formatLength(high)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
