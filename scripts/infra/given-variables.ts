/**
 * VARS: more variables of the Terraform configuration in infra/, as JSON, as a JSON file (NAME.tfvars.json), or as a file in Terraform's
 * language (NAME.tfvars). They override the Makefile's variables. Terraform checks their values.
 */
import { resolve } from "node:path";

export interface GivenVariables {
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * The path of NAME.tfvars, which Terraform reads itself. From this file only the names of the variables, and the values of `name` and
   * `region`, are read here. Null if VARS is JSON or is not given.
   */
  readonly file: string | null;
}

const NOTHING: GivenVariables = { names: [], values: {}, file: null };

export function givenVariables(
  text: string | null,
  readText: (path: string) => string,
  problems: string[],
): GivenVariables {
  if (text === null) return NOTHING;
  if (text.trimStart().startsWith("{")) return fromJson("VARS", text, problems);
  try {
    const content = readText(text);
    return text.endsWith(".json") ? fromJson(`VARS=${text}`, content, problems) : fromHcl(text, content);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    problems.push(
      `VARS=${text} must be JSON, or a file with variables that can be read: ${code === "ENOENT" ? "there is none" : code}. infra/README.md lists the variables; a file in JSON is named *.tfvars.json.`,
    );
    return NOTHING;
  }
}

/** Name and Region are those of VARS, or else of the Makefile's variables. */
export function meantDeployment({
  name,
  region,
  variables,
}: {
  readonly name: string;
  readonly region: string | null;
  readonly variables: GivenVariables["values"];
}): { readonly name: string; readonly region: string | null } {
  const { name: ownName, region: ownRegion } = variables;
  return {
    name: typeof ownName === "string" ? ownName : name,
    region: typeof ownRegion === "string" ? ownRegion : region,
  };
}

function fromJson(what: string, text: string, problems: string[]): GivenVariables {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    problems.push(`${what} must contain JSON: ${error instanceof Error ? error.message : String(error)}.`);
    return NOTHING;
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    problems.push(`${what} must contain a JSON object of variables, such as {"alarms": {}}.`);
    return NOTHING;
  }
  return { names: Object.keys(values).sort(), values: { ...values }, file: null };
}

/** Each variable is assigned at the beginning of a line. Members of its value are indented. */
function fromHcl(path: string, text: string): GivenVariables {
  const names = [...text.matchAll(/^([a-z_]+)[ \t]*=/gm)].map(([, name = ""]) => name).sort();
  const assigned = ["name", "region"].flatMap((name) => {
    const value = new RegExp(`^${name}[ \\t]*=[ \\t]*"([^"]*)"`, "m").exec(text)?.[1];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { names, values: Object.fromEntries(assigned), file: resolve(path) };
}
