/** Everything that a gesture or a key does, except stepping through the marks of a lane, can also be done with a button. */
import type { FunctionResult } from "../../result/function-result.ts";
import { formatOffset } from "../view/format-time.ts";
import { button, element } from "./element.ts";
import { findingLanes } from "./finding-lanes.ts";
import { KEY_HELP } from "./keys.ts";
import type { PicturePanel } from "./picture-panel.ts";
import { savePicture } from "./save-picture.ts";
import { NOTHING_CHOSEN } from "./scene.ts";

export function toolbar(panel: PicturePanel, result: FunctionResult): HTMLElement {
  const { time } = panel;
  const range = element("output", { class: "range" });
  const refresh = (): void => {
    const { from, to } = time.visible;
    const decimals = to - from < 10_000 ? (to - from < 1_000 ? 3 : 1) : 0;
    range.textContent = `${formatOffset(Math.max(0, from), decimals)} – ${formatOffset(to, decimals)}`;
  };
  time.onChange(refresh);
  refresh();
  return element("div", {
    class: "toolbar",
    attributes: { role: "toolbar", "aria-label": `Picture of ${panel.name}` },
    children: [
      element("div", {
        class: "group",
        children: [
          button({ label: "−", name: "Zoom out", onClick: () => time.zoomBy(2) }),
          button({ label: "+", name: "Zoom in", onClick: () => time.zoomBy(0.5) }),
          button({ label: "‹", name: "Earlier", onClick: () => time.panBy(-0.5) }),
          button({ label: "›", name: "Later", onClick: () => time.panBy(0.5) }),
        ],
      }),
      button({
        label: "Whole run",
        onClick: () => {
          panel.choose(NOTHING_CHOSEN);
          time.glideTo(time.whole);
        },
      }),
      range,
      ...findingLanes(panel, result),
      element("span", { class: "spacer" }),
      keyHelp(),
      button({ label: "Save picture", onClick: () => savePicture(panel) }),
    ],
  });
}

function keyHelp(): HTMLElement {
  return element("details", {
    class: "keys",
    children: [
      element("summary", { text: "Keys" }),
      element("dl", {
        children: [
          ...KEY_HELP.map(([key, text]) =>
            element("div", { children: [element("dt", { text: key }), element("dd", { text })] }),
          ),
          element("div", {
            children: [
              element("dt", { text: "wheel" }),
              element("dd", { text: "zoom, if you clicked the picture before; with Ctrl always" }),
            ],
          }),
        ],
      }),
    ],
  });
}
