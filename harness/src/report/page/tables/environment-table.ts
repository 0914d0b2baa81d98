/** Every execution environment with its facts; its name goes to its lane. */
import type { EnvironmentResult } from "../../../domain/run-result.ts";
import type { Lane } from "../../picture/marks.ts";
import { formatLength, formatOffset } from "../../view/format-time.ts";
import { button, element } from "../element.ts";
import { cell, growingRows, headRow } from "./growing-rows.ts";

export function environmentTable(lanes: readonly Lane[], onChoose: (lane: Lane) => void): HTMLElement {
  const rows = growingRows<Lane>((lane) => {
    const { name, environment, init, holds, from, to, endKnown, silent } = lane;
    const held = holds.reduce((sum, hold) => sum + (hold.to - hold.from), 0);
    return element("tr", {
      children: [
        element("th", {
          attributes: { scope: "row" },
          children: [
            button({
              label: name.short,
              name: `Show environment ${name.label} in the picture`,
              class: "link",
              onClick: () => onChoose(lane),
            }),
          ],
        }),
        element("td", { children: [element("code", { text: environment.logStream })] }),
        cell(init === null ? "unknown" : formatOffset(from, 1), "number"),
        cell(initLength(environment), "number"),
        silent
          ? cell("INIT WITHOUT INVOKE", "number silent-cell")
          : cell(String(environment.invocations), "number"),
        cell(holds.length === 0 ? "–" : formatLength(held), "number"),
        cell(endKnown ? formatOffset(to, 1) : "unknown", "number"),
        cell(environment.ending ?? (endKnown ? "–" : "unknown")),
      ],
    });
  });
  rows.show(lanes);
  const head = headRow([
    { text: "" },
    { text: "Log stream" },
    { text: "Began", number: true },
    { text: "Init took", number: true },
    { text: "Invocations", number: true },
    { text: "Held the peer", number: true },
    { text: "Ended", number: true },
    { text: "Ending" },
  ]);
  return element("details", {
    class: "table",
    attributes: { open: "" },
    children: [
      element("summary", { text: `Execution environments (${lanes.length})` }),
      element("div", { class: "scroller", children: [element("table", { children: [head, rows.body] })] }),
      rows.more,
    ],
  });
}

function initLength({ initDurationMs, initStatus }: EnvironmentResult): string {
  const length = initDurationMs === null ? "unknown" : formatLength(initDurationMs);
  return initStatus === "error" || initStatus === "timeout" ? `${length} (${initStatus})` : length;
}
