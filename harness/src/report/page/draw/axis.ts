import { scaleUtc } from "d3-scale";
import { formatClock, formatInstant, formatOffset } from "../../view/format-time.ts";
import { RIGHT } from "../layout.ts";
import { SMALL_FONT, xOf, type Frame } from "./frame.ts";

export interface Tick {
  readonly instant: number;
  readonly label: string;
}

/**
 * Returns round instants since the start, as many as fit with labels that do not touch. The scale expects times since the epoch and gets
 * offsets since the start, so its steps are whole milliseconds, seconds, minutes or hours of the run.
 */
export function ticksOf(frame: Frame): readonly Tick[] {
  const { ctx, left, right, visible } = frame;
  const scale = scaleUtc().domain([new Date(visible.from), new Date(visible.to)]);
  ctx.font = SMALL_FONT;
  for (let wanted = Math.max(2, Math.floor((right - left) / 80)); wanted > 1; wanted -= 1) {
    const ticks = labelled(scale.ticks(wanted).map(Number));
    const [first, second] = ticks;
    if (first === undefined || second === undefined) return ticks;
    const widest = Math.max(
      ctx.measureText(first.label).width,
      ctx.measureText(ticks.at(-1)?.label ?? "").width,
    );
    if (xOf(frame, second.instant) - xOf(frame, first.instant) >= widest + LABEL_GAP) return ticks;
  }
  return labelled(scale.ticks(1).map(Number)).slice(0, 2);
}

const LABEL_GAP = 22;

function labelled(instants: readonly number[]): readonly Tick[] {
  const step = (instants[1] ?? Number.POSITIVE_INFINITY) - (instants[0] ?? 0);
  const decimals = step >= 1_000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  return instants.map((instant) => ({ instant, label: formatOffset(instant, decimals) }));
}

export function drawAxis(
  frame: Frame,
  { top, height }: { readonly top: number; readonly height: number },
): void {
  drawLabels(frame, ticksOf(frame), top + height / 2 - 1);
}

/** Draws the time of day (UTC) at the same instants. If the visible part has more than a day, the day stands before the time. */
export function drawClockAxis(
  frame: Frame,
  { top, height, start }: { readonly top: number; readonly height: number; readonly start: number },
): void {
  const { from, to } = frame.visible;
  const ticks = ticksOf(frame);
  const step = (ticks[1]?.instant ?? Number.POSITIVE_INFINITY) - (ticks[0]?.instant ?? 0);
  const labels = ticks.map(({ instant }) => ({
    instant,
    label: clockLabel(start + instant, { step, withDay: to - from > DAY_MS }),
  }));
  drawLabels(frame, labels, top + height / 2);
}

const DAY_MS = 86_400_000;

/** `01:02:03`, with milliseconds if ticks are closer than a second, or `25 Nov 01:02`. */
export function clockLabel(
  instant: number,
  { step, withDay }: { readonly step: number; readonly withDay: boolean },
): string {
  if (!withDay) return formatClock(instant).slice(0, step < 1_000 ? 12 : 8);
  const [day = "", month = ""] = formatInstant(instant).split(" ");
  return `${day} ${month} ${formatClock(instant).slice(0, 5)}`;
}

function drawLabels(frame: Frame, ticks: readonly Tick[], y: number): void {
  const { ctx, colours, left, right } = frame;
  ctx.font = SMALL_FONT;
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "center";
  for (const { instant, label } of ticks) {
    const x = xOf(frame, instant);
    const half = ctx.measureText(label).width / 2;
    if (x - half < left - 24 || x + half > right + RIGHT) continue;
    ctx.fillText(label, x, y);
  }
}

export function drawGrid(
  frame: Frame,
  { top, height }: { readonly top: number; readonly height: number },
): void {
  const { ctx, colours, left, right } = frame;
  ctx.strokeStyle = colours.grid;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const { instant } of ticksOf(frame)) {
    const x = Math.round(xOf(frame, instant)) + 0.5;
    if (x < left || x > right) continue;
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + height);
  }
  ctx.stroke();
}
