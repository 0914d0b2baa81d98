/** Loads and checks the inputs to which a soak's settings refer: the event, the expressions and the code. Collects mistakes. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { designPackageFile } from "../../adapters/node/assets.ts";
import { readCodePackage } from "../../adapters/toolchains/code-package.ts";
import { isLongrunError, type LongrunError } from "../../domain/errors.ts";
import type { FunctionChoice } from "../../settings/function-choice.ts";
import type { Problem } from "../../settings/problem.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { bringClient, programOf } from "../../adapters/toolchains/interpreters.ts";
import { runtimeInWords, type RanOn } from "../../runtimes/interpreter-notice.ts";
import { DEFAULT_RUNTIME, findRuntime } from "../../runtimes/all-runtimes.ts";
import { node } from "../../runtimes/node.ts";
import { isRuntimeRefused, unusedBinary, unusedLauncher } from "../code-flags.ts";
import type { Machine } from "../machine.ts";
import { readEvent } from "../read-event.ts";
import { thresholdProblems } from "../threshold-problems.ts";

interface LoadedCode {
  readonly label: string;
  readonly zip: Uint8Array;
  readonly handler: string;
  readonly runtime: string;
  /** The design or file from which the code came. */
  readonly from: string;
  /** The program of this machine on which the function runs. Unknown with an engine that the user started (`--endpoint`). */
  readonly program: RanOn;
}

export interface LoadedInputs {
  readonly event: unknown;
  readonly success: ((payload: unknown) => Promise<string | null>) | null;
  readonly code: readonly LoadedCode[];
  readonly problems: readonly Problem[];
  /**
   * The error if something that is needed does not exist. If there are mistakes in the settings, they are reported instead
   * (docs/contracts.md#exit-codes).
   */
  readonly missing: LongrunError | null;
}

/** `inFlags`: the mistakes that were found in the flags before any file was read. */
export async function loadInputs(
  settings: SoakSettings,
  machine: Pick<Machine, "workingFolder" | "environment" | "stderr">,
  inFlags: readonly Problem[],
): Promise<LoadedInputs> {
  const { workingFolder } = machine;
  const problems: Problem[] = [...thresholdProblems(settings.thresholds)];
  const event = readEvent(settings.event, workingFolder);
  if (!event.ok) problems.push({ where: `--event ${settings.event}`, text: `expected ${event.expected}` });
  let success: LoadedInputs["success"] = null;
  if (settings.success !== null) {
    // The module is loaded only for --success.
    const { successExpression } = await import("./success-expression.ts");
    const expression = successExpression(settings.success);
    if (expression.ok) success = (payload) => expression.whyNoSuccess(payload);
    else problems.push({ where: `--success ${settings.success}`, text: `expected ${expression.expected}` });
  }
  const functions = isRuntimeRefused(inFlags) ? [] : settings.functions;
  const files = functions.flatMap(({ source }) =>
    source.kind === "code" ? [resolve(workingFolder, source.file)] : [],
  );
  const wrongBinary = unusedBinary(settings.binary, files);
  if (wrongBinary.length > 0)
    return { event: null, success, code: [], problems: [...problems, ...wrongBinary], missing: null };
  const code: LoadedCode[] = [];
  let missing: LongrunError | null = null;
  for (const choice of functions) {
    try {
      const loaded = await loadCode(choice, settings, machine);
      if (loaded === null) continue;
      if ("zip" in loaded) code.push(loaded);
      else problems.push(loaded);
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      missing = error;
    }
  }
  if (problems.length === 0 && missing === null && files.length > 0)
    problems.push(
      ...unusedLauncher(
        settings.launcher,
        code.map((one) => one.runtime),
      ),
    );
  return { event: event.ok ? event.value : null, success, code, problems, missing };
}

async function loadCode(
  choice: FunctionChoice,
  { handler, runtime, binary, launcher, endpoint }: SoakSettings,
  { workingFolder, environment, stderr }: Pick<Machine, "workingFolder" | "environment" | "stderr">,
): Promise<LoadedCode | Problem | null> {
  const { label, source } = choice;
  if (source.kind === "existing") return null;
  const ran = (name: string): RanOn =>
    endpoint === null ? programOf(name, environment, launcher) : { ranOn: null, notice: null };
  if (source.kind === "design") {
    if (runtime !== null && findRuntime(runtime)?.family.name !== node.name)
      return { where: `--runtime ${runtime}`, text: `expected a version of Node for ${source.design}` };
    const zip = readFileSync(designPackageFile(source.design));
    return {
      label,
      zip,
      handler: "handler.handler",
      runtime: runtime ?? DEFAULT_RUNTIME,
      from: source.design,
      program: ran(runtime ?? DEFAULT_RUNTIME),
    };
  }
  const report = (line: string): void => void stderr.write(`${line}\n`);
  const read = await readCodePackage(resolve(workingFolder, source.file), handler, {
    runtime,
    binary,
    // A running engine may have its own --launcher, so none is required here.
    launches: launcher !== null || endpoint !== null,
    environment,
    report,
  });
  if (!read.ok) return { where: `--code ${source.file}`, text: `expected ${read.expected}` };
  await bringClient(read.runtime, environment, report);
  const program = ran(read.runtime);
  report(`${label}: ${runtimeInWords(read.runtime, program)}, handler ${read.handler}`);
  return { label, zip: read.zip, handler: read.handler, runtime: read.runtime, from: source.file, program };
}
