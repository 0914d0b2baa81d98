import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arch } from "node:process";
import { expect } from "chai";
import { CUSTOM, CUSTOM_RUNTIME } from "../support/custom-runtime.ts";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../support/test-fleet.ts";

describe("the engine with a custom runtime", () => {
  let test: TestFleet;
  afterEach(() => test.close());

  it("starts the package's bootstrap without arguments and with the environment variables of the runtime `provided`", async () => {
    test = await testFleet();
    const { codeFolder } = test.add({ bootstrap: CUSTOM_RUNTIME }, CUSTOM);
    expect(payloadOf(await test.invoke())).to.deep.equal({
      _HANDLER: "anything",
      AWS_EXECUTION_ENV: null,
      LAMBDA_TASK_ROOT: codeFolder,
      _LAMBDA_TELEMETRY_LOG_FD: null,
      PATH: "/usr/local/bin:/usr/bin:/bin",
      argv: 2,
      file: join(codeFolder, "bootstrap"),
    });
    expect(test.logs.messages().slice(0, 2)).to.deep.equal([
      test.logs.messages()[0]?.replace(/Version: \S+/, "Version: provided:al2023.v50"),
      "init\n",
    ]);
  });

  it("with namespace isolation, gives the bootstrap the same paths as on Lambda; PATH has no folder in /var/lang", async function () {
    test = await testFleet({ isolation: "auto" });
    if (test.fleet.isolation === "none") this.skip();
    test.add({ bootstrap: CUSTOM_RUNTIME }, CUSTOM);
    expect(payloadOf(await test.invoke())).to.include({
      LAMBDA_TASK_ROOT: "/var/task",
      PATH: "/usr/local/bin:/usr/bin/:/bin:/opt/bin",
      file: "/var/task/bootstrap",
    });
  });

  it("with namespace isolation, starts a bootstrap whose interpreter is in the package or in a layer", async function () {
    test = await testFleet({ isolation: "auto" });
    if (test.fleet.isolation === "none") this.skip();
    const layer = join(test.folder, "layer");
    writeFiles(layer, { "bin/interpreter": CUSTOM_RUNTIME });
    test.add({ bootstrap: "#!/opt/bin/interpreter\n" }, { ...CUSTOM, layerFolders: [layer] });
    expect(payloadOf(await test.invoke())).to.include({ file: "/opt/bin/interpreter" });
    const own = { bootstrap: "#!/var/task/interpreter\n", interpreter: CUSTOM_RUNTIME };
    test.add(own, { ...CUSTOM, functionName: "own" });
    expect(payloadOf(await test.invoke("own"))).to.include({ file: "/var/task/interpreter" });
  });

  it("starts the bootstrap of a layer if the package has none", async () => {
    test = await testFleet();
    const layer = join(test.folder, "layer");
    writeFiles(layer, { bootstrap: CUSTOM_RUNTIME });
    test.add({ "data.txt": "x" }, { ...CUSTOM, layerFolders: [layer] });
    expect(payloadOf(await test.invoke())).to.include({ file: join(layer, "bootstrap") });
  });

  it("freezes the runtime after its Init, and takes its answers and its error reports", async () => {
    test = await testFleet();
    test.add({ bootstrap: CUSTOM_RUNTIME }, CUSTOM);
    expect(await test.fleet.initialiseAhead("probe")).to.include({ succeeded: true });
    expect(test.fleet.environments("probe").map(({ state, frozen }) => [state, frozen])).to.deep.equal([
      ["idle", true],
    ]);
    expect(payloadOf(await test.invoke("probe", { fail: true }))).to.deep.equal({
      errorMessage: "no",
      errorType: "errorString",
    });
    expect(payloadOf(await test.invoke())).to.include({ _HANDLER: "anything" });
    expect(test.fleet.environments("probe")).to.have.lengthOf(1);
  });

  for (const { title, files, mode, text, logged } of [
    {
      title: "is missing",
      files: { "index.mjs": "" },
      mode: null,
      text: "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
      logged: null,
    },
    {
      title: "is not executable",
      files: { bootstrap: "#!/bin/sh\n" },
      mode: 0o644,
      text: "fork/exec /var/task/bootstrap: permission denied",
      logged: "/var/task/bootstrap cannot be started (permission denied): it is not executable (chmod +x)\n",
    },
    {
      title: "is not a program",
      files: { bootstrap: "echo hello\n" },
      mode: 0o755,
      text: "fork/exec /var/task/bootstrap: exec format error",
      logged: /^\/var\/task\/bootstrap cannot be started \(exec format error\): it is neither a program for /,
    },
    {
      title: "has the line ends of Windows",
      files: { bootstrap: "#!/bin/sh\r\necho\r\n" },
      mode: 0o755,
      text: "fork/exec /var/task/bootstrap: no such file or directory",
      logged: /its first line ends with a carriage return/,
    },
    {
      title: "needs an interpreter that is not on the machine",
      files: { bootstrap: "#!/no/such/sh\n" },
      mode: 0o755,
      text: "fork/exec /var/task/bootstrap: no such file or directory",
      logged:
        "/var/task/bootstrap cannot be started (no such file or directory): it needs /no/such/sh, which is not on this machine\n",
    },
    {
      title: "needs an interpreter that is not executable",
      files: { bootstrap: "#!/etc/passwd\n" },
      mode: 0o755,
      text: "fork/exec /var/task/bootstrap: permission denied",
      logged:
        "/var/task/bootstrap cannot be started (permission denied): it needs /etc/passwd, which is not executable (chmod +x)\n",
    },
    {
      title: "names its interpreter without a folder",
      files: { bootstrap: "#!python3\n" },
      mode: 0o755,
      text: "fork/exec /var/task/bootstrap: no such file or directory",
      logged: /its first line names python3 without a folder/,
    },
  ])
    it(`fails the Init and its repetition with AWS's error message if the bootstrap ${title}`, async () => {
      test = await testFleet();
      const { codeFolder } = test.add(files, CUSTOM);
      if (mode !== null) chmodSync(join(codeFolder, "bootstrap"), mode);
      const payload = payloadOf(await test.invoke()) as { errorType: string; errorMessage: string };
      expect([payload.errorType, payload.errorMessage.replace(/^RequestId: \S+/, "ID")]).to.deep.equal([
        "Runtime.InvalidEntrypoint",
        `ID Error: ${text}`,
      ]);
      const messages = test.logs.messages();
      expect(
        messages
          .filter((line) => line.startsWith("INIT_REPORT"))
          .map((line) => line.split("\t").slice(1).join(" ")),
      ).to.deep.equal([
        "Phase: init Status: error Error Type: Runtime.InvalidEntrypoint\n",
        "Phase: invoke Status: error Error Type: Runtime.InvalidEntrypoint\n",
      ]);
      const explained = messages.filter((line) => line.includes("cannot be started"));
      expect(explained).to.have.lengthOf(logged === null ? 0 : 2);
      if (logged instanceof RegExp) expect(explained[0]).to.match(logged);
      else if (logged !== null) expect(explained[0]).to.equal(logged);
    });

  it("fails the Init if the bootstrap is for another processor, and logs the reason", async () => {
    test = await testFleet();
    const { codeFolder } = test.add({}, CUSTOM);
    const other = arch === "arm64" ? { number: 62, name: "x86_64" } : { number: 183, name: "arm64" };
    const head = Buffer.alloc(256);
    head.write("\x7fELF\x02\x01", "latin1");
    head.writeUInt16LE(other.number, 18);
    mkdirSync(codeFolder, { recursive: true });
    writeFileSync(join(codeFolder, "bootstrap"), head, { mode: 0o755 });
    const { errorMessage } = payloadOf(await test.invoke()) as { errorMessage: string };
    expect(errorMessage).to.match(/ Error: fork\/exec \/var\/task\/bootstrap: exec format error$/);
    expect(test.logs.messages().join("")).to.include(
      `/var/task/bootstrap cannot be started (exec format error): it is a program for Linux on ${other.name}, and this machine runs programs for `,
    );
  });
});
