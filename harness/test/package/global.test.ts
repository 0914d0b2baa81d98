/**
 * Tests `npm install --global` of the packed package, without a checkout. It runs with this Node and with every other Node in CI's cache
 * (`.ci/run nightly` downloads Node 22, 24 and 26). Each Node installs into its own folder.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const CACHE =
  env["LONGRUN_CI_CACHE"] ?? join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "lambda-longrun-ci");
const NODES = [
  { title: `this Node, ${process.version}`, bin: dirname(execPath) },
  ...["22", "24", "26"].map((major) => ({
    title: `Node ${major}`,
    bin: join(CACHE, `node${major}`, "node_modules", "node", "bin"),
  })),
];

describe("npm install --global of the packed package", function () {
  this.timeout(600_000);
  let folder = "";
  const must = (bin: string, command: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: join(folder, "empty"),
      encoding: "utf8",
      env: {
        ...env,
        PATH: `${bin}${delimiter}${env["PATH"] ?? ""}`,
        NODE_OPTIONS: undefined,
        NODE_TEST_CONTEXT: undefined,
      },
    });
    if (status !== 0)
      throw new Error(`${command} ${args.join(" ")}: exit ${String(status)}\n${stdout}${stderr}`);
    return stdout;
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "longrun-global-"));
    mkdirSync(join(folder, "empty"));
    const packed = spawnSync("npm", ["pack", "--pack-destination", folder, "--silent"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    if (packed.status !== 0) throw new Error(`npm pack: ${packed.stderr}`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, { title, bin }] of NODES.entries())
    it(`works with ${title}`, function () {
      if (!existsSync(join(bin, "node"))) {
        process.stdout.write(`      skipped: ${bin} has no node\n`);
        this.skip();
      }
      const prefix = join(folder, `prefix-${index}`);
      const from = join(folder, `lambda-longrun-${version}.tgz`);
      const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
      must(bin, "npm", "install", "--global", "--prefix", prefix, ...quiet, from);
      const longrun = join(prefix, "bin", "longrun");
      expect(must(bin, longrun, "--version").trim()).to.equal(version);
      const explore = ["explore", "--function", "handler-connect", "--depth", "1", "--runs", "0"];
      expect(must(bin, longrun, ...explore)).to.match(/handler-connect/);
      must(bin, longrun, "serve", "--help");
    });
});
