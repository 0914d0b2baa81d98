/** Draws a picture on one canvas, for print and for the saved file. */
import { frameOf, FONT, type FrameOptions } from "./draw/frame.ts";
import { FOOT, HEAD, layoutOf, RIGHT } from "./layout.ts";
import { drawFoot, drawHead, drawLaneNames, drawRows, type Choice, type PictureScene } from "./scene.ts";
import type { Colours } from "./colours.ts";
import type { Lane } from "../picture/marks.ts";
import type { ShownRange } from "./time-view.ts";

/** Paper has no scroll bar, so at most this many lanes are drawn. If there are more, the title says how many. */
const LANES_MAX = 60;
const TITLE_HEIGHT = 34;
const MARGIN = 16;

export interface WholeOptions {
  readonly scene: PictureScene;
  readonly lanes: readonly Lane[];
  readonly choice: Choice;
  readonly colours: Colours;
  readonly visible: ShownRange;
  readonly title: string;
  readonly width: number;
}

export function drawWhole(
  canvas: HTMLCanvasElement,
  { scene, lanes, choice, colours, visible, title, width }: WholeOptions,
): void {
  const shown = lanes.slice(0, LANES_MAX);
  const { gutter, rowHeight } = layoutOf(width, shown.length);
  const rowsTop = TITLE_HEIGHT + HEAD.height;
  const footTop = rowsTop + shown.length * rowHeight;
  const inner = { width: width - 2 * MARGIN, height: footTop + FOOT.height };
  const options: FrameOptions = {
    colours,
    width,
    height: inner.height + 2 * MARGIN,
    left: gutter,
    right: inner.width - RIGHT,
    visible,
  };
  const frame = frameOf(canvas, options);
  const { ctx } = frame;
  ctx.fillStyle = colours.surface;
  ctx.fillRect(0, 0, width, options.height);
  ctx.translate(MARGIN, MARGIN);
  ctx.font = FONT.replace("12px", "600 15px");
  ctx.fillStyle = colours.text;
  ctx.textAlign = "left";
  ctx.fillText(
    lanes.length > shown.length ? `${title} (first ${LANES_MAX} of ${lanes.length} lanes)` : title,
    0,
    10,
  );
  const inside = { ...frame, width: inner.width };
  ctx.save();
  ctx.translate(0, TITLE_HEIGHT);
  drawHead(inside, scene, choice);
  ctx.restore();
  ctx.save();
  ctx.translate(0, rowsTop);
  drawRows(inside, scene, { lanes: shown, top: 0, height: shown.length * rowHeight, rowHeight, choice });
  drawLaneNames(inside, { lanes: shown, top: 0, rowHeight });
  ctx.restore();
  drawFoot(inside, scene, footTop);
}
