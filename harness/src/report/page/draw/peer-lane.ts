/** Draws who holds each place of the peer, in the colour of the environment. */
import type { HoldMark, Lane } from "../../picture/marks.ts";
import { holdColour } from "../colours.ts";
import { BOLD_FONT, inPlot, visibleMarks, xOf, type Frame } from "./frame.ts";
import { drawTag, hatchedBar, roundedBar, tagWidth } from "./shapes.ts";

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
    drawSuspected(frame, { top: top + 2, height: height - 4, lanes, chosen });
    for (const [index, holds] of rows.entries())
      drawRow(frame, { top: top + 2 + index * rowHeight, height: rowHeight, holds, lanes, chosen });
    ctx.globalAlpha = 1;
  });
}

/** Hatches who may have held the peer, behind the connections that certainly held it. */
function drawSuspected(frame: Frame, { top, height, lanes, chosen }: Omit<PeerLaneOptions, "rows">): void {
  const { ctx, colours, left, right, visible } = frame;
  for (const lane of lanes.values())
    for (const { from, to, row, rows } of visibleMarks(lane.suspected, visible)) {
      const [x, end] = [xOf(frame, from), xOf(frame, to)];
      const [rowTop, rowHeight] = [top + (row * height) / rows, height / rows];
      const colour = holdColour(colours, lane.index);
      ctx.globalAlpha = chosen === null || chosen.has(lane.index) ? 1 : 0.3;
      hatchedBar(frame, { x, y: rowTop, width: Math.max(2, end - x), height: rowHeight, colour });
      if (rows > 1) continue;
      const text = `${lane.name.short}?`;
      const [start, room] = [Math.max(x, left), Math.min(end, right) - Math.max(x, left)];
      const middle = start + (room - tagWidth(frame, text)) / 2;
      drawTag(frame, { text, x: middle, y: top + height / 2, room, colour });
    }
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
