/**
 * Names of lanes are buttons next to the picture. Only visible lanes have a button, so that a picture with ten thousand lanes stays fast.
 */
import type { Lane } from "../picture/marks.ts";
import { element } from "./element.ts";
import { laneNote, type Choice } from "./scene.ts";

export interface LaneLabelOptions {
  readonly lanes: readonly Lane[];
  readonly first: number;
  readonly last: number;
  readonly rowHeight: number;
  readonly gutter: number;
  readonly choice: Choice;
  readonly onChoose: (lane: Lane) => void;
}

export function showLaneLabels(
  list: HTMLElement,
  { lanes, first, last, rowHeight, gutter, choice, onChoose }: LaneLabelOptions,
): void {
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset["lane"] : undefined;
  const rows = lanes.slice(first, last + 1).map((lane, offset) => {
    const chosen = choice.lanes === null || choice.lanes.has(lane.index);
    const label = element("button", {
      class: `lane-label${chosen ? "" : " dim"}${lane.silent ? " silent" : ""}`,
      attributes: {
        type: "button",
        "data-lane": String(lane.index),
        "aria-pressed": String(choice.lanes?.has(lane.index) ?? false),
        title: lane.environment.logStream,
      },
      children: [
        element("span", { class: `swatch hold-${lane.index % 6}` }),
        hidden("Environment "),
        element("b", { text: lane.name.short }),
        " ",
        element("span", { class: "tail", text: lane.name.aside }),
        " ",
        element("span", { class: "note", text: laneNote(lane) }),
        ...(lane.silent ? [hidden(", INIT WITHOUT INVOKE")] : []),
      ],
    });
    label.addEventListener("click", () => onChoose(lane));
    label.style.top = `${(first + offset) * rowHeight}px`;
    label.style.height = `${rowHeight - 1}px`;
    label.style.width = `${gutter - 8}px`;
    return label;
  });
  list.replaceChildren(...rows);
  if (focused !== undefined)
    rows.find(({ dataset }) => dataset["lane"] === focused)?.focus({ preventScroll: true });
}

/** For screen readers only. The picture shows the same. */
function hidden(text: string): HTMLElement {
  return element("span", { class: "visually-hidden", text });
}
