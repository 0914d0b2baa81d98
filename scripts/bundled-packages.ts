/** The packages whose code is inside a bundle. A user gets them without installing them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression. */
  readonly license: string;
  readonly licenseText: string;
}

/** Reads the packages from `root`/node_modules. Throws if one has no licence file. */
export function bundledPackages({ inputs }: Metafile, root: string): readonly BundledPackage[] {
  const names = Object.keys(inputs).flatMap(
    (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(names)].sort().map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      version: string;
      license: string;
    };
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return { name, version, license, licenseText: readFileSync(join(folder, file), "utf8").trim() };
  });
}

/** Returns a comment with the licences. A text that several packages share is there once. */
export function licenceNotice(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, readonly string[]>();
  for (const { name, version, licenseText } of packages)
    byText.set(licenseText, [...(byText.get(licenseText) ?? []), `${name} ${version}`]);
  const parts = [...byText].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  return parts.length === 0 ? "" : `/*!\nThis file contains:\n\n${parts.join("\n\n---\n\n")}\n*/\n`;
}
