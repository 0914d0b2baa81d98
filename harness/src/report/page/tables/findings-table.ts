/** Every finding, to be narrowed by kind, status and words; its text goes to the place in the picture. */
import type { Finding } from "../../../domain/run-result.ts";
import { environmentName } from "../../view/environment-names.ts";
import { formatOffset, instantOf } from "../../view/format-time.ts";
import { readableText } from "../../view/readable-text.ts";
import type { FunctionView } from "../../view/view-model.ts";
import { KIND_WORD, STATUS_WORD } from "../../view/wording.ts";
import { button, element } from "../element.ts";
import { cell, growingRows, headRow } from "./growing-rows.ts";

export interface FindingsTableOptions {
  readonly findings: readonly Finding[];
  readonly view: FunctionView;
  readonly start: number;
  readonly onChoose: (finding: Finding) => void;
}

/** What was found, then what is unknown; what is clear comes last. */
const ORDER: Readonly<Record<Finding["status"], number>> = { found: 0, unknown: 1, clear: 2 };

export function findingsTable({ findings: given, view, start, onChoose }: FindingsTableOptions): HTMLElement {
  const findings = [...given].sort((left, right) => ORDER[left.status] - ORDER[right.status]);
  const textOf = (finding: Finding): string => readableText(finding.text, { names: view.names, ids: [finding.environment, finding.holder], start });
  const short = (id: string | null): string => (id === null ? "–" : environmentName(view.names, id).short);
  const rows = growingRows<Finding>((finding) => {
    const from = instantOf(finding.from);
    const placed = finding.from !== null || finding.environment !== null || finding.holder !== null;
    const text = textOf(finding);
    return element("tr", {
      class: finding.status,
      children: [
        element("td", { children: [element("span", { class: `mark mark-${finding.status === "found" ? finding.kind : finding.status}`, text: KIND_WORD[finding.kind] })] }),
        cell(STATUS_WORD[finding.status]),
        cell(from === null ? "–" : formatOffset(from - start, 1), "number"),
        labelled("environment", short(finding.environment)),
        labelled("holder", short(finding.holder)),
        element("td", { class: "text", children: [placed ? button({ label: text, class: "link", onClick: () => onChoose(finding) }) : text] }),
        cell(finding.check, "check-name"),
      ],
    });
  });
  const summary = element("summary");
  const narrow = (): void => {
    const words = search.value.toLowerCase().split(/\s+/u).filter((word) => word !== "");
    const shown = findings.filter((finding) => {
      if (kind.value !== "" && finding.kind !== kind.value) return false;
      if (status.value !== "" && finding.status !== status.value) return false;
      const whole = `${finding.check} ${textOf(finding)} ${finding.environment ?? ""} ${finding.holder ?? ""} ${finding.requestIds.join(" ")}`.toLowerCase();
      return words.every((word) => whole.includes(word));
    });
    summary.textContent = `Findings (${shown.length === findings.length ? "" : `${shown.length} of `}${findings.length})`;
    rows.show(shown);
  };
  const kind = choice("Kind", ["harm", "exposure", "discipline", "accounting"], narrow);
  const status = choice("Status", ["found", "unknown", "clear"], narrow);
  const search = element("input", { attributes: { type: "search", placeholder: "words, environment, request id", "aria-label": "Search findings" } });
  search.addEventListener("input", narrow);
  narrow();
  const head = headRow([{ text: "Kind" }, { text: "Status" }, { text: "From", number: true }, { text: "Environment" }, { text: "Holder" }, { text: "What" }, { text: "Check" }]);
  return element("details", {
    class: "table",
    attributes: { open: "" },
    children: [
      summary,
      element("div", { class: "filters", children: [kind, status, search] }),
      element("div", { class: "scroller", children: [element("table", { class: "findings-table", children: [head, rows.body] })] }),
      rows.more,
    ],
  });
}

/** On a narrow screen a row has no column heads: the cell then says itself what it is. */
function labelled(label: string, text: string): HTMLTableCellElement {
  const node = cell(text, text === "–" ? "empty" : undefined);
  node.dataset["label"] = label;
  return node;
}

function choice(label: string, values: readonly string[], onChange: () => void): HTMLSelectElement {
  const options = [element("option", { text: `${label}: all`, attributes: { value: "" } }), ...values.map((value) => element("option", { text: value, attributes: { value } }))];
  const select = element("select", { attributes: { "aria-label": label }, children: options });
  select.addEventListener("change", onChange);
  return select;
}
