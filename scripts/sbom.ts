/**
 * `node --import tsx scripts/sbom.ts FILE`: writes the list of all packages that a user of the package gets, in CycloneDX: those that npm
 * installs with it and those that are bundled into it. Needs the network.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "../harness/src/adapters/node/assets.ts";
import manifest from "../package.json" with { type: "json" };
import { bundledPackages } from "./bundled-packages.ts";
import { pageScript } from "./bundles.ts";

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly externalReferences?: readonly unknown[];
}

interface Sbom {
  readonly metadata: { component: Component };
  components: Component[];
  dependencies: { readonly ref: string }[];
}

/** The project into which the package is installed. It is not in the list. */
const USER = "a-user";

const root = packageRoot();
const folder = mkdtempSync(join(tmpdir(), "longrun-sbom-"));
const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
try {
  const archive = npm(root, "pack", "--silent", "--pack-destination", folder).trim().split("\n").at(-1) ?? "";
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: USER, version: "1.0.0", private: true }),
  );
  npm(folder, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", `./${archive}`);
  const sbom = JSON.parse(npm(folder, "sbom", "--sbom-format", "cyclonedx")) as Sbom;
  const { name: ownName } = manifest;
  const own = sbom.components.find(({ name }) => name === ownName);
  if (own === undefined) throw new Error(`npm sbom does not list ${ownName}`);
  // The reference to the archive has a path of this machine.
  sbom.metadata.component = { ...own, externalReferences: [] };
  sbom.components = sbom.components.filter((component) => component !== own);
  sbom.dependencies = sbom.dependencies.filter(({ ref }) => !ref.startsWith(`${USER}@`));
  const { metafile } = await build({ ...pageScript, outdir: "dist/report", write: false, metafile: true });
  for (const { name, version, license } of bundledPackages(metafile, root)) {
    const purl = `pkg:npm/${name}@${version}`;
    if (sbom.components.some((component) => component["bom-ref"] === `${name}@${version}`)) continue;
    const component = {
      "bom-ref": `${name}@${version}`,
      type: "library",
      name,
      version,
      purl,
      licenses: [{ license: { id: license } }],
    };
    sbom.components.push(component);
  }
  writeFileSync(process.argv[2] ?? "sbom.cdx.json", `${JSON.stringify(sbom, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
