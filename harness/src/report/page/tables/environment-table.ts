/** Environments are in order of appearance. The name of an environment links to its lane. */
import type { EnvironmentResult } from "../../../result/environment-result.ts";
import type { Lane } from "../../picture/marks.ts";
import { formatLength, formatOffset } from "../../view/format-time.ts";
import { environmentLink } from "../deep-link.ts";
import { element } from "../element.ts";
import { cell, growingRows, headRow } from "./growing-rows.ts";

export interface EnvironmentTableOptions {
  readonly name: string;
  readonly open: boolean;
}

export function environmentTable(
  lanes: readonly Lane[],
  { name: of, open }: EnvironmentTableOptions,
): HTMLElement {
  const rows = growingRows<Lane>((lane) => {
    const { name, environment, init, holds, from, to, endKnown, silent } = lane;
    const held = holds.reduce((sum, hold) => sum + (hold.to - hold.from), 0);
    return element("tr", {
      children: [
        element("th", {
          attributes: { scope: "row" },
          children: [
            element("a", {
              text: name.short,
              attributes: {
                href: environmentLink(environment.id),
                "aria-label": `Show environment ${name.label} in the picture`,
              },
            }),
          ],
        }),
        element("td", { children: [element("code", { text: environment.logStream })] }),
        cell(init === null ? "unknown" : formatOffset(from, 1), "number"),
        cell(initLength(environment), "number"),
        cell(firstCalled(environment), "number"),
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
    { text: "Name" },
    { text: "Log stream" },
    { text: "Began", number: true },
    { text: "Init took", number: true },
    { text: "First called", number: true },
    { text: "Invocations", number: true },
    { text: "Held the peer", number: true },
    { text: "Ended", number: true },
    { text: "Ending" },
  ]);
  return element("details", {
    class: "table",
    attributes: open ? { open: "" } : {},
    children: [
      element("summary", { text: `Execution environments (${lanes.length})` }),
      element("div", {
        class: "scroller",
        attributes: { tabindex: "0", role: "region", "aria-label": `Execution environments of ${of}` },
        children: [element("table", { children: [head, rows.body] })],
      }),
      rows.more,
    ],
  });
}

/** "at once" means that a caller waited for the Init. */
function firstCalled({ initGapMs, initWaitedFor, invocations }: EnvironmentResult): string {
  if (invocations === 0) return "never";
  if (initWaitedFor === true) return "at once";
  return initGapMs === null ? "unknown" : `after ${formatLength(initGapMs)}`;
}

function initLength({ initDurationMs, initStatus }: EnvironmentResult): string {
  const length = initDurationMs === null ? "unknown" : formatLength(initDurationMs);
  return initStatus === "error" || initStatus === "timeout" ? `${length} (${initStatus})` : length;
}
