/** One function before and after. The page's script draws the picture into `figure`. */
import type { ComparisonRow, PairView, SideView } from "../view/comparison-view.ts";
import { count } from "../wording/fixed-words.ts";
import { markup, type Markup } from "./escape-html.ts";
import { badgeOf } from "./masthead.ts";
import { because, story, suspects, thresholds, tied } from "./function-section.ts";

export function comparisonSection(pair: PairView, index: number): Markup {
  const [before, after] = pair.verdicts;
  return markup`<section class="function" aria-labelledby="pair-${index}-name">
<header class="function-head"><h2 id="pair-${index}-name">${pair.title}</h2>${badgeOf(before)}<span class="turned">to</span>${badgeOf(after)}<p class="because strong">${tied(pair.harm)}</p></header>
<figure class="pair" data-pair aria-label="Who held the peer before and after, on one time axis: ${windowsIn(pair.sides[0])} before, ${windowsIn(pair.sides[1])} after"></figure>
<div class="scroller" tabindex="0" role="region" aria-label="Figures of ${pair.title}"><table class="figures">
<thead><tr><th scope="col">Figure</th><th scope="col" class="number">Before</th><th scope="col" class="number">After</th><th scope="col" class="number">Difference</th><th scope="col" class="number">95 % interval</th><th scope="col">Shows</th></tr></thead>
<tbody>${pair.rows.map(row)}</tbody>
</table></div>
<p class="statistics">The difference is after minus before. The intervals are exact and assume no distribution: few exposures or invocations make them wide. Consecutive failures count once. Points are percentage points.</p>
${pair.sides.map((each) => side(each, index))}
</section>
`;
}

function row({ label, before, after, difference, interval, shows }: ComparisonRow): Markup {
  const tone = shows === "better" ? "tone-pass" : shows === "worse" ? "tone-fail" : "quiet-cell";
  return markup`<tr><th scope="row">${label}</th>${number("before", before)}${number("after", after)}${number("difference", difference)}${number("95 % interval", interval)}<td data-label="" class="${tone}${shows === "–" ? " none" : ""}">${shows}</td></tr>`;
}

/** On a narrow screen a row has no column heads, so each cell shows its own label. */
function number(label: string, text: string): Markup {
  return markup`<td data-label="${label}" class="number${text === "–" ? " none" : ""}">${text}</td>`;
}

function windowsIn({ view }: SideView): string {
  return count(view.windows.length, "harm window");
}

function side({ when, index, view }: SideView, pair: number): Markup {
  const whichRun = when === "before" ? "Before" : "After";
  return markup`<div class="side" id="${when}-${pair}" data-run="${when === "before" ? 0 : 1}" data-function="${index}" data-name="${whichRun}">
<h3 class="side-head">${whichRun} ${badgeOf(view.verdict)}<span class="because">${because(view)}</span></h3>
${suspects(view)}${thresholds(view)}
${story(view, { headings: "h4", whichRun })}
<div class="tables" data-tables="closed"></div>
</div>
`;
}
