/** Refuses a flag that no code given with `--code` needs, because a flag without an effect is a mistake. */
import { choosesProgram, hasToBeBuilt } from "../adapters/toolchains/code-package.ts";
import { findRuntime } from "../runtimes/all-runtimes.ts";
import { provided } from "../runtimes/provided.ts";
import type { Problem } from "../settings/problem.ts";

/**
 * Returns a mistake if `--bin` is given and no code is a Cargo package. Called before anything is built. `files` has the absolute paths of all code.
 */
export function unusedBinary(binary: string | null, files: readonly string[]): readonly Problem[] {
  if (binary === null || files.length === 0 || files.some(choosesProgram)) return [];
  return [
    {
      where: `--bin ${binary}`,
      text: "works only with the folder of a Cargo package in Rust, whose program it names",
    },
  ];
}

/**
 * Returns a mistake if `--launcher` is given and all code has to be built, because a built program needs no launcher. Called before anything is
 * built.
 */
export function unusedLauncherBeforeBuild(
  launcher: string | null,
  runtime: string | null,
  files: readonly string[],
): readonly Problem[] {
  if (files.length === 0 || !files.every(hasToBeBuilt)) return [];
  // Code for another family's runtime is refused before it is built, with a better reason.
  if (runtime !== null && findRuntime(runtime)?.family.name !== provided.name) return [];
  return unusedLauncher(launcher, [runtime ?? provided.local.preferred]);
}

/** Returns a mistake if `--launcher` is given and no function needs it. `runtimes` has the runtimes of all code. */
export function unusedLauncher(launcher: string | null, runtimes: readonly string[]): readonly Problem[] {
  if (launcher === null || runtimes.length === 0) return [];
  if (runtimes.some((name) => findRuntime(name)?.local.launcher !== null)) return [];
  return [
    {
      where: `--launcher ${launcher}`,
      text: `works only with functions in Ruby and .NET: ${[...new Set(runtimes)].join(" and ")} needs no such command`,
    },
  ];
}

/** Whether the value of `--runtime` was refused. The code is then not read: without this value, another runtime would be chosen and shown. */
export function isRuntimeRefused(problems: readonly Problem[]): boolean {
  return problems.some(({ where }) => /^--runtime\b(?!-)/.test(where));
}
