/** One drawing surface with its time scale. Drawing code uses CSS pixels, whatever the resolution of the screen. */
import type { Colours } from "../colours.ts";
import type { ShownRange } from "../time-view.ts";

export interface Frame {
  readonly ctx: CanvasRenderingContext2D;
  readonly colours: Colours;
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly visible: ShownRange;
}

export interface FrameOptions {
  readonly colours: Colours;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly visible: ShownRange;
}

export const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const SMALL_FONT = FONT.replace("12px", "11px");
export const BOLD_FONT = `600 ${SMALL_FONT}`;

export function frameOf(canvas: HTMLCanvasElement, options: FrameOptions): Frame {
  const ratio = Math.max(1, window.devicePixelRatio);
  const [width, height] = [Math.round(options.width * ratio), Math.round(options.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${options.width}px`;
  canvas.style.height = `${options.height}px`;
  const ctx = canvas.getContext("2d");
  if (ctx === null) throw new Error("this browser draws no canvas");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, options.width, options.height);
  ctx.font = FONT;
  ctx.textBaseline = "middle";
  return {
    ctx,
    colours: options.colours,
    width: options.width,
    left: options.left,
    right: options.right,
    visible: options.visible,
  };
}

export function xOf({ left, right, visible }: Frame, instant: number): number {
  return left + ((instant - visible.from) / (visible.to - visible.from)) * (right - left);
}

export function inPlot(frame: Frame, top: number, height: number, draw: () => void): void {
  const { ctx, left, right } = frame;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, height);
  ctx.clip();
  draw();
  ctx.restore();
}

/** A binary search is not possible, because marks may overlap: a connection of a dead process can outlast later marks. */
export function visibleMarks<M extends { readonly from: number; readonly to: number }>(
  marks: readonly M[],
  { from, to }: ShownRange,
): readonly M[] {
  return marks.filter((mark) => mark.to >= from && mark.from <= to);
}
