/**
 * People can read and search the embedded JSON of a usual result. A large result is compressed to a tenth of its size, and the page's
 * script unpacks it.
 */
import { strToU8, zlibSync } from "fflate";
import type { RunResult } from "../../result/run-result.ts";
import { markup, trusted, type Markup } from "./escape-html.ts";

const PLAIN_LENGTH_MAX = 1_000_000;

/** The page finds results by the attribute `data-result`, in the order of the document. */
export function embedResult(result: RunResult, id: string): Markup {
  const json = embedJson(result);
  if (json.length <= PLAIN_LENGTH_MAX)
    return markup`<script type="application/json" data-result id="${id}">${trusted(json)}</script>`;
  const packed = base64(zlibSync(strToU8(JSON.stringify(result)), { level: 6 }));
  return markup`<script type="text/plain" data-result="packed" id="${id}">${packed}</script>`;
}

/** The bytes are converted in pieces, because a function call takes only a limited number of arguments. */
function base64(bytes: Uint8Array): string {
  const piece = 0x8000;
  const texts = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * piece, (index + 1) * piece)),
  );
  return btoa(texts.join(""));
}

/**
 * Returns JSON for a script element. `<`, `>` and `&` are escaped, so neither `</script>` nor `<!--` can occur. The two line separators
 * that old JavaScript parsers do not allow in a string are escaped too.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
