/** Draws the parts of one picture for the screen, the print and the saved file. */
import type { Lane, Picture } from "../picture/marks.ts";
import { holdColour } from "./colours.ts";
import { drawAxis, drawClockAxis, drawGrid } from "./draw/axis.ts";
import { BOLD_FONT, SMALL_FONT, type Frame } from "./draw/frame.ts";
import { drawLanes } from "./draw/lanes.ts";
import { decadesOf, drawLatency, latencyTitle } from "./draw/latency.ts";
import { binsOf, cadenceOf, drawOutcomes } from "./draw/outcomes.ts";
import { drawPeerLane } from "./draw/peer-lane.ts";
import { drawTrack, drawWindowBands } from "./draw/windows.ts";
import { FOOT, HEAD } from "./layout.ts";

/** What the user chose. The chosen window has an outline. If lanes are chosen, the other lanes are dimmed. */
export interface Choice {
  readonly lanes: ReadonlySet<number> | null;
  readonly window: number | null;
}

export const NOTHING_CHOSEN: Choice = { lanes: null, window: null };

export interface PictureScene {
  readonly picture: Picture;
  readonly laneByIndex: ReadonlyMap<number, Lane>;
  readonly decades: readonly [number, number];
  readonly cadence: number;
  /** Epoch milliseconds of offset 0. */
  readonly start: number;
}

export function sceneOf(picture: Picture, start: number): PictureScene {
  return {
    picture,
    start,
    laneByIndex: new Map(picture.lanes.map((lane) => [lane.index, lane])),
    decades: decadesOf(picture.invokes),
    cadence: cadenceOf(picture.invokes),
  };
}

export function drawHead(frame: Frame, { picture, laneByIndex, start }: PictureScene, choice: Choice): void {
  const { windows, exposures, holdRows } = picture;
  const belowAxes = HEAD.clockTop + HEAD.clockHeight;
  drawGrid(frame, { top: belowAxes, height: HEAD.height - belowAxes });
  drawWindowBands(frame, windows, { top: HEAD.trackTop, height: HEAD.height - HEAD.trackTop });
  drawAxis(frame, { top: HEAD.axisTop, height: HEAD.axisHeight });
  drawClockAxis(frame, { top: HEAD.clockTop, height: HEAD.clockHeight, start });
  drawTrack(frame, {
    top: HEAD.trackTop,
    height: HEAD.trackHeight,
    windows,
    exposures,
    chosen: choice.window,
  });
  drawPeerLane(frame, {
    top: HEAD.peerTop,
    height: HEAD.peerHeight,
    rows: holdRows,
    lanes: laneByIndex,
    chosen: choice.lanes,
  });
  title(frame, frame.left < 100 ? "UTC" : "Time of day, UTC", HEAD.clockTop + HEAD.clockHeight / 2);
  title(frame, "Findings", HEAD.trackTop + HEAD.trackHeight / 2 - 2);
  title(frame, frame.left < 100 ? "Peer" : "Peer is held by", HEAD.peerTop + HEAD.peerHeight / 2);
}

export interface RowsOptions {
  readonly lanes: readonly Lane[];
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
}

export function drawRows(
  frame: Frame,
  { picture }: PictureScene,
  { choice, ...rows }: RowsOptions & { readonly choice: Choice },
): void {
  const area = { top: Math.max(0, rows.top), height: rows.height - Math.max(0, rows.top) };
  drawGrid(frame, area);
  drawWindowBands(frame, picture.windows, area);
  drawLanes(frame, { ...rows, chosen: choice.lanes });
}

export function drawFoot(frame: Frame, { picture, decades, cadence }: PictureScene, top = 0): void {
  const { windows, invokes } = picture;
  drawGrid(frame, { top, height: FOOT.height - 10 });
  drawWindowBands(frame, windows, { top, height: FOOT.height - 10 });
  drawLatency(frame, { top: top + FOOT.latencyTop, height: FOOT.latencyHeight, invokes, decades });
  drawOutcomes(frame, {
    top: top + FOOT.outcomesTop,
    height: FOOT.outcomesHeight,
    bins: binsOf(frame, invokes, cadence),
  });
  if (frame.left < 100) return;
  title(frame, latencyTitle(invokes), top + FOOT.latencyTop + FOOT.latencyHeight / 2);
  title(frame, "Outcomes", top + FOOT.outcomesTop + FOOT.outcomesHeight / 2);
}

/** Draws the names of the lanes, in drawings without label buttons (print, saved file). */
export function drawLaneNames(
  frame: Frame,
  {
    lanes,
    top,
    rowHeight,
  }: { readonly lanes: readonly Lane[]; readonly top: number; readonly rowHeight: number },
): void {
  const { ctx, colours } = frame;
  ctx.textAlign = "left";
  lanes.forEach((lane, row) => {
    const y = top + row * rowHeight + rowHeight / 2;
    ctx.fillStyle = holdColour(colours, lane.index);
    ctx.fillRect(0, y - 11, 8, 8);
    ctx.font = BOLD_FONT;
    ctx.fillStyle = colours.text;
    ctx.fillText(lane.name.short, 14, y - 7);
    const after = 14 + ctx.measureText(lane.name.short).width + 6;
    ctx.font = SMALL_FONT;
    ctx.fillStyle = colours.muted;
    ctx.fillText(lane.name.aside, after, y - 7);
    ctx.font = lane.silent ? BOLD_FONT : SMALL_FONT;
    ctx.fillStyle = lane.silent ? colours.silent : colours.muted;
    ctx.fillText(laneNote(lane), 14, y + 8);
  });
}

export function laneNote({ silent, suspected, environment }: Lane): string {
  const suspect = suspected.length === 0 ? "" : ", suspect";
  if (silent) return `never invoked${suspect}`;
  return `${environment.invocations} invocation${environment.invocations === 1 ? "" : "s"}${suspect}`;
}

function title({ ctx, colours }: Frame, text: string, y: number): void {
  ctx.font = SMALL_FONT;
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "left";
  ctx.fillText(text, 0, y);
}
