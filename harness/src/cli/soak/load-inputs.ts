/** Loads what a soak's settings refer to: event, expressions and code. */
import { resolve } from "node:path";
import { designPackage } from "../../adapters/node/assets.ts";
import { hasToBeBuilt, readCodePackage } from "../../adapters/toolchains/code-package.ts";
import { isLongrunError, type LongrunError } from "../../base/errors.ts";
import type { FunctionChoice } from "../../settings/function-choice.ts";
import type { Problem } from "../../settings/problem.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { bringClient, programOf } from "../../adapters/toolchains/interpreters.ts";
import { runtimeInWords, type RanOn } from "../../catalogue/runtimes/interpreter-notice.ts";
import { DEFAULT_RUNTIME, findRuntime } from "../../catalogue/runtimes/all-runtimes.ts";
import { node } from "../../catalogue/runtimes/node.ts";
import { isRuntimeRefused, unusedBinary, unusedLauncher, unusedLauncherBeforeBuild } from "../code-flags.ts";
import type { Machine } from "../machine.ts";
import { readEvent, shownEvent } from "../read-event.ts";
import { thresholdProblems } from "../threshold-problems.ts";

interface LoadedCode {
  readonly label: string;
  readonly zip: Uint8Array;
  readonly handler: string;
  readonly runtime: string;
  readonly from: string;
  /** Unknown with an engine that the user started (`--endpoint`). */
  readonly program: RanOn;
}

export interface LoadedInputs {
  readonly event: unknown;
  readonly success: ((payload: unknown) => Promise<string | null>) | null;
  readonly code: readonly LoadedCode[];
  readonly problems: readonly Problem[];
  /**
   * The error if something that the run needs is missing on this machine. Mistakes in the settings are reported first and alone
   * (docs/contracts.md#exit-codes).
   */
  readonly missing: LongrunError | null;
}

/** `inFlags` are the mistakes known so far. After any mistake, nothing is built or installed. */
export async function loadInputs(
  settings: SoakSettings,
  machine: Pick<Machine, "workingFolder" | "environment" | "stderr">,
  inFlags: readonly Problem[],
  showValues = false,
): Promise<LoadedInputs> {
  const { workingFolder } = machine;
  const problems: Problem[] = [...thresholdProblems(settings.thresholds)];
  const event = readEvent(settings.event, workingFolder);
  if (!event.ok)
    problems.push({ where: shownEvent(settings.event, showValues), text: `expected ${event.expected}` });
  let success: LoadedInputs["success"] = null;
  if (settings.success !== null) {
    const { successExpression } = await import("./success-expression.ts");
    const expression = successExpression(settings.success);
    if (expression.ok) success = (payload) => expression.whyNoSuccess(payload);
    else problems.push({ where: `--success ${settings.success}`, text: `expected ${expression.expected}` });
  }
  const functions = isRuntimeRefused(inFlags) ? [] : settings.functions;
  const files = functions.flatMap(({ source }) =>
    source.kind === "code" ? [resolve(workingFolder, source.file)] : [],
  );
  const unused = [
    ...unusedBinary(settings.binary, files),
    ...unusedLauncherBeforeBuild(settings.launcher, settings.runtime, files),
  ];
  if (unused.length > 0)
    return { event: null, success, code: [], problems: [...problems, ...unused], missing: null };
  const read: ReadCode[] = [];
  let missing: LongrunError | null = null;
  for (const choice of functions) {
    try {
      const one = await readCode(choice, settings, machine, [...inFlags, ...problems]);
      if (one === null) continue;
      if ("zip" in one) read.push(one);
      else problems.push(one);
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      missing = error;
    }
  }
  const inputs = { event: event.ok ? event.value : null, success };
  if (problems.length === 0 && missing === null && files.length > 0) {
    const runtimes = read.map((one) => one.runtime);
    problems.push(...unusedLauncher(settings.launcher, runtimes));
  }
  if (inFlags.length > 0 || problems.length > 0 || missing !== null)
    return { ...inputs, code: [], problems, missing };
  try {
    const code: LoadedCode[] = [];
    for (const one of read) code.push(await withProgram(one, settings, machine));
    return { ...inputs, code, problems, missing };
  } catch (error) {
    if (!isLongrunError(error)) throw error;
    return { ...inputs, code: [], problems, missing: error };
  }
}

type ReadCode = Omit<LoadedCode, "program">;

/** After earlier `mistakes` no run starts, so code that has to be built is left out. */
async function readCode(
  { label, source }: FunctionChoice,
  { handler, runtime, binary, launcher, endpoint }: SoakSettings,
  { workingFolder, environment, stderr }: Pick<Machine, "workingFolder" | "environment" | "stderr">,
  mistakes: readonly Problem[],
): Promise<ReadCode | Problem | null> {
  if (source.kind === "existing") return null;
  if (source.kind === "design") {
    if (runtime !== null && findRuntime(runtime)?.family.name !== node.name)
      return { where: `--runtime ${runtime}`, text: `expected a version of Node for ${source.design}` };
    const zip = designPackage(source.design);
    const from = source.design;
    return { label, zip, handler: "handler.handler", runtime: runtime ?? DEFAULT_RUNTIME, from };
  }
  const file = resolve(workingFolder, source.file);
  if (mistakes.length > 0 && hasToBeBuilt(file)) return null;
  const read = await readCodePackage(file, handler, {
    runtime,
    binary,
    // A running engine may have its own --launcher, so none is required here.
    launches: launcher !== null || endpoint !== null,
    environment,
    report: (line) => void stderr.write(`${line}\n`),
  });
  if (!read.ok) return { where: `--code ${source.file}`, text: `expected ${read.expected}` };
  return { label, zip: read.zip, handler: read.handler, runtime: read.runtime, from: source.file };
}

/** Installs what the code needs. For the user's own code, reports the program on which it runs. */
async function withProgram(
  code: ReadCode,
  { functions, launcher, endpoint }: SoakSettings,
  { environment, stderr }: Pick<Machine, "environment" | "stderr">,
): Promise<LoadedCode> {
  const { label, runtime, handler } = code;
  const report = (line: string): void => void stderr.write(`${line}\n`);
  const isUsers = functions.some((one) => one.label === label && one.source.kind === "code");
  if (isUsers) await bringClient(runtime, environment, report);
  const program =
    endpoint === null ? programOf(runtime, environment, launcher) : { ranOn: null, notice: null };
  if (isUsers) report(`${label}: ${runtimeInWords(runtime, program)}, handler ${handler}`);
  return { ...code, program };
}
