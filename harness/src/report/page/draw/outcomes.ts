import type { InvokeMark } from "../../picture/marks.ts";
import { inPlot, SMALL_FONT, visibleMarks, xOf, type Frame } from "./frame.ts";

const STEPS_MS = [
  10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000,
];
const BAR_WIDTH_MIN = 9;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly unknown: number;
}

/** Returns the usual time between two invocations, or 0 if there are too few invocations. */
export function cadenceOf(invokes: readonly InvokeMark[]): number {
  const gaps = invokes.slice(1).map(({ from }, index) => from - (invokes[index]?.from ?? from));
  gaps.sort((left, right) => left - right);
  return gaps[gaps.length >> 1] ?? 0;
}

/**
 * Counts invocations in equal intervals (bins). Bins begin at round instants, so they do not move while the user pans. No bin is much
 * shorter than the time between two invocations, because empty bins would look like missing data.
 */
export function binsOf(frame: Frame, invokes: readonly InvokeMark[], cadence: number): readonly Bin[] {
  const { visible, left, right } = frame;
  const narrowest = ((visible.to - visible.from) / (right - left)) * BAR_WIDTH_MIN;
  const step =
    STEPS_MS.find((each) => each >= narrowest && each >= cadence * 0.8) ?? STEPS_MS.at(-1) ?? 1_000;
  const bins = new Map<number, Record<InvokeMark["shown"], number>>();
  const wider = { from: Math.floor(visible.from / step) * step, to: Math.ceil(visible.to / step) * step };
  for (const { from, shown } of visibleMarks(invokes, wider)) {
    const key = Math.floor(from / step);
    const bin = bins.get(key) ?? { succeeded: 0, failed: 0, unknown: 0 };
    bins.set(key, bin);
    bin[shown] += 1;
  }
  return [...bins]
    .sort(([one], [other]) => one - other)
    .map(([key, bin]) => ({ from: key * step, to: (key + 1) * step, ...bin }));
}

export function drawOutcomes(
  frame: Frame,
  { top, height, bins }: { readonly top: number; readonly height: number; readonly bins: readonly Bin[] },
): void {
  const { ctx, colours, left, right } = frame;
  const most = bins.reduce(
    (sum, { succeeded, failed, unknown }) => Math.max(sum, succeeded + failed + unknown),
    1,
  );
  ctx.font = SMALL_FONT;
  ctx.textAlign = "right";
  ctx.fillStyle = colours.muted;
  ctx.fillText(String(most), left - 8, top + 5);
  ctx.fillText("0", left - 8, top + height - 3);
  ctx.fillStyle = colours.grid;
  ctx.fillRect(left, top + height, right - left, 1);
  const stacked = [
    ["succeeded", colours.ok],
    ["unknown", colours.unknown],
    ["failed", colours.failed],
  ] as const;
  inPlot(frame, top, height, () => {
    for (const { from, to, ...bin } of bins) {
      const x = xOf(frame, from) + 1;
      const width = Math.max(1, xOf(frame, to) - x - 1);
      let bottom = top + height;
      for (const [shown, colour] of stacked) {
        const part = (bin[shown] / most) * height;
        bottom -= part;
        ctx.fillStyle = colour;
        ctx.fillRect(x, bottom, width, part);
      }
    }
  });
}
