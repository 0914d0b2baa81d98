/** The catalogue of runtimes. */
import { invariant } from "../../base/invariant.ts";
import { dotnet } from "./dotnet.ts";
import { java } from "./java.ts";
import { ENDED_RUNTIMES } from "./lambda-runtimes.ts";
import { node } from "./node.ts";
import { provided } from "./provided.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import type { Compiler, LocalRuntime, RuntimeFamily, RuntimeVersion } from "./runtime-family.ts";
import type { LogLine, RuntimeLine } from "./runtime-log.ts";

export const ALL_RUNTIMES = [node, python, java, dotnet, ruby, provided] as const;

export const FAMILIES: readonly RuntimeFamily[] = ALL_RUNTIMES;

type Local = (typeof ALL_RUNTIMES)[number]["local"];
/** The folders in engine/clients. */
export type ClientName = NonNullable<Local["client"]>;
/** The families whose interpreters adapters/toolchains finds. */
export type InterpretedFamily = Exclude<
  (typeof ALL_RUNTIMES)[number],
  { readonly local: { readonly interpreter: null } }
>["name"];

type Version = (typeof ALL_RUNTIMES)[number]["versions"][number];
export type RunnableRuntime = Version["runtime"];
export type OfferedRuntime = Extract<Version, { readonly state: "current" }>["runtime"];

export const DEFAULT_RUNTIME = "nodejs22.x" satisfies OfferedRuntime;

const VERSIONS: readonly Version[] = ALL_RUNTIMES.flatMap((family) => [...family.versions]);

/** The runtimes that the engine can run, oldest first within a family. */
export const RUNNABLE_RUNTIMES: readonly RunnableRuntime[] = VERSIONS.map((version) => version.runtime);

export const OFFERED_RUNTIMES: readonly OfferedRuntime[] = VERSIONS.flatMap((version) =>
  version.state === "current" ? [version.runtime] : [],
);

export interface KnownRuntime {
  readonly family: RuntimeFamily;
  readonly local: LocalRuntime;
  readonly version: RuntimeVersion;
}

/** Returns null if the engine cannot run functions of this runtime. */
export function findRuntime(runtime: string): KnownRuntime | null {
  for (const family of FAMILIES) {
    const version = family.versions.find((one) => one.runtime === runtime);
    if (version !== undefined && family.local !== null) return { family, local: family.local, version };
  }
  return null;
}

/** The runtime of an existing function is always known, because creating a function with an unknown runtime is refused. */
export function runtimeOf(runtime: string): KnownRuntime {
  const known = findRuntime(runtime);
  invariant(known !== null, `functions of ${runtime} are refused when they are made`);
  return known;
}

/** An example of a version text in INIT_START or `platform.initStart` is `nodejs:22.v50`. */
export function familyOfVersionText(text: string): RuntimeFamily | null {
  const language = text.split(":", 1)[0];
  return FAMILIES.find((family) => family.language === language) ?? null;
}

/**
 * For a package, these families are tried before all others, in this order. So a package with a `bootstrap` is of the family `provided`, even
 * if it has other files.
 */
const FIRST_BY_PACKAGE: readonly RuntimeFamily[] = [provided, java, dotnet];
const BY_PACKAGE = [...FIRST_BY_PACKAGE, ...FAMILIES.filter((family) => !FIRST_BY_PACKAGE.includes(family))];

/** Files at the root decide before files in folders, because files in folders can belong to dependencies. */
export function familyOfCode(
  code: { readonly sourceEnding: string } | { readonly files: readonly string[] },
): LocalRuntime | null {
  if ("sourceEnding" in code)
    return find(({ package: { sourceEndings } }) => sourceEndings.includes(code.sourceEnding));
  const atRoot = code.files.filter((file) => !file.includes("/"));
  return find(({ package: rule }) => rule.owns(atRoot)) ?? find(({ package: rule }) => rule.owns(code.files));
}

function find(fits: (local: LocalRuntime) => boolean): LocalRuntime | null {
  return BY_PACKAGE.find(({ local }) => local !== null && fits(local))?.local ?? null;
}

/** The beginnings of the names of all runtimes that Lambda has or had. */
export const RUNTIME_LANGUAGES: readonly string[] = [
  ...new Set([
    ...FAMILIES.map((family) => family.language),
    ...ENDED_RUNTIMES.map((runtime) => runtime.replace(/[^a-z].*/, "")),
  ]),
];

/** The families whose functions the user's `--launcher` starts. */
export const LAUNCHED_FAMILIES = FAMILIES.flatMap(({ title, local }) =>
  local === null || local.launcher === null ? [] : [title],
).join(" and ");

type Languages<Package> = Package extends { readonly compiled: readonly (infer Language)[] }
  ? Language
  : never;
/** The compilers that longrun starts. */
export type CompilerName = Extract<
  Languages<Local["package"]>,
  { readonly compiler: object }
>["compiler"]["command"];

export const COMPILERS: readonly Compiler<CompilerName>[] = ALL_RUNTIMES.flatMap(({ local }) =>
  "compiled" in local.package ? [...local.package.compiled] : [],
).flatMap(({ compiler }) => compiler ?? []);

const FOREIGN_FRAMES = FAMILIES.flatMap(({ log: { foreignFrames } }) => foreignFrames ?? []);

/** Whether a stack frame is of a runtime, of its client or of a standard library. */
export function isForeignFrame(frame: string): boolean {
  return FOREIGN_FRAMES.some((frames) => frames.test(frame));
}

export interface RuntimeReading extends RuntimeLine {
  readonly family: string;
}

/** Returns one reading for each family whose client writes this line: usually one or none. */
export function readRuntimeLine(line: LogLine): readonly RuntimeReading[] {
  const readings: RuntimeReading[] = [];
  for (const { name, log } of FAMILIES) {
    const said = log.read(line);
    if (said !== null) readings.push({ family: name, ...said });
  }
  return readings;
}

export function familyNamed(name: string): RuntimeFamily | null {
  return FAMILIES.find((family) => family.name === name) ?? null;
}
