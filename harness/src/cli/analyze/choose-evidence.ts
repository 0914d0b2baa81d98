/** Decides from the paths and flags of `analyze` what is judged. Returns every mistake in them. */
import { resolve } from "node:path";
import { isRunFolder } from "../../adapters/log-formats/list-log-files.ts";
import { isFolder } from "../../adapters/node/is-folder.ts";
import type { Problem } from "../../settings/problem.ts";
import type { AnalyzeFlags } from "./analyze-settings.ts";

export type ChosenEvidence =
  | { readonly kind: "run"; readonly folder: string }
  | { readonly kind: "files"; readonly paths: readonly string[] }
  | { readonly kind: "groups"; readonly logGroups: readonly string[] };

interface EvidenceChoice {
  readonly chosen: ChosenEvidence;
  readonly problems: readonly Problem[];
}

export function chooseEvidence(
  workingFolder: string,
  paths: readonly string[],
  values: AnalyzeFlags,
): EvidenceChoice {
  const logGroups = values["log-group"] ?? [];
  const runs = paths.filter((path) => path !== "-" && isRunFolder(resolve(workingFolder, path)));
  if (runs.length > 0) return ofRun(workingFolder, runs, paths, values);
  const problems: Problem[] = [];
  if (logGroups.length === 0) {
    if (paths.length === 0)
      problems.push({
        where: "PATH",
        text: "expected a run directory, log files, - for standard input, or --log-group NAME",
      });
    for (const path of paths) {
      if (path !== "-" && isFolder(resolve(workingFolder, path)) === null)
        problems.push({
          where: path,
          text: "expected a run directory or a file with logs, but no file or folder has this name",
        });
    }
    for (const flag of ["cache", "region", "endpoint"] as const) {
      if (values[flag] !== undefined)
        problems.push({ where: `--${flag}`, text: "expected with --log-group only" });
    }
    return { chosen: { kind: "files", paths }, problems };
  }
  for (const path of paths) problems.push({ where: path, text: "expected files or --log-group, not both" });
  return { chosen: { kind: "groups", logGroups }, problems };
}

function ofRun(
  workingFolder: string,
  runs: readonly string[],
  paths: readonly string[],
  values: AnalyzeFlags,
): EvidenceChoice {
  const problems: Problem[] = [];
  if (paths.length > 1)
    problems.push({
      where: paths.join(" "),
      text: `expected one run directory and nothing else, or log files only; ${runs.join(" and ")} ${runs.length === 1 ? "is a run" : "are runs"}`,
    });
  for (const flag of ["log-group", "since", "until", "cache", "function", "region", "endpoint"] as const) {
    if (values[flag] !== undefined)
      problems.push({
        where: `--${flag}`,
        text: "works only with logs; a run directory already contains its evidence",
      });
  }
  return { chosen: { kind: "run", folder: resolve(workingFolder, runs[0] ?? "") }, problems };
}
