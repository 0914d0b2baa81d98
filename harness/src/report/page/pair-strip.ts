/** Draws on one axis who held the peer in two runs, with harm and exposures. */
import { coloursOf } from "./colours.ts";
import { drawAxis, drawGrid } from "./draw/axis.ts";
import { BOLD_FONT, frameOf, SMALL_FONT, type Frame } from "./draw/frame.ts";
import { drawPeerLane } from "./draw/peer-lane.ts";
import { drawTrack, drawWindowBands } from "./draw/windows.ts";
import { element } from "./element.ts";
import { HEAD, layoutOf, RIGHT } from "./layout.ts";
import type { PicturePanel } from "./picture-panel.ts";

const LANE_HEIGHT = 64;
const TRACK_TOP = 6;
const PEER_TOP = 30;

export function installPairStrip(figure: HTMLElement, panels: readonly PicturePanel[]): void {
  const [first] = panels;
  if (first === undefined) return;
  const canvas = element("canvas", {
    attributes: { role: "img", "aria-label": figure.getAttribute("aria-label") ?? "" },
  });
  figure.append(canvas);
  const draw = (): void => {
    const width = figure.clientWidth;
    if (width < 100) return;
    const { gutter } = layoutOf(width, 0);
    const height = HEAD.axisHeight + panels.length * LANE_HEIGHT + 4;
    const frame = frameOf(canvas, {
      colours: coloursOf(figure),
      width,
      height,
      left: gutter,
      right: width - RIGHT,
      visible: first.time.visible,
    });
    drawGrid(frame, { top: HEAD.axisHeight, height: height - HEAD.axisHeight });
    drawAxis(frame, { top: HEAD.axisTop, height: HEAD.axisHeight });
    panels.forEach((panel, row) => drawPanel(frame, panel, HEAD.axisHeight + row * LANE_HEIGHT));
  };
  let pending = false;
  const redraw = (): void => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      draw();
    });
  };
  for (const panel of panels) panel.onDrawn(redraw);
  new ResizeObserver(redraw).observe(figure);
  addEventListener("beforeprint", draw);
  addEventListener("afterprint", draw);
}

function drawPanel(frame: Frame, { name, picture, scene, choice, context }: PicturePanel, top: number): void {
  const { windows, exposures, holdRows } = picture;
  drawWindowBands(frame, windows, { top: top + 2, height: LANE_HEIGHT - 8 });
  drawTrack(frame, {
    top: top + TRACK_TOP,
    height: HEAD.trackHeight,
    windows,
    exposures,
    chosen: choice.window,
  });
  drawPeerLane(frame, {
    top: top + PEER_TOP,
    height: HEAD.peerHeight,
    rows: holdRows,
    lanes: scene.laneByIndex,
    chosen: choice.lanes,
  });
  const { ctx, colours } = frame;
  ctx.textAlign = "left";
  ctx.font = BOLD_FONT;
  ctx.fillStyle = colours.text;
  ctx.fillText(name.endsWith(", after") ? "After" : "Before", 0, top + TRACK_TOP + 8);
  if (frame.left < 100) return;
  ctx.font = SMALL_FONT;
  ctx.fillStyle = colours.muted;
  ctx.fillText(`${context.view.verdict}, peer is held by`, 0, top + PEER_TOP + HEAD.peerHeight / 2);
}
