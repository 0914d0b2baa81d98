/** Draws the complete run in one strip, and outlines the part that the picture shows. */
import { formatOffset } from "../../view/format-time.ts";
import type { Picture } from "../../picture/marks.ts";
import { HOLD_COLOURS, holdColour } from "../colours.ts";
import type { ShownRange } from "../time-view.ts";
import { SMALL_FONT, xOf, type Frame } from "./frame.ts";
import { drawBars } from "./shapes.ts";

export const STRIP = { top: 4, height: 16 } as const;

export function drawOverview(
  frame: Frame,
  {
    picture,
    shown,
    whole,
  }: { readonly picture: Picture; readonly shown: ShownRange; readonly whole: ShownRange },
): void {
  const { ctx, colours, left, right } = frame;
  const { top, height } = STRIP;
  ctx.fillStyle = colours.plot;
  ctx.fillRect(left, top, right - left, height);
  for (let colour = 0; colour < HOLD_COLOURS; colour += 1) {
    const holds = picture.holds.filter(({ lane }) => lane % HOLD_COLOURS === colour);
    drawBars(frame, holds, {
      top: top + height - 5,
      height: 3,
      colour: holdColour(colours, colour),
      widthMin: 1,
    });
  }
  drawBars(frame, picture.windows, { top: top + 2, height: 7, colour: colours.failed, widthMin: 2 });
  const [from, to] = [xOf(frame, shown.from), xOf(frame, shown.to)];
  const all = shown.to - shown.from >= (whole.to - whole.from) * 0.999;
  if (!all) {
    ctx.fillStyle = colours.surface;
    ctx.globalAlpha = 0.55;
    ctx.fillRect(left, top, from - left, height);
    ctx.fillRect(to, top, right - to, height);
    ctx.globalAlpha = 1;
  }
  ctx.strokeStyle = all ? colours.line : colours.focus;
  ctx.lineWidth = all ? 1 : 1.5;
  ctx.strokeRect(from + 0.75, top + 0.75, Math.max(3, to - from) - 1.5, height - 1.5);
  ctx.font = SMALL_FONT;
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "left";
  ctx.fillText(formatOffset(Math.max(0, whole.from)), left, top + height + 8);
  ctx.textAlign = "right";
  ctx.fillText(formatOffset(whole.to), right, top + height + 8);
}
