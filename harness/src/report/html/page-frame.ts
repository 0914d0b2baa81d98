/** The page around its content: security policy, licence notices, style, script and results. */
import type { RunResult } from "../../result/run-result.ts";
import { embedResult } from "./embed-result.ts";
import { markup, trusted, type Markup } from "./escape-html.ts";
import { LICENCE_NOTICES } from "./licence-notices.ts";
import { securityPolicy } from "./security-policy.ts";

export interface PageAssets {
  /** `dist/report/page.js` */
  readonly script: string;
  /** `dist/report/page.css` */
  readonly style: string;
}

export interface PageContent {
  readonly title: string;
  readonly masthead: Markup;
  readonly sections: readonly Markup[];
  /** A section refers to its result by the index in this list. */
  readonly results: readonly RunResult[];
}

export function pageFrame({ title, masthead, sections, results }: PageContent, assets: PageAssets): string {
  const { script, style } = { script: closed(assets.script, "script"), style: closed(assets.style, "style") };
  const version = results[0]?.run.toolVersion ?? "";
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy({ script, style })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="lambda-longrun ${version}">
<title>${title}</title>
${trusted(LICENCE_NOTICES)}
<style>${trusted(style)}</style>
</head>
<body>
${masthead}
<main>
${sections}
</main>
<footer><p>Made by lambda-longrun ${version}. This file is complete: it loads nothing and sends nothing.</p></footer>
<noscript><p class="noscript">The pictures and tables are drawn by the script in this file; switch JavaScript on to see them.</p></noscript>
${results.map((each, index) => embedResult(each, index === 0 ? "result" : `result-${index}`))}
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.text;
}

/**
 * A string in the bundle may contain the closing tag, and HTML would end the element there. Line ends are normalised as an HTML parser does
 * it, because the hash in the policy must match the parsed text.
 */
function closed(text: string, element: "script" | "style"): string {
  return text.replaceAll(/\r\n?/gu, "\n").replaceAll(CLOSING_TAG[element], "<\\/");
}

const CLOSING_TAG = { script: /<\/(?=script)/giu, style: /<\/(?=style)/giu };
