/**
 * Every kind of mark has its own shape, so that it can be recognised without colours. Exceptions are Init and Invoke (succeeded, failed or unknown):
 * they are blocks that differ only in colour.
 */
import { element } from "./element.ts";

const ENTRIES = [
  ["init", "Init phase"],
  ["ok", "Invoke, succeeded"],
  ["failed", "Invoke, failed"],
  ["unknown", "Invoke, outcome unknown"],
  ["frozen", "frozen"],
  ["shutdown", "Shutdown phase"],
  ["hold", "connection held"],
  ["suspect", "perhaps held (suspect)"],
  ["refused", "refused or no answer"],
  ["window", "harm window"],
  ["exposure", "exposure"],
] as const;

export function legend(): HTMLElement {
  return element("ul", {
    class: "legend",
    attributes: { "aria-label": "Legend" },
    children: ENTRIES.map(([name, text]) =>
      element("li", {
        children: [
          element("span", { class: `glyph glyph-${name}`, attributes: { "aria-hidden": "true" } }),
          text,
        ],
      }),
    ),
  });
}
