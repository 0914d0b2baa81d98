import type { ExposureMark, WindowMark } from "../../picture/marks.ts";
import { BOLD_FONT, inPlot, visibleMarks, xOf, type Frame } from "./frame.ts";
import { roundedBar } from "./shapes.ts";

export function drawWindowBands(
  frame: Frame,
  windows: readonly WindowMark[],
  { top, height }: { readonly top: number; readonly height: number },
): void {
  const { ctx, colours } = frame;
  inPlot(frame, top, height, () => {
    for (const { from, to } of visibleMarks(windows, frame.visible)) {
      const x = xOf(frame, from);
      const width = Math.max(2, xOf(frame, to) - x);
      ctx.fillStyle = colours.window;
      ctx.fillRect(x, top, width, height);
      ctx.fillStyle = colours["window-edge"];
      ctx.fillRect(x, top, 1, height);
      ctx.fillRect(x + width - 1, top, 1, height);
    }
  });
}

export interface TrackOptions {
  readonly top: number;
  readonly height: number;
  readonly windows: readonly WindowMark[];
  readonly exposures: readonly ExposureMark[];
  readonly chosen: number | null;
}

export function drawTrack(frame: Frame, { top, height, windows, exposures, chosen }: TrackOptions): void {
  const { ctx, colours, left, right } = frame;
  inPlot(frame, top - 3, height + 6, () => {
    for (const { from, to } of visibleMarks(exposures, frame.visible)) {
      const [x, end] = [xOf(frame, from), xOf(frame, to)];
      ctx.fillStyle = colours.muted;
      ctx.fillRect(x, top + height - 3, Math.max(2, end - x), 2);
      diamond(ctx, x, top + height - 2);
    }
    for (const { from, to, index } of visibleMarks(windows, frame.visible)) {
      const x = xOf(frame, from);
      const width = Math.max(4, xOf(frame, to) - x);
      ctx.fillStyle = colours.failed;
      roundedBar(ctx, { x, y: top, width, height: height - 5 });
      if (chosen === index) outline(frame, { x, y: top, width, height: height - 5 });
      ctx.font = BOLD_FONT;
      ctx.textAlign = "left";
      ctx.fillStyle = colours["on-hold"];
      const [start, end] = [Math.max(x, left) + 6, Math.min(x + width, right) - 4];
      const text = [`Harm ${index + 1}`, String(index + 1)].find(
        (each) => ctx.measureText(each).width <= end - start,
      );
      if (text !== undefined) ctx.fillText(text, start, top + (height - 5) / 2 + 0.5);
    }
  });
}

function outline(
  { ctx, colours }: Frame,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  ctx.strokeStyle = colours.text;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(x + 0.75, y + 0.75, width - 1.5, height - 1.5);
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - 4);
  ctx.lineTo(x + 4, y);
  ctx.lineTo(x, y + 4);
  ctx.lineTo(x - 4, y);
  ctx.closePath();
  ctx.fill();
}
