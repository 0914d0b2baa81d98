/** Refuses flags about the code, such as `--bin`, if they would have no effect. */
import { choosesProgram, hasToBeBuilt } from "../adapters/toolchains/code-package.ts";
import { findRuntime, LAUNCHED_FAMILIES } from "../catalogue/runtimes/all-runtimes.ts";
import { provided } from "../catalogue/runtimes/provided.ts";
import type { Problem } from "../settings/problem.ts";

/** Called before anything is built. `files` are the absolute paths of all code. */
export function unusedBinary(binary: string | null, files: readonly string[]): readonly Problem[] {
  if (binary === null || files.length === 0 || files.some(choosesProgram)) return [];
  return [
    {
      where: `--bin ${binary}`,
      text: "works only with the folder of a Cargo package in Rust, because --bin names a program of the package",
    },
  ];
}

/** If all code has to be built, `--launcher` has no effect, because a built program needs no launcher. Called before anything is built. */
export function unusedLauncherBeforeBuild(
  launcher: string | null,
  runtime: string | null,
  files: readonly string[],
): readonly Problem[] {
  if (files.length === 0 || !files.every(hasToBeBuilt)) return [];
  // Code for another family's runtime is refused later, with a better reason.
  if (runtime !== null && findRuntime(runtime)?.family.name !== provided.name) return [];
  return unusedLauncher(launcher, [runtime ?? provided.local.preferred]);
}

export function unusedLauncher(launcher: string | null, runtimes: readonly string[]): readonly Problem[] {
  if (launcher === null || runtimes.length === 0) return [];
  if (runtimes.some((name) => findRuntime(name)?.local.launcher !== null)) return [];
  return [
    {
      where: `--launcher ${launcher}`,
      text: `works only with functions in ${LAUNCHED_FAMILIES}: ${[...new Set(runtimes)].join(" and ")} needs no such command`,
    },
  ];
}

/** If the value of `--runtime` was refused, the code is not read, because another runtime would be chosen for it and shown. */
export function isRuntimeRefused(problems: readonly Problem[]): boolean {
  return problems.some(({ where }) => /^--runtime\b(?!-)/.test(where));
}
