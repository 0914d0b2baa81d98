import type { Verdict } from "../../words/verdict.ts";
import { verdictColumns, type VerdictColumn } from "../view/verdict-columns.ts";
import type { FunctionView, RunView } from "../view/view-model.ts";
import { markup, type Markup } from "./escape-html.ts";

export function masthead(view: RunView): Markup {
  const tone = view.good ? "pass" : view.verdict;
  return markup`<header class="masthead">
<p class="brand">lambda-longrun</p>
<h1 class="headline tone-${tone}">${view.headline}</h1>
<dl class="details">${view.details.map(({ label, value }) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${view.samePlan === null ? markup`` : markup`<p class="again">The same plan again: <code>${view.samePlan}</code></p>`}
${view.functions.length === 0 ? markup`` : comparison(view)}
${view.unreadable.map((text) => markup`<p class="warning">${text}</p>`)}
</header>`;
}

/** Shows the verdict by a word and a shape, not by colour alone. */
export function badgeOf(verdict: Verdict): Markup {
  return markup`<span class="badge tone-${verdict}">${verdict}</span>`;
}

function comparison(view: RunView): Markup {
  const columns = verdictColumns(view);
  return markup`<div class="scroller" tabindex="0" role="region" aria-label="Verdicts"><table class="comparison">
<thead><tr>${columns.map(headOf)}</tr></thead>
<tbody>${view.functions.map((each, index) => markup`<tr>${columns.map((column) => cellOf(column, each, index))}</tr>`)}</tbody>
</table></div>`;
}

function headOf({ title, pageTitle = title, number }: VerdictColumn): Markup {
  return markup`<th scope="col"${classOf(number === true && "number")}>${pageTitle.slice(0, 1).toUpperCase()}${pageTitle.slice(1)}</th>`;
}

function cellOf({ title, number, cell }: VerdictColumn, view: FunctionView, index: number): Markup {
  const { text, tone } = cell(view);
  if (title === "function")
    return markup`<th scope="row"><a href="#function-${index}">${text ?? ""}</a></th>`;
  if (title === "verdict") return markup`<td>${badgeOf(view.verdict)}</td>`;
  return markup`<td${classOf(number === true && "number", tone === "bad" && "bad")}>${text ?? "–"}</td>`;
}

function classOf(...names: readonly (string | false)[]): Markup {
  const given = names.filter((name) => name !== false);
  return given.length === 0 ? markup`` : markup` class="${given.join(" ")}"`;
}
