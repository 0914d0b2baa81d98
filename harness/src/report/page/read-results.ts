/** Returns the results in the order of the document. html/embed-result.ts compresses large ones. */
import { strFromU8, unzlibSync } from "fflate";
import type { RunResult } from "../../result/run-result.ts";

export function readResults(): readonly RunResult[] {
  return [...document.querySelectorAll<HTMLScriptElement>("script[data-result]")].map((script) => {
    const text = script.textContent ?? "";
    const json = script.dataset["result"] === "packed" ? unpacked(text) : text;
    return JSON.parse(json) as RunResult;
  });
}

function unpacked(text: string): string {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return strFromU8(unzlibSync(bytes));
}
