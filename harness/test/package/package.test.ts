/**
 * Tests the package as a user gets it. The package is packed and installed into an empty folder, its examples are run by mocha and by
 * Node's own test runner, and its types are checked by a strict compiler. `npm install` needs the network, so these tests run separately:
 * `npm run test:package`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const { devDependencies, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  devDependencies: Record<string, string>;
  version: string;
};

describe("the packed package in an empty folder", function () {
  this.timeout(600_000);
  let folder = "";
  const run = (
    command: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly output: string } => {
    // Variables that a test runner sets for its child processes are removed, because a user does not have them.
    const env = { ...process.env, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", env });
    return { status, output: `${stdout}${stderr}` };
  };
  const must = (command: string, ...args: readonly string[]): string => {
    const { status, output } = run(command, ...args);
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit ${String(status)}\n${output}`);
    return output;
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "longrun-package-"));
    const packed = spawnSync("npm", ["pack", "--pack-destination", folder, "--silent"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    if (packed.status !== 0) throw new Error(`npm pack: ${packed.stderr}`);
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "a-user", private: true, type: "module" }),
    );
    const tools = ["mocha", "typescript"].map((name) => `${name}@${devDependencies[name] ?? "latest"}`);
    must(
      "npm",
      "install",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      `./lambda-longrun-${version}.tgz`,
      ...tools,
    );
    cpSync(join(folder, "node_modules", "lambda-longrun", "examples"), join(folder, "examples"), {
      recursive: true,
    });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("needs no package with an install script, except esbuild and optional packages", () => {
    const lock = JSON.parse(readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8")) as {
      packages: Record<string, { hasInstallScript?: boolean; optional?: boolean }>;
    };
    const scripts = Object.entries(lock.packages).filter(([, one]) => one.hasInstallScript === true);
    expect(scripts.filter(([, one]) => one.optional !== true).map(([path]) => path)).to.deep.equal([
      "node_modules/esbuild",
    ]);
  });

  it("has a list of what a user gets: each package that npm installs, and those in the report's page", () => {
    const file = join(folder, "sbom.json");
    const { status, stderr } = spawnSync("node", ["--import", "tsx", "scripts/sbom.ts", file], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(status, stderr).to.equal(0);
    const { components } = JSON.parse(readFileSync(file, "utf8")) as { components: { name: string }[] };
    const listed = new Set(components.map(({ name }) => name));
    const { dependencies } = JSON.parse(
      readFileSync(join(folder, "node_modules", "lambda-longrun", "package.json"), "utf8"),
    ) as { dependencies: Record<string, string> };
    const expected = [...Object.keys(dependencies), "tslib", "d3-zoom"];
    expect(expected.filter((name) => !listed.has(name))).to.deep.equal([]);
    const page = readFileSync(join(folder, "node_modules/lambda-longrun/dist/report/page.js"), "utf8");
    expect(page).to.match(/^\/\*!\nThis file contains:\n\n.*d3-zoom.*\n\nCopyright /);
  });

  it("reports which package lease-connect needs", () => {
    const { status, output } = run(
      "npx",
      "longrun",
      "explore",
      "--function",
      "lease-connect",
      "--depth",
      "1",
      "--runs",
      "0",
    );
    expect(status).to.equal(69);
    expect(output).to.match(/npm install dynalite@4/);
  });

  it("runs the examples in mocha", () => {
    expect(must("npx", "mocha", "examples/mocha/*.test.mjs")).to.match(/5 passing/);
  });

  it("runs the examples with node --test", () => {
    expect(must("node", "--test", "examples/node-test/lifecycle.test.mjs")).to.match(/# pass 4|pass 4/);
  });

  it("shows the picture if an expectation fails, in both runners", () => {
    const body = `import { design, startEngine, startPeer } from "lambda-longrun";
      it("is not harmed", async function () {
        this.timeout?.(30000);
        const [engine, peer] = await Promise.all([startEngine(), startPeer()]);
        try {
          const fn = await engine.createFunction({ ...design("init-connect"), peer });
          await fn.initialiseAhead();
          await fn.invoke({}, { placement: "new" });
          await fn.expectUnharmed();
        } finally { await engine.close(); await peer.close(); }
      });`;
    writeFileSync(join(folder, "failing.mocha.mjs"), body);
    writeFileSync(
      join(folder, "failing.test.mjs"),
      `import { it as test } from "node:test"; const it = (name, body) => test(name, () => body.call({}));\n${body}`,
    );
    const runs = [run("npx", "mocha", "failing.mocha.mjs"), run("node", "--test", "failing.test.mjs")];
    expect(
      runs.map(({ status, output }) => ({
        failed: status !== 0,
        picture: output.includes("✗ HARMED") && output.includes("environment 2"),
      })),
    ).to.deep.equal([
      { failed: true, picture: true },
      { failed: true, picture: true },
    ]);
  });

  it("has types that a strict compiler accepts, without @types/node", () => {
    writeFileSync(
      join(folder, "types.ts"),
      `import { judgeRun, startEngine, startPeer, type FunctionUnderTest, type RunResult } from "lambda-longrun";
      const engine = await startEngine({ isolation: "none" });
      const peer = await startPeer({ admission: "backlog" });
      const fn: FunctionUnderTest = await engine.createFunction({ code: "x.mjs", peer });
      const made = await fn.initialiseAhead();
      const { ok } = await fn.invoke({ n: 1 }, { placement: made });
      const ended: readonly string[] = await fn.retire(made, { ending: "silence" });
      const result: RunResult = judgeRun({ manifest: null, journal: null, plan: null, applied: null, functions: [] });
      // @ts-expect-error: this ending does not exist
      await fn.retire(made, { ending: "slowly" });
      export { ok, ended, result };`,
    );
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: "es2022",
      module: "nodenext",
      types: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["types.ts"] }));
    must("npx", "tsc");
  });

  it("contains the command `longrun`", () => {
    expect(must("npx", "longrun", "--version").trim()).to.equal(version);
    expect(
      run("npx", "longrun", "explore", "--function", "handler-connect", "--depth", "1", "--runs", "0").status,
    ).to.equal(0);
  });
});
