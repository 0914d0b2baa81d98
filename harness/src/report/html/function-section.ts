/**
 * One function: its verdict, and beside the place of its picture the harm windows in sentences. Elements that the script
 * completes are marked with data attributes.
 */
import { count, REASON_SENTENCE, withMore } from "../view/wording.ts";
import type { FunctionView, WindowView } from "../view/view-model.ts";
import { markup, type Markup } from "./escape-html.ts";
import { badge } from "./masthead.ts";

export function functionSection(view: FunctionView, index: number): Markup {
  const harmed = view.windows.length > 0;
  const worth = markup`<div class="worth">${notes(view)}<p class="statistics">${tied(view.statistics)}</p></div>`;
  return markup`<section class="function" id="function-${index}" data-function="${index}" aria-labelledby="function-${index}-name">
<header class="function-head"><h2 id="function-${index}-name">${view.name}</h2>${badge(view)}<p class="because">${because(view)}</p></header>
<div class="story">
<div class="findings">${harmed ? markup`<div class="cards">${view.windows.map(windowCard)}</div>` : worth}</div>
<div class="shown">
<figure class="picture" data-picture aria-label="Execution environments of ${view.name} over time"></figure>
${harmed ? worth : markup``}
</div>
</div>
<div class="tables" data-tables></div>
</section>
`;
}

function because(view: FunctionView): string {
  const facts = [
    ...view.reasonSentences.filter((text) => text !== REASON_SENTENCE.harm || view.windows.length === 0),
    view.harm === 0
      ? ""
      : `${count(view.harm, "invocation")} kept from the peer because another environment held the connection.`,
    view.failed !== view.harm && view.failed > 0 ? `Failed in all: ${view.failures}.` : "",
    view.delayed === 0 ? "" : `${count(view.delayed, "invocation")} refused first and then served.`,
    view.skipped === 0
      ? ""
      : `${count(view.skipped, "instant")} skipped because the invocation before was still in flight.`,
    ...view.thresholds.map((text) => `Threshold ${text}.`),
  ];
  return facts.filter((fact) => fact !== "").join(" ");
}

function windowCard(window: WindowView, index: number): Markup {
  const streams = [
    ...(window.holder === null ? [] : [streamLine("held by", window.holder.id)]),
    ...window.failed.map(({ id }) => streamLine("failed", id)),
  ];
  return markup`<article class="card" data-window="${index}">
<h3>${window.title}<span class="when">${window.when}</span></h3>
<p class="amount">${window.length}, ${window.invocations}</p>
<p>${tied(window.text)}</p>
<dl class="streams">${streams}</dl>
</article>
`;
}

/** The name may break where its random part begins, so that this part can be read and copied whole. */
function streamLine(role: string, id: string): Markup {
  const random = id.lastIndexOf("]") + 1;
  return markup`<div><dt>${role}</dt><dd><code>${id.slice(0, random)}<wbr>${id.slice(random)}</code></dd></div>`;
}

function notes({ notes: list }: FunctionView): Markup {
  if (list.length === 0) return markup``;
  return markup`<ul class="notes">${list.map(
    ({ mark, text, more }) =>
      markup`<li><span class="mark mark-${mark}">${mark}</span> ${tied(withMore(text, more))}</li>`,
  )}</ul>`;
}

/** A number and its unit stay on one line. */
function tied(text: string): string {
  return text.replace(/(\d) (?=(?:ms|s|min|h|d|%|UTC)(?!\w))/gu, "$1\u00a0");
}
