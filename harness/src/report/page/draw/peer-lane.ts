/** Draws who holds each place of the peer, in the colour of the environment. */
import type { HoldMark, Lane } from "../../picture/marks.ts";
import { holdColour } from "../colours.ts";
import { BOLD_FONT, inPlot, visibleMarks, xOf, type Frame } from "./frame.ts";
import { roundedBar } from "./shapes.ts";

export interface PeerLaneOptions {
  readonly top: number;
  readonly height: number;
  readonly rows: readonly (readonly HoldMark[])[];
  readonly lanes: ReadonlyMap<number, Lane>;
  readonly chosen: ReadonlySet<number> | null;
}

export function drawPeerLane(frame: Frame, { top, height, rows, lanes, chosen }: PeerLaneOptions): void {
  const { ctx, colours, left, right } = frame;
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(left + 0.5, top + 0.5, right - left - 1, height - 1);
  inPlot(frame, top, height, () => {
    const rowHeight = (height - 4) / Math.max(1, rows.length);
    for (const [index, holds] of rows.entries())
      drawRow(frame, { top: top + 2 + index * rowHeight, height: rowHeight, holds, lanes, chosen });
    ctx.globalAlpha = 1;
  });
}

const LABEL_HEIGHT_MIN = 10;

function drawRow(
  frame: Frame,
  {
    top,
    height,
    holds,
    lanes,
    chosen,
  }: Omit<PeerLaneOptions, "rows"> & { readonly holds: readonly HoldMark[] },
): void {
  const { ctx, colours, left, right, visible } = frame;
  let painted = Number.NEGATIVE_INFINITY;
  for (const { lane, from, to } of visibleMarks(holds, visible)) {
    const x = xOf(frame, from);
    const end = Math.max(xOf(frame, to), x + 2);
    if (end <= painted + 0.3) continue;
    painted = end;
    ctx.globalAlpha = chosen === null || chosen.has(lane) ? 1 : 0.3;
    ctx.fillStyle = holdColour(colours, lane);
    roundedBar(ctx, { x, y: top, width: end - x, height });
    if (height < LABEL_HEIGHT_MIN) continue;
    label(frame, {
      text: lanes.get(lane)?.name.short ?? "",
      from: Math.max(x, left),
      to: Math.min(end, right),
      y: top + height / 2 + 0.5,
    });
  }
}

function label(
  { ctx, colours }: Frame,
  {
    text,
    from,
    to,
    y,
  }: { readonly text: string; readonly from: number; readonly to: number; readonly y: number },
): void {
  ctx.font = BOLD_FONT;
  if (ctx.measureText(text).width + 10 > to - from) return;
  ctx.fillStyle = colours["on-hold"];
  ctx.textAlign = "center";
  ctx.fillText(text, (from + to) / 2, y);
}
