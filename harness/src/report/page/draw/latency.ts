import type { InvokeMark } from "../../picture/marks.ts";
import { formatLength } from "../../view/format-time.ts";
import { inPlot, SMALL_FONT, visibleMarks, xOf, type Frame } from "./frame.ts";
import { drawCross } from "./shapes.ts";

export interface LatencyOptions {
  readonly top: number;
  readonly height: number;
  readonly invokes: readonly InvokeMark[];
  /**
   * All latencies of the run lie between 10 to the power of the first number and 10 to the power of the second. A latency below 1 ms counts
   * as 1 ms.
   */
  readonly decades: readonly [number, number];
}

/** Without a driver, logs show how long an invocation took, but not how long its caller waited. */
export function latencyTitle(invokes: readonly InvokeMark[]): string {
  const driven = invokes.length === 0 || invokes.some(({ invocation }) => invocation.latencyMs !== null);
  return driven ? "Latency" : "Duration";
}

/** The scale covers all invocations of the run, so it does not change with the zoom. */
export function decadesOf(invokes: readonly InvokeMark[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { tookMs } of invokes) {
    if (tookMs === null) continue;
    least = Math.min(least, Math.max(1, tookMs));
    most = Math.max(most, tookMs);
  }
  if (most === 0) return [0, 3];
  const low = Math.floor(Math.log10(least));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(most) - 1e-9))];
}

export function drawLatency(
  frame: Frame,
  { top, height, invokes, decades: [low, high] }: LatencyOptions,
): void {
  const { ctx, colours, left, right } = frame;
  const yOf = (latency: number): number =>
    top + height - ((Math.log10(Math.max(latency, 10 ** low)) - low) / (high - low)) * height;
  ctx.font = SMALL_FONT;
  ctx.textAlign = "right";
  for (let decade = low; decade <= high; decade += 1) {
    const y = Math.round(yOf(10 ** decade)) + 0.5;
    ctx.fillStyle = colours.grid;
    ctx.fillRect(left, y - 0.5, right - left, 1);
    ctx.fillStyle = colours.muted;
    ctx.fillText(formatLength(10 ** decade), left - 8, y);
  }
  inPlot(frame, top - 6, height + 12, () => {
    const marks = visibleMarks(invokes, frame.visible);
    drawDots(frame, marks, { shown: "succeeded", colour: frame.colours.ok, yOf });
    drawDots(frame, marks, { shown: "unknown", colour: frame.colours.unknown, yOf });
    for (const { from, tookMs, shown } of marks) {
      if (shown !== "failed" || tookMs === null) continue;
      drawCross(ctx, { x: xOf(frame, from), y: yOf(tookMs), size: 3, colour: colours.failed });
    }
  });
}

/** Dots on the same pixel are drawn once. */
function drawDots(
  frame: Frame,
  marks: readonly InvokeMark[],
  dots: {
    readonly shown: InvokeMark["shown"];
    readonly colour: string;
    readonly yOf: (latency: number) => number;
  },
): void {
  const { ctx, width } = frame;
  const { colour, yOf } = dots;
  const drawn = new Set<number>();
  ctx.fillStyle = colour;
  for (const { from, tookMs, shown } of marks) {
    if (shown !== dots.shown || tookMs === null) continue;
    const [x, y] = [xOf(frame, from), yOf(tookMs)];
    const pixel = Math.round(y) * Math.ceil(width) + Math.round(x);
    if (drawn.has(pixel)) continue;
    drawn.add(pixel);
    ctx.beginPath();
    ctx.arc(x, y, 2.4, 0, 2 * Math.PI);
    ctx.fill();
  }
}
