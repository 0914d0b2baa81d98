/** The part of the toolbar that finds lanes by environment, request id or finding. */
import type { FunctionResult } from "../../result/function-result.ts";
import { element } from "./element.ts";
import { groupLabel, laneGroups, searchLanes, type SearchHit } from "./lane-filter.ts";
import type { PicturePanel } from "./picture-panel.ts";

/** A picture with at most this many lanes needs no search. */
const FEW_LANES = 4;
/** With more lanes than this, the picture first shows only those in harm windows, if there are any. */
const MANY_LANES = 40;

export function findingLanes(panel: PicturePanel, result: FunctionResult): readonly HTMLElement[] {
  const { picture } = panel;
  if (picture.lanes.length <= FEW_LANES) return [];
  const groups = laneGroups(picture, result);
  const search = element("input", {
    class: "find",
    attributes: {
      type: "search",
      placeholder: "environment or request id",
      "aria-label": `Find a lane of ${panel.name} by environment or request id`,
    },
  });
  const group = element("select", {
    attributes: { "aria-label": `Lanes of ${panel.name}` },
    children: [
      element("option", { text: `all ${picture.lanes.length} lanes`, attributes: { value: "" } }),
      ...groups.map((each, index) =>
        element("option", { text: groupLabel(each), attributes: { value: String(index) } }),
      ),
    ],
  });
  const found = element("output", { class: "found" });
  let hit: SearchHit | null = null;
  const apply = (): void => {
    hit = searchLanes(picture, search.value);
    found.textContent =
      hit === null
        ? ""
        : hit.lanes.size === 0
          ? hit.invoke === null
            ? "nothing found"
            : "no lane shows this invocation"
          : `${hit.lanes.size} found`;
    const chosen = groups[Number(group.value === "" ? Number.NaN : group.value)];
    panel.filterLanes(
      hit === null
        ? chosen === undefined
          ? null
          : { lanes: chosen.lanes, always: false }
        : { lanes: hit.lanes, always: true },
    );
  };
  search.addEventListener("input", apply);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || hit === null) return;
    const [first] = hit.lanes;
    const lane = picture.lanes.find(({ index }) => index === first);
    if (hit.invoke !== null)
      panel.focusOn(hit.invoke, {
        lanes: hit.invoke.lane === null ? null : new Set([hit.invoke.lane]),
        window: null,
      });
    else if (lane !== undefined) panel.focusOn(lane, { lanes: new Set([lane.index]), window: null });
  });
  group.addEventListener("change", apply);
  panel.onFilterReset(() => {
    search.value = "";
    group.value = "";
    found.textContent = "";
    hit = null;
  });
  if (
    picture.lanes.length > MANY_LANES &&
    picture.windows.length > 0 &&
    groups[0]?.label === "in a harm window"
  ) {
    group.value = "0";
    apply();
  }
  return [search, group, found];
}
