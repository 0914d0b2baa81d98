/** The pointer on a picture: hovering shows a tooltip, clicking selects a mark, and dragging in the overview selects a time range. */
import type { Mark } from "../picture/marks.ts";
import { markInFoot, markInHead, markInLane, type Pointer } from "./hit.ts";
import type { PicturePanel } from "./picture-panel.ts";
import { NOTHING_CHOSEN } from "./scene.ts";
import type { Tooltip } from "./tooltip.ts";

const CLICK_DISTANCE = 4;

export function installPointing(panel: PicturePanel, tooltip: Tooltip): void {
  const { stage } = panel.parts;
  let pressed: { readonly x: number; readonly y: number } | null = null;
  stage.addEventListener("pointermove", (event) => {
    const mark = event.buttons === 0 ? markUnder(panel, event) : null;
    stage.classList.toggle("pointing", mark !== null && mark.kind !== "frozen");
    if (mark === null) tooltip.hide();
    else tooltip.show(panel.describe(mark), { x: event.clientX, y: event.clientY });
  });
  stage.addEventListener("pointerleave", () => tooltip.hide());
  stage.addEventListener("wheel", () => tooltip.hide(), { passive: true });
  stage.addEventListener("pointerdown", (event) => {
    pressed = { x: event.clientX, y: event.clientY };
    tooltip.hide();
  });
  stage.addEventListener("click", (event) => {
    const moved = pressed === null ? 0 : Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (
      moved > CLICK_DISTANCE ||
      (event.target instanceof Element && event.target.closest(".lane-labels, .overview") !== null)
    )
      return;
    choose(panel, markUnder(panel, event));
    const mark = markUnder(panel, event);
    if (mark !== null) tooltip.show(panel.describe(mark), { x: event.clientX, y: event.clientY });
  });
  installStrip(panel);
}

/** A click on a harm window or an exposure zooms to it. A click on another mark chooses its lane. A click beside all marks clears the choice. */
export function choose(panel: PicturePanel, mark: Mark | null): void {
  if (mark === null) panel.choose(NOTHING_CHOSEN);
  else if (mark.kind === "window") {
    const lanes = [...(mark.holder === null ? [] : [mark.holder]), ...mark.victims];
    panel.focusOn(mark, { lanes: lanes.length === 0 ? null : new Set(lanes), window: mark.index });
  } else if (mark.kind === "exposure") panel.focusOn(mark, { lanes: new Set(mark.lanes), window: null });
  else panel.choose(mark.lane === null ? NOTHING_CHOSEN : { lanes: new Set([mark.lane]), window: null });
}

function markUnder(panel: PicturePanel, event: PointerEvent | MouseEvent): Mark | null {
  const { head, viewport, foot } = panel.parts;
  const [left, right] = panel.plot;
  const { from, to } = panel.time.visible;
  const x = event.clientX - head.getBoundingClientRect().left;
  if (x < left - 2 || x > right + 2) return null;
  const pixelMs = (to - from) / (right - left);
  const at = (top: number): Pointer => ({
    instant: from + (x - left) * pixelMs,
    pixelMs,
    y: event.clientY - top,
  });
  const inside = (box: DOMRect): boolean => event.clientY >= box.top && event.clientY < box.bottom;
  const [headBox, lanesBox, footBox] = [head, viewport, foot].map((part) => part.getBoundingClientRect());
  if (headBox !== undefined && inside(headBox)) return markInHead(panel.picture, at(headBox.top));
  if (footBox !== undefined && inside(footBox)) return markInFoot(panel.picture, at(footBox.top));
  if (lanesBox === undefined || !inside(lanesBox)) return null;
  const pointer = at(lanesBox.top - viewport.scrollTop);
  const row = Math.floor(pointer.y / panel.rowHeight);
  const lane = panel.lanes[row];
  return lane === undefined
    ? null
    : markInLane(lane, { ...pointer, y: pointer.y - row * panel.rowHeight }, panel.rowHeight);
}

/** In the overview, dragging shows the selected time range. A click moves the visible range to the time under the pointer. */
function installStrip(panel: PicturePanel): void {
  const { overview } = panel.parts;
  const instantAt = (event: PointerEvent): number => {
    const [left, right] = panel.plot;
    const { from, to } = panel.time.whole;
    return (
      from + ((event.clientX - overview.getBoundingClientRect().left - left) / (right - left)) * (to - from)
    );
  };
  let begun: { readonly instant: number; readonly x: number } | null = null;
  overview.addEventListener("pointerdown", (event) => {
    overview.setPointerCapture(event.pointerId);
    begun = { instant: instantAt(event), x: event.clientX };
  });
  overview.addEventListener("pointermove", (event) => {
    if (begun === null || Math.abs(event.clientX - begun.x) <= CLICK_DISTANCE) return;
    const instant = instantAt(event);
    panel.time.show({ from: Math.min(begun.instant, instant), to: Math.max(begun.instant, instant) });
  });
  overview.addEventListener("pointerup", (event) => {
    if (begun !== null && Math.abs(event.clientX - begun.x) <= CLICK_DISTANCE) {
      const { from, to } = panel.time.visible;
      panel.time.glideTo({ from: begun.instant - (to - from) / 2, to: begun.instant + (to - from) / 2 });
    }
    begun = null;
  });
  overview.addEventListener("pointercancel", () => {
    begun = null;
  });
}
