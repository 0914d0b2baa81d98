import { expect } from "chai";
import * as fc from "fast-check";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { LongrunError } from "../../../../src/base/errors.ts";
import { LOCAL_CREDENTIALS, runtimeVariables } from "../../../../src/engine/process/runtime-variables.ts";
import { mountTable } from "../../../../src/engine/process/isolation/mount-table.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { payloadOf, testFleet, testSnapshot, writeFiles, type TestFleet } from "../../support/test-fleet.ts";

const LOOK = `import { existsSync, readdirSync, writeFileSync } from "node:fs"; import { homedir } from "node:os";
  const refused = (file) => { try { writeFileSync(file, ""); return "written"; } catch (error) { return error.code; } };
  export const handler = async (e) => { if (e.write) writeFileSync((process.env.TMPDIR ?? "/tmp") + "/" + e.write, ""); return {
    cwd: process.cwd(), task: process.env.LAMBDA_TASK_ROOT, runtime: process.env.LAMBDA_RUNTIME_DIR, exec: process.execPath, tmpdir: process.env.TMPDIR ?? null,
    tmp: readdirSync(process.env.TMPDIR ?? "/tmp"), opt: existsSync("/opt/here") , intoTask: e.tryTask ? refused("/var/task/x") : null, realVar: existsSync("/var/lib"),
    fd: process.env._LAMBDA_TELEMETRY_LOG_FD ?? null, extra: Object.keys(process.env).filter((name) => ["OLDPWD", "_", "HOME"].includes(name)) }; };`;

describe("isolation", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  it("with namespaces gives the function the paths of Lambda, a read-only package, layers at /opt and its own /tmp", async function () {
    test = await testFleet({ isolation: "auto" });
    if (test.fleet.isolation !== "namespaces") return this.skip();
    const layers = ["one", "two"].map((name) => join(test.folder, `layer ${name}`));
    writeFiles(layers[0] ?? "", { here: "1", "nodejs/node_modules/dep/index.js": "module.exports = 1;" });
    writeFiles(layers[1] ?? "", { "nodejs/node_modules/dep/index.js": "module.exports = 2;" });
    test.add({ "index.mjs": LOOK }, { layerFolders: layers });
    const expected = {
      cwd: "/var/task",
      task: "/var/task",
      runtime: "/var/runtime",
      exec: "/var/lang/bin/node",
      tmpdir: null,
      tmp: ["mine"],
      opt: true,
      intoTask: "EROFS",
      realVar: existsSync("/var/lib"),
      fd: null,
      extra: [],
    };
    expect(payloadOf(await test.invoke("probe", { write: "mine", tryTask: true }))).to.deep.equal(expected);
    test.fleet.placeNext("probe", { placement: "new" });
    expect(payloadOf(await test.invoke("probe", { write: "other", tryTask: true }))).to.deep.equal({
      ...expected,
      tmp: ["other"],
    });
    test.add({ "index.cjs": 'exports.handler = async () => require("dep");' }, { layerFolders: layers });
    expect(payloadOf(await test.invoke())).to.equal(2);
  });

  it("with namespaces gives the function the same limit of open files as on Lambda, which Node cannot raise", async function () {
    test = await testFleet({ isolation: "auto" });
    if (test.fleet.isolation !== "namespaces") return this.skip();
    test.add({
      "index.mjs": "export const handler = async () => process.report.getReport().userLimits.open_files;",
    });
    expect(payloadOf(await test.invoke())).to.deep.equal({ soft: 1024, hard: 1024 });
  });

  it("without namespaces gives the function the real paths and its own TMPDIR", async () => {
    test = await testFleet({ isolation: "none" });
    const { codeFolder } = test.add({ "index.mjs": LOOK });
    const seen = payloadOf(await test.invoke("probe", { write: "mine" })) as Record<string, unknown>;
    expect({ ...seen, runtime: "", tmpdir: "", opt: "", realVar: "" }).to.deep.equal({
      cwd: codeFolder,
      task: codeFolder,
      runtime: "",
      exec: execPath,
      tmpdir: "",
      tmp: ["mine"],
      opt: "",
      intoTask: null,
      realVar: "",
      fd: null,
      extra: [],
    });
  });

  it("without namespaces finds modules in layers", async () => {
    test = await testFleet({ isolation: "none" });
    const layer = join(test.folder, "layer");
    writeFiles(layer, { "nodejs/node_modules/dep/index.js": "module.exports = 3;" });
    test.add({ "index.js": 'exports.handler = async () => require("dep");' }, { layerFolders: [layer] });
    expect(payloadOf(await test.invoke())).to.equal(3);
  });
});

describe("runtimeVariables", () => {
  const facts = (exact: boolean) => ({
    snapshot: testSnapshot({
      codeFolder: "/code",
      environment: { MINE: "1", AWS_REGION: "nowhere", PATH: "/mine" },
    }),
    logStream: "s",
    runtimeApi: "127.0.0.1:1",
    credentials: LOCAL_CREDENTIALS,
    launcherPath: "",
    link: { PEER_PORT: "5" },
    paths: { exact, task: "/code", runtime: "/r", layers: [], temporary: "/t", programs: "/n" },
  });

  it("returns variables with exactly AWS's names if the paths are Lambda's", () => {
    expect(Object.keys(runtimeVariables(facts(true))).sort()).to.deep.equal([
      "AWS_ACCESS_KEY_ID",
      "AWS_DEFAULT_REGION",
      "AWS_EXECUTION_ENV",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE",
      "AWS_LAMBDA_LOG_GROUP_NAME",
      "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_LAMBDA_RUNTIME_API",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "AWS_XRAY_CONTEXT_MISSING",
      "AWS_XRAY_DAEMON_ADDRESS",
      "LAMBDA_RUNTIME_DIR",
      "LAMBDA_TASK_ROOT",
      "LANG",
      "LD_LIBRARY_PATH",
      "MINE",
      "NODE_PATH",
      "PATH",
      "PEER_PORT",
      "PWD",
      "SHLVL",
      "TZ",
      "_AWS_XRAY_DAEMON_ADDRESS",
      "_AWS_XRAY_DAEMON_PORT",
      "_HANDLER",
      "_LAMBDA_TELEMETRY_LOG_FD",
    ]);
  });

  it("lets the customer change PATH, but not a reserved variable", () => {
    const variables = runtimeVariables(facts(false));
    expect([variables["PATH"], variables["AWS_REGION"], variables["MINE"]]).to.deep.equal([
      "/mine",
      "eu-west-1",
      "1",
    ]);
    expect(Object.values(variables).filter((value) => value.includes("/var/"))).to.deep.equal([]);
  });

  it("without namespaces, returns search paths with the real folders of the package and of layers", () => {
    const given = facts(false);
    const variables = runtimeVariables({
      ...given,
      snapshot: testSnapshot({ codeFolder: "/code" }),
      paths: { ...given.paths, layers: ["/layer"] },
    });
    expect([variables["PATH"], variables["LD_LIBRARY_PATH"]]).to.deep.equal([
      "/n:/usr/local/bin:/usr/bin:/bin:/layer/bin",
      "/code:/code/lib:/layer/lib",
    ]);
  });

  it("gives the credentials under their older names too, but only for java11", () => {
    const names = (runtime: string): readonly string[] =>
      Object.keys(
        runtimeVariables({ ...facts(true), snapshot: testSnapshot({ codeFolder: "/code", runtime }) }),
      ).filter((name) => name === "AWS_ACCESS_KEY" || name === "AWS_SECRET_KEY");
    expect([names("java11"), names("java17")]).to.deep.equal([["AWS_ACCESS_KEY", "AWS_SECRET_KEY"], []]);
  });
});

describe("mount table", () => {
  it("has one line per mount with separate fields, whatever the paths contain", () => {
    const path = fc.string({ minLength: 1 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(path, path, (task, opt) => {
        const lines = mountTable({
          var: "/v",
          task,
          runtime: "/r",
          opt,
          temporary: "/t",
          hosts: null,
          separateProcesses: false,
          language: { from: "/n", at: "/var/lang/bin/node" },
        })
          .trimEnd()
          .split("\n");
        const fields = lines.map((line) => line.split(/[ \t]/));
        const plain = (text: string | undefined): string =>
          (text ?? "").replace(/\\(\d{3})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 8)));
        expect(fields.map((one) => one.length)).to.deep.equal(Array<number>(7).fill(6));
        expect([plain(fields[0]?.[0]), plain(fields[4]?.[0])]).to.deep.equal([task, opt]);
      }),
    );
  });
});

describe("namespace isolation on a machine that cannot provide it", () => {
  const folder = temporaryFolder();

  it("is refused, and the error says what went wrong", async () => {
    // The engine tries the isolation with this node binary. The binary cannot run, so the trial fails on any machine.
    const node = join(folder.path(), "no-node");
    writeFileSync(node, "");
    const error = await testFleet({
      isolation: "namespaces",
      interpreterOf: () => ({ file: node, version: "22.0.0", home: null }),
    }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LongrunError);
    const { code, message } = error as LongrunError;
    expect(code).to.equal("unavailable");
    expect(message).to.match(/^--isolation namespaces is not possible on this machine: \S/);
  });
});
