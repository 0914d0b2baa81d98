/** Finds the mark under the pointer, or a few pixels beside it, because marks can be narrow. */
import type { HoldMark, Lane, Mark, Picture, SuspectMark } from "../picture/marks.ts";
import { rowGeometry } from "./draw/lanes.ts";
import { FOOT, HEAD } from "./layout.ts";
import type { ShownRange } from "./time-view.ts";

const REACH = 5;

export interface Pointer {
  readonly instant: number;
  /** The time that one pixel covers. */
  readonly pixelMs: number;
  /** The pointer's distance from the top of the part that is searched: the head, a lane or the foot. */
  readonly y: number;
}

export function markInHead(
  { windows, exposures, holdRows, lanes }: Picture,
  { instant, pixelMs, y }: Pointer,
): Mark | null {
  const reach = REACH * pixelMs;
  if (y >= HEAD.peerTop && y <= HEAD.peerTop + HEAD.peerHeight)
    return (
      nearest<HoldMark>(rowAt(holdRows, y), instant, reach) ?? nearest(suspectsAt(lanes, y), instant, reach)
    );
  if (y < HEAD.trackTop || y > HEAD.trackTop + HEAD.trackHeight + 2) return null;
  return (
    nearest(windows, instant, 0) ?? nearest(exposures, instant, reach) ?? nearest(windows, instant, reach)
  );
}

function rowAt(rows: Picture["holdRows"], y: number): readonly HoldMark[] {
  return rows[rowIn(rows.length, y)] ?? [];
}

function suspectsAt(lanes: Picture["lanes"], y: number): readonly SuspectMark[] {
  return lanes.flatMap(({ suspected }) => suspected.filter(({ row, rows }) => rowIn(rows, y) === row));
}

function rowIn(rows: number, y: number): number {
  return Math.min(rows - 1, Math.floor(((y - HEAD.peerTop) / HEAD.peerHeight) * rows));
}

export function markInLane(lane: Lane, { instant, pixelMs, y }: Pointer, rowHeight: number): Mark | null {
  const reach = REACH * pixelMs;
  const { init, invokes, holds, suspected, attempts, resets, end } = lane;
  const blocks = [
    ...near(init === null ? [] : [init], instant, reach),
    ...near(invokes, instant, reach),
    ...near(resets, instant, reach),
    ...near(end === null ? [] : [end], instant, reach),
  ];
  const attempt = nearest(attempts, instant, reach);
  const hold = nearest(holds, instant, reach) ?? nearest(suspected, instant, reach);
  const block = nearest(blocks, instant, reach);
  const onLine = y > rowGeometry(rowHeight).hold - 3;
  const found = onLine ? (attempt ?? hold ?? block) : (block ?? attempt);
  if (found !== null) return found;
  return instant >= lane.from && instant <= lane.to ? (frozenAt(lane, instant) ?? hold ?? null) : null;
}

export function markInFoot({ invokes }: Picture, { instant, pixelMs, y }: Pointer): Mark | null {
  const inChart = y >= FOOT.latencyTop - 6 && y <= FOOT.outcomesTop + FOOT.outcomesHeight;
  return inChart ? nearest(invokes, instant, 2 * REACH * pixelMs) : null;
}

export function isVisible(mark: ShownRange, visible: ShownRange): boolean {
  return mark.to >= visible.from && mark.from <= visible.to;
}

/** If several marks are equally close to the instant, returns the last of them. */
function nearest<M extends Mark>(marks: readonly M[], instant: number, reach: number): M | null {
  let [best, distance] = [null as M | null, reach];
  for (const mark of marks) {
    const away = Math.max(0, mark.from - instant, instant - mark.to);
    if (away <= distance) [best, distance] = [mark, away];
  }
  return best;
}

function near<M extends Mark>(marks: readonly M[], instant: number, reach: number): readonly M[] {
  return marks.filter((mark) => mark.to >= instant - reach && mark.from <= instant + reach);
}

/** Before the end of Init, the environment is not frozen. */
function frozenAt({ index, init, invokes, from: born, to: gone }: Lane, instant: number): Mark | null {
  let [from, to] = [init === null ? born : init.to, gone];
  for (const mark of invokes) {
    if (mark.to <= instant) from = Math.max(from, mark.to);
    else {
      to = mark.from;
      break;
    }
  }
  return from <= instant && instant <= to ? { kind: "frozen", lane: index, from, to } : null;
}
