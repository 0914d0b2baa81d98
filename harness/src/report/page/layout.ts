/** Lengths in CSS pixels. */
export const HEAD = {
  axisTop: 0,
  axisHeight: 22,
  clockTop: 17,
  clockHeight: 14,
  trackTop: 38,
  trackHeight: 18,
  peerTop: 62,
  peerHeight: 24,
  height: 94,
} as const;
export const FOOT = {
  latencyTop: 14,
  latencyHeight: 84,
  outcomesTop: 116,
  outcomesHeight: 34,
  height: 160,
} as const;
export const OVERVIEW_HEIGHT = 34;
/** The space to the right of the plot. Half of a label of the axis can be there. */
export const RIGHT = 14;
const LANES_HEIGHT_MAX = 560;

export interface Layout {
  readonly width: number;
  readonly gutter: number;
  /** In a narrow picture, lanes are named only by their numbers. */
  readonly narrow: boolean;
  readonly rowHeight: number;
  /** In a compact picture, each lane has only one line of text. */
  readonly compact: boolean;
  readonly lanesHeight: number;
}

export function layoutOf(width: number, lanes: number): Layout {
  const narrow = width < 560;
  const compact = lanes > 40;
  const rowHeight = lanes <= 12 ? 42 : compact ? 20 : 36;
  return {
    width,
    gutter: narrow ? 56 : 148,
    narrow,
    rowHeight,
    compact,
    lanesHeight: Math.max(rowHeight, Math.min(LANES_HEIGHT_MAX, lanes * rowHeight)),
  };
}
