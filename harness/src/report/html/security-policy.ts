/**
 * What the page may do: run the one script and use the one style that are in it, named by their hashes, and nothing else.
 * It cannot load or send anything. If hostile text ever became markup, it still could not run.
 */
import { sha256 } from "@noble/hashes/sha2.js";

export function securityPolicy({
  script,
  style,
}: {
  readonly script: string;
  readonly style: string;
}): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  const digest = sha256(new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
