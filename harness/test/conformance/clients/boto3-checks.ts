/** The names of the checks in each boto3 script, in the order of the script. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Boto3Script {
  readonly what: string;
  readonly file: string;
  readonly checks: readonly string[];
}

function script(name: string, what: string): Boto3Script {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const checks = [...readFileSync(file, "utf8").matchAll(/^@check\ndef (\w+)/gm)];
  return { what, file, checks: checks.map(([, check = ""]) => check) };
}

export const BOTO3_SCRIPTS: readonly Boto3Script[] = [
  script("boto3-session.py", "functions at work"),
  script("boto3-walk.py", "what each operation refuses and lists"),
];
