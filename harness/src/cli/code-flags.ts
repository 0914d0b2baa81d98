/** Refuses flags about `--code` that none of the given code needs, so that no flag is ignored. */
import { choosesProgram } from "../adapters/toolchains/code-package.ts";
import { findRuntime } from "../runtimes/all-runtimes.ts";
import type { Problem } from "../settings/problem.ts";

/** `files` are the absolute paths of all code. It is checked before anything is built. */
export function unusedBinary(binary: string | null, files: readonly string[]): readonly Problem[] {
  if (binary === null || files.length === 0 || files.some(choosesProgram)) return [];
  return [
    {
      where: `--bin ${binary}`,
      text: "works only with the folder of a Cargo package in Rust, whose program it names",
    },
  ];
}

/** `runtimes` are those of all code. */
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

/** Whether the runtime was refused. The code is then not read, because another runtime would be chosen and shown for it. */
export function isRuntimeRefused(problems: readonly Problem[]): boolean {
  return problems.some(({ where }) => /^--runtime\b(?!-)/.test(where));
}
