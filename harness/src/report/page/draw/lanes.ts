/**
 * Draws one swim lane per execution environment: its life as a grey bar, Init and Invoke as blocks on it, and the held connection as a line
 * below.
 */
import type { InvokeMark, Lane } from "../../picture/marks.ts";
import { holdColour } from "../colours.ts";
import { inPlot, SMALL_FONT, visibleMarks, xOf, type Frame } from "./frame.ts";
import { drawBars, drawCross, drawTag, hatchedBar, tagWidth } from "./shapes.ts";

const LIFE_HEIGHT = 6;
const HOLD_HEIGHT = 4;
/** Rows with less height than this have no room for text. */
const ROOMY = 30;

export interface LanesOptions {
  /** Top of the first row on this canvas. Negative if rows above are scrolled out. */
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly lanes: readonly Lane[];
  readonly chosen: ReadonlySet<number> | null;
}

export interface RowGeometry {
  readonly blocks: number;
  readonly blockHeight: number;
  readonly hold: number;
}

export function rowGeometry(rowHeight: number): RowGeometry {
  if (rowHeight < ROOMY) return { blocks: rowHeight / 2 - 3, blockHeight: 9, hold: rowHeight - 4 };
  const [blocks, blockHeight] = [rowHeight / 2 - 4, 18];
  return { blocks, blockHeight, hold: blocks + blockHeight / 2 + 5 };
}

export function drawLanes(frame: Frame, { top, height, rowHeight, lanes, chosen }: LanesOptions): void {
  const { ctx, colours, width } = frame;
  const first = Math.max(0, Math.floor(-top / rowHeight));
  const last = Math.min(lanes.length - 1, Math.floor((height - top) / rowHeight));
  for (let row = first; row <= last; row += 1) {
    const lane = lanes[row];
    if (lane === undefined) continue;
    const y = top + row * rowHeight;
    ctx.fillStyle = colours.grid;
    ctx.fillRect(0, Math.round(y + rowHeight) - 1, width, 1);
    ctx.globalAlpha = chosen === null || chosen.has(lane.index) ? 1 : 0.25;
    inPlot(frame, y, rowHeight, () => drawLane(frame, lane, y, rowHeight));
    ctx.globalAlpha = 1;
  }
}

function drawLane(frame: Frame, lane: Lane, y: number, rowHeight: number): void {
  const { ctx, colours, visible } = frame;
  const { blockHeight, ...geometry } = rowGeometry(rowHeight);
  const [blocks, hold] = [y + geometry.blocks, y + geometry.hold];
  const roomy = rowHeight >= ROOMY;
  drawLife(frame, lane, { y: blocks, colour: lane.silent && !roomy ? colours.silent : colours.frozen });
  const block = { top: blocks - blockHeight / 2, height: blockHeight, widthMin: 3 };
  const invokes = visibleMarks(lane.invokes, visible);
  const drawInvokes = (shown: InvokeMark["shown"], colour: string): void =>
    drawBars(
      frame,
      invokes.filter((each) => each.shown === shown),
      { ...block, colour },
    );
  drawInvokes("succeeded", colours.ok);
  drawInvokes("unknown", colours.unknown);
  if (lane.init !== null) drawBars(frame, [lane.init], { ...block, colour: colours.init, widthMin: 4 });
  drawInvokes("failed", colours.failed);
  for (const { from, to } of visibleMarks(lane.suspected, visible)) {
    const x = xOf(frame, from);
    const bar = {
      x,
      y: hold - HOLD_HEIGHT / 2 - 1,
      width: Math.max(2, xOf(frame, to) - x),
      height: HOLD_HEIGHT + 2,
    };
    hatchedBar(frame, { ...bar, colour: holdColour(colours, lane.index) });
  }
  drawBars(frame, visibleMarks(lane.holds, visible), {
    top: hold - HOLD_HEIGHT / 2,
    height: HOLD_HEIGHT,
    colour: holdColour(colours, lane.index),
    widthMin: 2,
  });
  for (const { from } of visibleMarks(lane.attempts, visible))
    drawCross(ctx, { x: xOf(frame, from), y: hold, size: roomy ? 3 : 2.5, colour: colours.failed });
  for (const { from } of visibleMarks(lane.resets, visible)) drawReset(frame, xOf(frame, from), blocks);
  if (lane.end !== null)
    drawEnd(frame, xOf(frame, lane.end.from), {
      y: blocks,
      height: blockHeight,
      vanished: lane.end.ending === "vanished",
    });
  if (lane.silent && roomy) drawSilent(frame, lane, blocks);
}

/** Draws the tag INIT WITHOUT INVOKE at the first position that has room for it: on the bar, after the bar, or before the bar. */
function drawSilent(frame: Frame, lane: Lane, y: number): void {
  const { left, right, colours } = frame;
  const start = Math.max(left, xOf(frame, lane.init === null ? lane.from : lane.init.to)) + 8;
  const end = Math.min(right, xOf(frame, lane.to)) - 8;
  if (end < left || start > right) return;
  const after = end + (lane.endKnown ? 18 : 48);
  const before = Math.max(left, xOf(frame, lane.from)) - 10;
  const tag = { text: "INIT WITHOUT INVOKE", y, colour: colours.silent };
  const positions = [
    { x: start, room: end - start },
    { x: after, room: right - after - 2 },
    { x: before - tagWidth(frame, tag.text), room: before - left - 2 },
  ];
  for (const position of positions) if (drawTag(frame, { ...tag, ...position }) > 0) return;
}

function drawLife(
  frame: Frame,
  lane: Lane,
  { y, colour }: { readonly y: number; readonly colour: string },
): void {
  const { ctx, colours } = frame;
  drawBars(frame, [lane], {
    top: y - LIFE_HEIGHT / 2,
    height: LIFE_HEIGHT,
    colour,
    widthMin: 2,
  });
  if (lane.endKnown) return;
  const x = xOf(frame, lane.to);
  ctx.strokeStyle = colours.muted;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  ctx.beginPath();
  ctx.moveTo(x + 3, y);
  ctx.lineTo(x + 24, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = SMALL_FONT;
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "left";
  ctx.fillText("?", x + 27, y);
}

function drawEnd(
  { ctx, colours }: Frame,
  x: number,
  { y, height, vanished }: { readonly y: number; readonly height: number; readonly vanished: boolean },
): void {
  ctx.fillStyle = colours.shutdown;
  ctx.strokeStyle = colours.shutdown;
  ctx.lineWidth = 2;
  if (vanished) ctx.strokeRect(x - 3, y - height / 4, 6, height / 2);
  else ctx.fillRect(x - 2, y - height / 2, 4, height);
}

function drawReset({ ctx, colours }: Frame, x: number, y: number): void {
  ctx.strokeStyle = colours.failed;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(x + 3, y - 10);
  ctx.lineTo(x - 3, y + 1);
  ctx.lineTo(x + 3, y - 1);
  ctx.lineTo(x - 3, y + 10);
  ctx.stroke();
}
