import type { RunTarget } from "../words/target.ts";
import { didYouMean } from "./closest-name.ts";
import { accept, expected, readList, type Parsed } from "./parsed.ts";
import type { Problem } from "./problem.ts";
import type { Derived } from "./setting.ts";
import { member } from "./value-kinds.ts";

/** The shipped function designs (docs/designs.md). */
export const DESIGNS = [
  "init-connect",
  "lazy-connect",
  "graceful-connect",
  "handler-connect",
  "lease-connect",
] as const;
export type Design = (typeof DESIGNS)[number];

export interface LabelledName {
  /** `functions[].name` in the result, and the key of `--expect`. */
  readonly label: string;
  readonly name: string;
}

type FunctionSource =
  | { readonly kind: "design"; readonly design: Design }
  | { readonly kind: "code"; readonly file: string }
  /** A name or ARN. The function is never created or changed. */
  | { readonly kind: "existing"; readonly functionName: string };

export interface FunctionChoice {
  readonly label: string;
  readonly source: FunctionSource;
}

export const isDesign = (name: string): name is Design => (DESIGNS as readonly string[]).includes(name);

/** Whether the function needs a DynamoDB table in addition to the peer. */
export const needsLeaseTable = (source: FunctionSource): boolean =>
  source.kind === "design" && source.design === "lease-connect";

/** A label names a file in the run directory, so it must not look like the other file names there (docs/run-format.md). */
const LABEL = /^(?!applied$|peer-|link-)[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const LABEL_RULE =
  "a label has up to 64 letters, digits, - and _; its first character is a letter or a digit; it is not `applied`, and does not begin with `peer-` or `link-`";
const FUNCTION_NAME = /^[A-Za-z0-9-_]{1,140}(?::[A-Za-z0-9$_-]{1,128})?$/;
const FUNCTION_ARN =
  /^(?:arn:[a-z-]+:lambda:[a-z0-9-]+:)?(?:\d{12}:)?function:([A-Za-z0-9-_]{1,140})(?::[A-Za-z0-9$_-]{1,128})?$/;

/** `NAME`, `LABEL=NAME` or `LABEL=arn:…`. Without a label, the function's own name is the label. */
export function labelledFunction(text: string): Parsed<LabelledName> {
  const { label, rest } = splitLabel(text);
  const what = "[LABEL=]NAME or [LABEL=]ARN of a function";
  const arn = FUNCTION_ARN.exec(rest);
  if (arn === null && !FUNCTION_NAME.test(rest)) return expected(what);
  const own = arn?.[1] ?? rest.split(":")[0] ?? "";
  const chosen = label ?? own.slice(0, 64);
  return LABEL.test(chosen) ? accept({ label: chosen, name: rest }) : expected(`${what}; ${LABEL_RULE}`);
}

/** `FILE.zip`, `LABEL=FILE.mjs` or `FOLDER`. Without a label, the base name is the label, or `handler` for `.` and `..`. */
export function labelledCode(text: string): Parsed<LabelledName> {
  const { label, rest } = splitLabel(text);
  const what = "[LABEL=]FILE (.zip, .jar, .py, .mjs, .js, .cjs, .ts) or [LABEL=]FOLDER";
  if (rest === "") return expected(what);
  const base =
    /(?<![^/\\])([^/\\]*?[^/\\.])(?:\.(?:zip|jar|py|[cm]?[jt]s))?[/\\]?$/.exec(rest)?.[1] ?? "handler";
  const chosen = label ?? base.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 64);
  return LABEL.test(chosen) ? accept({ label: chosen, name: rest }) : expected(`${what}; ${LABEL_RULE}`);
}

/** The functions of a soak, as its manifest has them. */
export const functionChoices: Derived<readonly FunctionChoice[]> = {
  flag: null,
  value: { read: (json) => readList(json, readChoice) },
  whenAbsent: null,
};

function readChoice(json: unknown): Parsed<FunctionChoice> {
  const label = member(json, "label");
  const source = readSource(member(json, "source"));
  return typeof label === "string" && LABEL.test(label) && source !== null
    ? accept({ label, source })
    : expected(`a function's label and source (${LABEL_RULE})`);
}

function readSource(json: unknown): FunctionSource | null {
  const [kind, design] = [member(json, "kind"), member(json, "design")];
  const [file, functionName] = [member(json, "file"), member(json, "functionName")];
  if (kind === "design" && typeof design === "string" && isDesign(design)) return { kind, design };
  if (kind === "code" && typeof file === "string") return { kind, file };
  return kind === "existing" && typeof functionName === "string" ? { kind, functionName } : null;
}

export function splitLabel(text: string): { readonly label: string | null; readonly rest: string } {
  const at = text.indexOf("=");
  return at === -1 ? { label: null, rest: text } : { label: text.slice(0, at), rest: text.slice(at + 1) };
}

export function settleFunctions(
  given: { readonly functions: readonly LabelledName[]; readonly code: readonly LabelledName[] },
  { target, endpoint }: { readonly target: RunTarget; readonly endpoint: string | null },
): { readonly functions: readonly FunctionChoice[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const named = given.functions.map(({ label, name }): FunctionChoice => {
    if (target === "local" && isDesign(name)) return { label, source: { kind: "design", design: name } };
    if (target === "local" && endpoint === null)
      problems.push({
        where: `--function ${name}`,
        text: `expected one of ${DESIGNS.join(", ")}${didYouMean(name, DESIGNS)}; an existing function needs --endpoint or --target aws, your own code needs --code`,
      });
    return { label, source: { kind: "existing", functionName: name } };
  });
  const functions = [
    ...named,
    ...given.code.map(({ label, name }): FunctionChoice => ({ label, source: { kind: "code", file: name } })),
  ];
  if (functions.length === 0)
    problems.push({ where: "--function", text: "expected at least one --function or --code" });
  const labels = functions.map(({ label }) => label);
  for (const label of new Set(labels.filter((name, index) => labels.indexOf(name) !== index)))
    problems.push({
      where: label,
      text: `two functions have this label; expected --function OTHER=${label} for one of them`,
    });
  return { functions, problems };
}
