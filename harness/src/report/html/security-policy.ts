/**
 * The page may run and use only its own script and style, named by their hashes. It cannot load or send anything. So even if hostile text
 * got into the page as markup, it could not run.
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
