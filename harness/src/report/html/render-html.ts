/**
 * `report.markup`: one file with everything in it. Heading, verdicts and sentences stand in the markup, so that they can be
 * read without the script, printed and searched; the script adds the pictures and the tables from the embedded result.
 */
import type { RunResult } from "../../domain/run-result.ts";
import { viewModel } from "../view/view-model.ts";
import { embedJson } from "./embed-json.ts";
import { markup, trusted, type Markup } from "./escape-html.ts";
import { functionSection } from "./function-section.ts";
import { masthead } from "./masthead.ts";
import { NOTICES } from "./notices.ts";
import { securityPolicy } from "./security-policy.ts";

export interface PageAssets {
  /** `dist/report/page.js` */
  readonly script: string;
  /** `dist/report/page.css` */
  readonly style: string;
}

export function renderHtml(result: RunResult, assets: PageAssets): string {
  const view = viewModel(result);
  const { script, style } = { script: closed(assets.script, "script"), style: closed(assets.style, "style") };
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy({ script, style })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="lambda-longrun ${result.run.toolVersion}">
<title>${view.headline}</title>
${trusted(NOTICES)}
<style>${trusted(style)}</style>
</head>
<body>
${masthead(view)}
<main>
${view.functions.map((each, index): Markup => functionSection(each, index))}
</main>
<footer><p>Made by lambda-longrun ${result.run.toolVersion}. This file is complete: it loads nothing and sends nothing.</p></footer>
<noscript><p class="noscript">The pictures and tables are drawn by the script in this file; switch JavaScript on to see them.</p></noscript>
<script type="application/json" id="result">${trusted(embedJson(result))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.text;
}

/**
 * A bundle may contain the text of its own closing tag in a string; HTML would end the element there. Line ends are the
 * parser's own, else the hash in the policy is of another text.
 */
function closed(text: string, element: "script" | "style"): string {
  return text.replaceAll(/\r\n?/gu, "\n").replaceAll(new RegExp(`</(?=${element})`, "giu"), "<\\/");
}
