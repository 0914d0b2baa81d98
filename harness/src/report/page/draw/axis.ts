/** The time axis: minutes and seconds since the start, with lines that run through everything below. */
import { scaleUtc } from "d3-scale";
import { formatOffset } from "../../view/format-time.ts";
import { RIGHT } from "../layout.ts";
import { SMALL_FONT, xOf, type Frame } from "./frame.ts";

export interface Tick {
  readonly instant: number;
  readonly label: string;
}

/** Round instants since the start. Offset 0 is given to the scale as the epoch, so its steps are those of a clock. */
export function ticksOf({ left, right, visible }: Frame): readonly Tick[] {
  const scale = scaleUtc().domain([new Date(visible.from), new Date(visible.to)]);
  const instants = scale.ticks(Math.max(2, Math.floor((right - left) / 95))).map(Number);
  const step = Math.min(...instants.slice(1).map((instant, index) => instant - (instants[index] ?? 0)));
  const decimals = step >= 1_000 || instants.length < 2 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  return instants.map((instant) => ({ instant, label: formatOffset(instant, decimals) }));
}

export function drawAxis(frame: Frame, { top, height }: { readonly top: number; readonly height: number }): void {
  const { ctx, colours, left, right } = frame;
  ctx.font = SMALL_FONT;
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "center";
  for (const { instant, label } of ticksOf(frame)) {
    const x = xOf(frame, instant);
    const half = ctx.measureText(label).width / 2;
    if (x - half < left - 24 || x + half > right + RIGHT) continue;
    ctx.fillText(label, x, top + height / 2 - 1);
  }
}

export function drawGrid(frame: Frame, { top, height }: { readonly top: number; readonly height: number }): void {
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
