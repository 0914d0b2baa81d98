import type { ComparisonView } from "../view/comparison-view.ts";
import type { RunView } from "../view/view-model.ts";
import { markup, type Markup } from "./escape-html.ts";

export function comparisonMasthead(view: ComparisonView): Markup {
  const [first] = view.pairs;
  return markup`<header class="masthead">
<p class="brand">lambda-longrun, before and after</p>
<h1 class="headline tone-${first?.verdicts[1] ?? "inconclusive"}">${view.headline}</h1>
<div class="runs">${runFacts("Before", view.before)}${runFacts("After", view.after)}</div>
${view.caveats.map((text) => markup`<p class="warning">${text}</p>`)}
</header>`;
}

function runFacts(whichRun: string, { details }: RunView): Markup {
  return markup`<div class="run-facts"><p class="run-word">${whichRun}</p><dl class="details">${details.map(
    ({ label, value }) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></div>`;
}
