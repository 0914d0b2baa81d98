/**
 * Writes the security policy of the page. The page may run only the one script and use only the one style that it contains, both named by their
 * hashes. It cannot load or send anything. Even if hostile text were inserted as markup, it could not run.
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
