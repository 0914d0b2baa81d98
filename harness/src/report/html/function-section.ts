/** One function: verdict, harm windows in sentences, and elements that the page's script fills (data attributes). */
import { count, withMore } from "../wording/fixed-words.ts";
import type { FunctionView, WindowView } from "../view/view-model.ts";
import { markup, type Markup } from "./escape-html.ts";
import { badgeOf } from "./masthead.ts";

export function functionSection(view: FunctionView, index: number): Markup {
  return markup`<section class="function" id="function-${index}" data-run="0" data-function="${index}" aria-labelledby="function-${index}-name">
<header class="function-head"><h2 id="function-${index}-name">${view.name}</h2>${badgeOf(view.verdict)}${suspects(view)}<p class="because">${because(view)}</p></header>
${thresholds(view)}
${story(view, { headings: "h3", whichRun: "" })}
<div class="tables" data-tables></div>
</section>
`;
}

export interface StoryOptions {
  readonly headings: "h3" | "h4";
  /** The name of the run in a comparison, for readers who cannot see its position on the page. Empty for a single run. */
  readonly whichRun: string;
}

export function story(view: FunctionView, { headings, whichRun }: StoryOptions): Markup {
  const label = `Execution environments of ${view.name} over time${whichRun === "" ? "" : `, ${whichRun.toLowerCase()}`}`;
  const picture = markup`<figure class="picture" data-picture aria-label="${label}"></figure>`;
  const statistics = markup`<p class="statistics">${tied(view.statistics)}</p>`;
  if (view.windows.length === 0)
    return markup`<div class="shown">${notes(view)}${picture}<div class="worth">${statistics}</div></div>`;
  return markup`<div class="story">
<div class="cards">${windowCards(view.windows, headings)}</div>
<div class="shown">${picture}<div class="worth">${notes(view)}${statistics}</div></div>
</div>`;
}

export function suspects({ suspects: list }: FunctionView): readonly Markup[] {
  return list.map(
    ({ text, command }) =>
      markup`<p class="because strong">${tied(text)}${command === null ? markup`` : markup` <code>${command}</code>`}</p>`,
  );
}

/** Also shows thresholds that held, because each is part of the verdict. */
export function thresholds({ thresholds: list }: FunctionView): Markup {
  if (list.length === 0) return markup``;
  return markup`<ul class="thresholds" aria-label="Thresholds">${list.map(
    ({ expression, state, found }) =>
      markup`<li><span class="mark mark-${state}">${state}</span> <code>${expression}</code> ${found}</li>`,
  )}</ul>`;
}

export function because(view: FunctionView): string {
  const facts = [
    ...view.because,
    view.harm === 0
      ? ""
      : `${count(view.harm, "invocation")} could not reach the peer because another environment held the connection.`,
    view.failed !== view.harm && view.failed > 0 ? `All failures: ${view.failures}.` : "",
    view.unknowns === "" ? "" : `Outcome unknown: ${view.unknowns}.`,
    ...view.nothingSucceeded,
    view.delayed === 0
      ? ""
      : `${count(view.delayed, "invocation was", "invocations were")} first refused and then served.`,
    view.skipped === 0
      ? ""
      : `${count(view.skipped, "planned invocation was", "planned invocations were")} skipped because the previous one was still in flight.`,
    ...view.furtherFacts,
  ];
  return facts.filter((fact) => fact !== "").join(" ");
}

/** Windows that say the same (likeness) have a card each, because each has its place in the picture; only the first has the sentence. */
function windowCards(windows: readonly WindowView[], headings: StoryOptions["headings"]): readonly Markup[] {
  const first = new Map<string, WindowView>();
  return windows.map((window, index) => {
    const like = first.get(window.likeness);
    if (like === undefined) first.set(window.likeness, window);
    const text = like === undefined ? window.text : `As in ${like.title.toLowerCase()}.`;
    return windowCard({ ...window, text }, index, headings);
  });
}

function windowCard(window: WindowView, index: number, heading: StoryOptions["headings"]): Markup {
  const [open, close] =
    heading === "h3"
      ? [markup`<h3 class="card-head">`, markup`</h3>`]
      : [markup`<h4 class="card-head">`, markup`</h4>`];
  const streams = [
    ...(window.holder === null ? [] : [streamLine("held by", window.holder.id)]),
    ...window.failed.map(({ id }) => streamLine("failed", id)),
  ];
  return markup`<article class="card" data-window="${index}">
${open}${window.title} <span class="when">${window.when}</span>${close}
<p class="amount">${window.length}, ${window.invocations}</p>
<p>${tied(window.text)}</p>
<dl class="streams">${streams}</dl>
</article>
`;
}

/** A line may break only before the random part of the name, so that this part can be copied. */
function streamLine(role: string, id: string): Markup {
  const random = id.lastIndexOf("]") + 1;
  return markup`<div><dt>${role}</dt><dd><code>${id.slice(0, random)}<wbr>${id.slice(random)}</code></dd></div>`;
}

function notes({ notes: list }: FunctionView): Markup {
  if (list.length === 0) return markup``;
  return markup`<ul class="notes">${list.map(
    ({ mark, text, more }) =>
      markup`<li><span class="mark mark-${mark}">${mark}</span><span> ${tied(withMore(text, more))}</span></li>`,
  )}</ul>`;
}

/** Puts a no-break space between each number and its unit. */
export function tied(text: string): string {
  return text.replace(/(\d) (?=(?:ms|s|min|h|d|%|UTC)(?!\w))/gu, "$1\u00a0");
}
