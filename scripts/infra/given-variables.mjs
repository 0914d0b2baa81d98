/**
 * VARS: further variables of the composition, as JSON, as a file of JSON (NAME.tfvars.json), or as one in Terraform's own language
 * (NAME.tfvars). They win over what the Makefile says; what they hold is Terraform's to judge.
 */
import { resolve } from "node:path";

const NOTHING = { names: [], values: {}, file: null };

/**
 * @param {string | null} text
 * @param {(path: string) => string} readText
 * @param {string[]} problems what is wrong is added here
 * @returns {{ names: readonly string[], values: Readonly<Record<string, unknown>>, file: string | null }}
 *   file: one that Terraform reads itself, of whose values only name and Region are known here
 */
export function givenVariables(text, readText, problems) {
  if (text === null) return NOTHING;
  if (text.trimStart().startsWith("{")) return fromJson("VARS", text, problems);
  try {
    const content = readText(text);
    return text.endsWith(".json") ? fromJson(`VARS=${text}`, content, problems) : fromHcl(text, content);
  } catch (error) {
    problems.push(
      `VARS=${text} must be JSON, or a file with variables that can be read: ${error.code === "ENOENT" ? "there is none" : error.code}. infra/README.md lists the variables; a file in JSON is named *.tfvars.json.`,
    );
    return NOTHING;
  }
}

/** The deployment that is meant: what VARS says of name and Region, else the Makefile's variables. */
export function meantDeployment({ name, region, variables }) {
  return { name: variables.name ?? name, region: variables.region ?? region };
}

function fromJson(what, text, problems) {
  let values;
  try {
    values = JSON.parse(text);
  } catch (error) {
    problems.push(`${what} must hold JSON: ${error.message}.`);
    return NOTHING;
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    problems.push(`${what} must hold a JSON object of variables, such as {"alarms": {}}.`);
    return NOTHING;
  }
  return { names: Object.keys(values).sort(), values, file: null };
}

/** A variable is assigned at the beginning of a line; what lies within it is indented. */
function fromHcl(path, text) {
  const names = [...text.matchAll(/^([a-z_]+)[ \t]*=/gm)].map(([, name]) => name).sort();
  const assigned = ["name", "region"].flatMap((name) => {
    const value = new RegExp(`^${name}[ \\t]*=[ \\t]*"([^"]*)"`, "m").exec(text)?.[1];
    return value === undefined ? [] : [[name, value]];
  });
  return { names, values: Object.fromEntries(assigned), file: resolve(path) };
}
