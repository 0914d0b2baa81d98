/** Every finding, to be narrowed by kind, status and words. */
import type { Finding } from "../../../domain/run-result.ts";
import { element } from "../element.ts";
import { findingRow, findingText, type FindingContext } from "./finding-row.ts";
import { growingRows, headRow } from "./growing-rows.ts";

/** What was found, then what is unknown; what is clear comes last. */
const ORDER: Readonly<Record<Finding["status"], number>> = { found: 0, unknown: 1, clear: 2 };

export function findingsTable(given: readonly Finding[], context: FindingContext): HTMLElement {
  const findings = [...given].sort((left, right) => ORDER[left.status] - ORDER[right.status]);
  const rows = growingRows<Finding>((finding) => findingRow(finding, context));
  const summary = element("summary");
  const narrow = (): void => {
    const wanted = { kind: kind.value, status: status.value, words: search.value };
    const shown = findings.filter((finding) => matches(finding, wanted, context));
    const amount = shown.length === findings.length ? "" : `${shown.length} of `;
    summary.textContent = `Findings (${amount}${findings.length})`;
    rows.show(shown);
  };
  const kind = choice("Kind", ["harm", "exposure", "discipline", "accounting"], narrow);
  const status = choice("Status", ["found", "unknown", "clear"], narrow);
  const hint = "words, environment, request id";
  const search = element("input", {
    attributes: { type: "search", placeholder: hint, "aria-label": "Search findings" },
  });
  search.addEventListener("input", narrow);
  narrow();
  const table = element("table", { class: "findings-table", children: [headRow(HEAD), rows.body] });
  return element("details", {
    class: "table",
    attributes: { open: "" },
    children: [
      summary,
      element("div", { class: "filters", children: [kind, status, search] }),
      element("div", { class: "scroller", children: [table] }),
      rows.more,
    ],
  });
}

const HEAD = [
  { text: "Kind" },
  { text: "Status" },
  { text: "From", number: true },
  { text: "Environment" },
  { text: "Holder" },
  { text: "What" },
  { text: "Check" },
];

interface Wanted {
  readonly kind: string;
  readonly status: string;
  readonly words: string;
}

/** Every word must occur somewhere, in any order; names count short and in full. */
function matches(finding: Finding, { kind, status, words }: Wanted, context: FindingContext): boolean {
  if (kind !== "" && finding.kind !== kind) return false;
  if (status !== "" && finding.status !== status) return false;
  const { check, environment, holder, requestIds } = finding;
  const whole = [check, findingText(finding, context), environment ?? "", holder ?? "", ...requestIds]
    .join(" ")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => whole.includes(word));
}

function choice(label: string, values: readonly string[], onChange: () => void): HTMLSelectElement {
  const options = [
    element("option", { text: `${label}: all`, attributes: { value: "" } }),
    ...values.map((value) => element("option", { text: value, attributes: { value } })),
  ];
  const select = element("select", { attributes: { "aria-label": label }, children: options });
  select.addEventListener("change", onChange);
  return select;
}
