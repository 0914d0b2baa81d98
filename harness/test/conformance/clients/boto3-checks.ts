/** The checks of `boto3-session.py`, by name, in their order. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const BOTO3_SESSION = fileURLToPath(new URL("boto3-session.py", import.meta.url));

export function boto3Checks(): readonly string[] {
  return [...readFileSync(BOTO3_SESSION, "utf8").matchAll(/^@check\ndef (\w+)/gm)].map(
    ([, name = ""]) => name,
  );
}
