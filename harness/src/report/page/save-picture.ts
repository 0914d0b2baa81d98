/** Saves a PNG of the visible time range, in the colours of the page and at the resolution of the screen. */
import { coloursOf } from "./colours.ts";
import { drawWhole } from "./draw-whole.ts";
import { element } from "./element.ts";
import type { PicturePanel } from "./picture-panel.ts";

export function savePicture(panel: PicturePanel): void {
  const canvas = element("canvas");
  const { stage } = panel.parts;
  const { view } = panel.context;
  drawWhole(canvas, {
    scene: panel.scene,
    lanes: panel.lanes,
    choice: panel.choice,
    colours: coloursOf(stage),
    visible: panel.time.visible,
    title: `${view.sentence}.`,
    width: Math.max(900, stage.clientWidth),
  });
  canvas.toBlob((blob) => {
    if (blob === null) return;
    const url = URL.createObjectURL(blob);
    const link = element("a", {
      attributes: { href: url, download: `${panel.name.replace(/[^\w.-]+/gu, "_")}.png` },
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  }, "image/png");
}

/** Prints in light colours, as wide as the sheet, and with the lanes that the user would have to scroll to. */
export function installPrint(figure: HTMLElement, panel: PicturePanel): void {
  const canvas = element("canvas", { class: "print-only", attributes: { "aria-hidden": "true" } });
  figure.append(canvas);
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("paper");
    const { choice, scene, lanes, time, context } = panel;
    drawWhole(canvas, {
      scene,
      lanes,
      choice,
      colours: coloursOf(figure),
      visible: time.visible,
      title: `${context.view.sentence}.`,
      width: 1_000,
    });
    canvas.style.width = "100%";
    canvas.style.height = "auto";
  });
  addEventListener("afterprint", () => document.documentElement.classList.remove("paper"));
}
