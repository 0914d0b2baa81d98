/** Moves through a picture by keyboard: from lane to lane, mark to mark, or harm window to harm window. */
import type { Lane, Mark } from "../picture/marks.ts";
import { installKeys } from "./keys.ts";
import type { PicturePanel } from "./picture-panel.ts";
import { choose } from "./pointing.ts";
import { NOTHING_CHOSEN } from "./scene.ts";
import type { Tooltip } from "./tooltip.ts";

export function installStepping(panel: PicturePanel, tooltip: Tooltip): void {
  const { time } = panel;
  let mark: Mark | null = null;
  let window = -1;
  const show = (next: Mark): void => {
    mark = next;
    const description = panel.describe(next);
    panel.announce(description);
    tooltip.show(description, positionOf(panel, next));
  };
  const lane = (): Lane | null => {
    const [only] = panel.choice.lanes?.size === 1 ? panel.choice.lanes : [];
    return panel.lanes.find(({ index }) => index === only) ?? null;
  };
  const moveLane = (step: number): void => {
    const current = panel.lanes.findIndex(({ index }) => index === lane()?.index);
    const next =
      panel.lanes[
        current < 0
          ? step > 0
            ? 0
            : panel.lanes.length - 1
          : Math.max(0, Math.min(panel.lanes.length - 1, current + step))
      ];
    if (next === undefined) return;
    mark = null;
    panel.choose({ lanes: new Set([next.index]), window: null });
    panel.reveal(next.index);
    show(next.init ?? { kind: "frozen", lane: next.index, from: next.from, to: next.to });
  };
  const moveMark = (step: number): void => {
    const marks = marksOf(lane() ?? panel.lanes[0]);
    const current = marks.findIndex((each) => each === mark);
    const next = marks[Math.max(0, Math.min(marks.length - 1, current + step))];
    if (next === undefined) return;
    if (next.from < time.visible.from || next.to > time.visible.to) {
      const half = (time.visible.to - time.visible.from) / 2;
      time.show({ from: next.from - half, to: next.from + half });
    }
    show(next);
  };
  installKeys(panel.parts.stage, {
    zoomIn: () => time.zoomBy(0.5),
    zoomOut: () => time.zoomBy(2),
    left: () => time.panBy(-0.25),
    right: () => time.panBy(0.25),
    whole: () => time.glideTo(time.whole),
    laneUp: () => moveLane(-1),
    laneDown: () => moveLane(1),
    previousMark: () => moveMark(-1),
    nextMark: () => moveMark(1),
    closer: () => {
      const target = mark ?? lane();
      tooltip.hide();
      if (target !== null) panel.focusOn(target, panel.choice);
    },
    clear: () => {
      mark = null;
      tooltip.hide();
      panel.choose(NOTHING_CHOSEN);
    },
    nextWindow: () => {
      const { windows } = panel.picture;
      if (windows.length === 0) return;
      window = (window + 1) % windows.length;
      const next = windows[window];
      if (next === undefined) return;
      choose(panel, next);
      panel.announce(panel.describe(next));
    },
  });
  panel.parts.stage.addEventListener("blur", () => tooltip.hide());
}

function marksOf(lane: Lane | undefined): readonly Mark[] {
  if (lane === undefined) return [];
  const { init, invokes, holds, suspected, attempts, resets, end } = lane;
  const marks: Mark[] = [
    ...(init === null ? [] : [init]),
    ...invokes,
    ...holds,
    ...suspected,
    ...attempts,
    ...resets,
    ...(end === null ? [] : [end]),
  ];
  return marks.sort((left, right) => left.from - right.from);
}

function positionOf(panel: PicturePanel, mark: Mark): { readonly x: number; readonly y: number } {
  const { head, viewport } = panel.parts;
  const [left, right] = panel.plot;
  const { from, to } = panel.time.visible;
  const x = left + ((Math.max(from, mark.from) - from) / (to - from)) * (right - left);
  const row = panel.lanes.findIndex(({ index }) => index === mark.lane);
  const top = viewport.getBoundingClientRect().top - viewport.scrollTop;
  return {
    x: head.getBoundingClientRect().left + Math.min(right, x),
    y: top + (Math.max(0, row) + 0.5) * panel.rowHeight,
  };
}
