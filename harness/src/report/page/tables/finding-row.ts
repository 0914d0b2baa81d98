/** If the finding has a time or an environment, a click on its sentence shows its place in the picture. */
import type { Finding } from "../../../result/finding-result.ts";
import { environmentName } from "../../view/environment-names.ts";
import { formatOffset, instantOf } from "../../view/format-time.ts";
import type { FunctionView } from "../../view/view-model.ts";
import { findingText } from "../../wording/finding-sentence.ts";
import { ALLOWED_WORD, KIND_WORD, STATUS_WORD } from "../../wording/fixed-words.ts";
import { button, element } from "../element.ts";
import { cell } from "./growing-rows.ts";

export interface FindingContext {
  readonly view: FunctionView;
  /** Epoch milliseconds of offset 0. */
  readonly start: number;
  readonly onChoose: (finding: Finding) => void;
}

export function findingRow(finding: Finding, { view, start, onChoose }: FindingContext): HTMLTableRowElement {
  const { kind, status, environment, holder, check, allowed } = finding;
  const from = instantOf(finding.from);
  const placed = finding.from !== null || environment !== null || holder !== null;
  const text = findingText(finding, view.naming);
  const short = (id: string | null): string => (id === null ? NONE : environmentName(view.names, id).short);
  const mark = element("span", {
    class: `mark mark-${allowed === true ? "allowed" : status === "found" ? kind : status}`,
    text: allowed === true ? ALLOWED_WORD : KIND_WORD[kind],
  });
  return element("tr", {
    class: status,
    children: [
      element("td", { children: [mark] }),
      cell(STATUS_WORD[status]),
      cell(from === null ? NONE : formatOffset(from - start, 1), "number"),
      labelled("environment", short(environment)),
      labelled("holder", short(holder)),
      element("td", {
        class: "text",
        children: [placed ? button({ label: text, class: "link", onClick: () => onChoose(finding) }) : text],
      }),
      cell(check, "check-name"),
    ],
  });
}

const NONE = "–";

/** On a narrow screen a row has no column heads, so each cell shows its own label. */
function labelled(label: string, text: string): HTMLTableCellElement {
  const node = cell(text, text === NONE ? "empty" : undefined);
  node.dataset["label"] = label;
  return node;
}
