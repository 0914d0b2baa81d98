import type { Finding } from "../../../result/finding-result.ts";
import { FINDING_KINDS, FINDING_STATUSES } from "../../../result/result-words.ts";
import { instantOf } from "../../view/format-time.ts";
import { findingText } from "../../wording/finding-sentence.ts";
import { count } from "../../wording/fixed-words.ts";
import { button, element } from "../element.ts";
import { findingRow, type FindingContext } from "./finding-row.ts";
import { growingRows, headRow } from "./growing-rows.ts";

const ORDER: Readonly<Record<Finding["status"], number>> = { found: 0, unknown: 1, clear: 2 };

/** Sorts by status, then by kind, by check (in the order in which `given` first names the checks) and by time. */
function inOrder(given: readonly Finding[]): readonly Finding[] {
  const checks = new Map<string, number>();
  for (const { check } of given) if (!checks.has(check)) checks.set(check, checks.size);
  const rank = (finding: Finding): readonly number[] => [
    ORDER[finding.status],
    FINDING_KINDS.indexOf(finding.kind),
    checks.get(finding.check) ?? 0,
    instantOf(finding.from) ?? Number.MAX_SAFE_INTEGER,
  ];
  const ranked = given.map((finding) => ({ finding, rank: rank(finding) }));
  ranked.sort((left, right) =>
    left.rank.reduce((order, each, at) => (order === 0 ? each - (right.rank[at] ?? 0) : order), 0),
  );
  return ranked.map(({ finding }) => finding);
}

export interface FindingsTableContext extends FindingContext {
  readonly name: string;
  readonly open: boolean;
}

export function findingsTable(given: readonly Finding[], context: FindingsTableContext): HTMLElement {
  const findings = inOrder(given);
  const clear = findings.filter(({ status: each }) => each === "clear").length;
  const rows = growingRows<Finding>((finding) => findingRow(finding, context));
  const summary = element("summary");
  const rest = element("p", { class: "more" });
  const narrow = (): void => {
    const wanted = { kind: kind.value, status: status.value, words: search.value };
    const shown = findings.filter((finding) => matches(finding, wanted, context));
    // Unless the user filters or searches, clear findings are not listed. Only their number is shown.
    const asked = wanted.kind !== "" || wanted.status !== "" || wanted.words.trim() !== "";
    const listed = asked ? shown : shown.filter((finding) => finding.status !== "clear");
    summary.textContent = asked
      ? `Findings (${shown.length} of ${findings.length})`
      : `Findings (${listed.length}${clear === 0 ? "" : `, and ${clear} clear`})`;
    rest.replaceChildren(
      ...(asked || clear === 0 ? [] : [clearNote(clear, listed.length, () => show("clear"))]),
    );
    table.hidden = listed.length === 0;
    rows.show(listed);
  };
  const show = (value: string): void => {
    status.value = value;
    narrow();
  };
  const kind = selectElement("Kind", FINDING_KINDS, narrow);
  const status = selectElement("Status", FINDING_STATUSES, narrow);
  const hint = "words, environment, request id";
  const search = element("input", {
    attributes: { type: "search", placeholder: hint, "aria-label": `Search findings of ${context.name}` },
  });
  search.addEventListener("input", narrow);
  const table = element("table", { class: "findings-table", children: [headRow(HEAD), rows.body] });
  narrow();
  return element("details", {
    class: "table",
    attributes: context.open ? { open: "" } : {},
    children: [
      summary,
      element("div", { class: "filters", children: [kind, status, search] }),
      element("div", {
        class: "scroller",
        attributes: { tabindex: "0", role: "region", "aria-label": `Findings of ${context.name}` },
        children: [table],
      }),
      rows.more,
      rest,
    ],
  });
}

function clearNote(clear: number, others: number, onClick: () => void): HTMLElement {
  const text =
    others === 0
      ? `All ${clear} checks are clear. `
      : `${count(clear, "more check is", "more checks are")} clear. `;
  return element("span", { children: [text, button({ label: "Show them", class: "link", onClick })] });
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

/** Words may be in any order. Names match in their short and their full form. */
function matches(finding: Finding, { kind, status, words }: Wanted, context: FindingContext): boolean {
  if (kind !== "" && finding.kind !== kind) return false;
  if (status !== "" && finding.status !== status) return false;
  const { check, environment, holder, requestIds } = finding;
  const whole = [
    check,
    findingText(finding, context.view.naming),
    environment ?? "",
    holder ?? "",
    ...requestIds,
  ]
    .join(" ")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => whole.includes(word));
}

function selectElement(label: string, values: readonly string[], onChange: () => void): HTMLSelectElement {
  const options = [
    element("option", { text: `${label}: all`, attributes: { value: "" } }),
    ...values.map((value) => element("option", { text: value, attributes: { value } })),
  ];
  const select = element("select", { attributes: { "aria-label": label }, children: options });
  select.addEventListener("change", onChange);
  return select;
}
