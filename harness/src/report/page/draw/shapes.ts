import { BOLD_FONT, xOf, type Frame } from "./frame.ts";

export interface Bar {
  readonly from: number;
  readonly to: number;
}

export interface BarStyle {
  readonly top: number;
  readonly height: number;
  readonly colour: string;
  /** Makes even a very short event visible. */
  readonly widthMin: number;
}

/**
 * Bars are ascending by `from`. A bar on painted pixels is skipped, so the cost depends on the width of the screen, not on the number of
 * bars.
 */
export function drawBars(
  frame: Frame,
  bars: readonly Bar[],
  { top, height, colour, widthMin }: BarStyle,
): void {
  const { ctx } = frame;
  ctx.fillStyle = colour;
  let painted = Number.NEGATIVE_INFINITY;
  for (const { from, to } of bars) {
    const start = xOf(frame, from);
    const end = Math.max(xOf(frame, to), start + widthMin);
    if (end <= painted + 0.3) continue;
    roundedBar(ctx, { x: start, y: top, width: end - start, height });
    painted = end;
  }
}

export function roundedBar(
  ctx: CanvasRenderingContext2D,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(2.5, width / 2, height / 2));
  ctx.fill();
}

/** For what is possible and not certain. */
export function hatchedBar(
  { ctx, left, right }: Frame,
  {
    x,
    y,
    width,
    height,
    colour,
  }: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly colour: string;
  },
): void {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(2.5, width / 2, height / 2));
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  const end = Math.min(x + width, right) + height;
  for (let at = Math.max(x, left); at < end; at += HATCH) {
    ctx.moveTo(at - height, y + height);
    ctx.lineTo(at, y);
  }
  ctx.stroke();
  ctx.restore();
}

const HATCH = 5;

export function drawCross(
  ctx: CanvasRenderingContext2D,
  {
    x,
    y,
    size,
    colour,
  }: { readonly x: number; readonly y: number; readonly size: number; readonly colour: string },
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.lineCap = "round";
  ctx.beginPath();
  ctx.moveTo(x - size, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.moveTo(x + size, y - size);
  ctx.lineTo(x - size, y + size);
  ctx.stroke();
}

/** Returns the width, or 0 if there is not enough room. */
export function drawTag(
  frame: Frame,
  {
    text,
    x,
    y,
    room,
    colour,
  }: {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly room: number;
    readonly colour: string;
  },
): number {
  const { ctx, colours } = frame;
  const width = tagWidth(frame, text);
  if (width > room) return 0;
  ctx.fillStyle = colours.plot;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(x + 0.5, y - 9.5, width, 18, 9);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = colour;
  ctx.textAlign = "left";
  ctx.fillText(text, x + 7.5, y + 0.5);
  return width;
}

export function tagWidth({ ctx }: Frame, text: string): number {
  ctx.font = BOLD_FONT;
  return ctx.measureText(text).width + 14;
}
