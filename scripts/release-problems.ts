/**
 * Finds what is wrong with a release. Tag, package.json, lock file and changelog must have the same version. package.json must name the
 * repository that publishes, because npm refuses provenance from any other.
 */
import { z } from "zod";

const MANIFEST = z.object({
  version: z.string(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).nullish(),
});
const LOCK = z.object({ version: z.string() });
/** npm accepts these forms of the address of a repository on GitHub. */
const REPOSITORY =
  /^(?:(?:git\+)?(?:https|ssh|git):\/\/(?:[^/@]+@)?github\.com\/|git@github\.com:|github:)?([\w.-]+\/[\w.-]+?)(?:\.git)?$/;

interface Release {
  readonly tag: string;
  readonly manifest: string;
  readonly lock: string;
  readonly changelog: string;
  /** The repository that publishes, OWNER/NAME; null outside of a workflow. */
  readonly here: string | null;
}

export function releaseProblems({ tag, manifest, lock, changelog, here }: Release): {
  readonly version: string;
  readonly problems: readonly string[];
} {
  const { version, repository = null } = MANIFEST.parse(JSON.parse(manifest));
  const { version: locked } = LOCK.parse(JSON.parse(lock));
  const home = repositoryOf(typeof repository === "string" ? repository : (repository?.url ?? ""));
  const problems = [
    ...(tag === `v${version}`
      ? []
      : [`the tag is ${tag === "" ? "missing" : tag}, package.json says ${version}: expected v${version}`]),
    ...(locked === version
      ? []
      : [`package-lock.json says ${locked}, package.json ${version}: npm install --package-lock-only`]),
    ...problemsOfChangelog(changelog, version),
    ...(home !== null && (here === null || home === here)
      ? []
      : [
          `package.json's "repository" names ${home ?? "none on GitHub"}, and npm accepts provenance only from the repository that package.json names: ` +
            `npm pkg set repository.type=git repository.url=git+https://github.com/${here ?? "OWNER/NAME"}.git`,
        ]),
  ];
  return { version, problems };
}

function problemsOfChangelog(changelog: string, version: string): readonly string[] {
  const section = changelog
    .split(/^## /m)
    .slice(1)
    .find((text) => [`${version} `, `${version}\n`, `[${version}]`].some((begin) => text.startsWith(begin)));
  if (section === undefined) return [`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD"`];
  return [
    ...(/^.*\d{4}-\d{2}-\d{2}/.test(section) ? [] : [`CHANGELOG.md gives ${version} no date`]),
    ...(/^- /m.test(section) ? [] : [`CHANGELOG.md has no entry for ${version}`]),
  ];
}

/** OWNER/NAME. */
const repositoryOf = (url: string): string | null => REPOSITORY.exec(url)?.[1] ?? null;
