import type { Verdict } from "../../words/verdict.ts";
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
  return markup`<div class="scroller" tabindex="0" role="region" aria-label="Verdicts"><table class="comparison">
<thead><tr><th scope="col">Function</th><th scope="col">Verdict</th>${
    view.hasExpectations ? markup`<th scope="col">Expected</th>` : markup``
  }<th scope="col" class="number">Succeeded</th><th scope="col" class="number">Failed</th>${view.hasUnknown ? markup`<th scope="col" class="number">Unknown</th>` : markup``}<th scope="col" class="number">Exposures</th><th scope="col" class="number">Harmed</th><th scope="col">Reasons</th></tr></thead>
<tbody>${view.functions.map((each, index) => comparisonRow(each, { index, run: view }))}</tbody>
</table></div>`;
}

function comparisonRow(
  view: FunctionView,
  { index, run }: { readonly index: number; readonly run: RunView },
): Markup {
  const met = view.expectationMet === null ? "" : view.expectationMet ? ", met" : ", not met";
  const expectation = markup`<td${view.expectationMet === false ? markup` class="not-met"` : markup``}>${view.expected === null ? "–" : `${view.expected}${met}`}</td>`;
  return markup`<tr><th scope="row"><a href="#function-${index}">${view.name}</a></th><td>${badgeOf(view.verdict)}</td>${
    run.hasExpectations ? expectation : markup``
  }<td class="number">${view.succeeded}</td><td class="number">${view.failed}</td>${
    run.hasUnknown ? markup`<td class="number">${view.unknown}</td>` : markup``
  }<td class="number">${view.exposures}</td><td class="number${
    view.harm > 0 ? " harmed" : ""
  }">${view.harm}</td><td>${view.reasons.join(", ")}</td></tr>`;
}
