import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { expect } from "chai";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../../../../src/adapters/toolchains/interpreters.ts";
import { java } from "../../../../src/runtimes/java.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

/** The function needs no library, because a handler may be any public method. */
const SOURCE = `package example;
public class App {
  public String handle(java.util.Map<String, Object> event) {
    if (event.containsKey("fail")) throw new IllegalStateException("bad\\nnews");
    System.out.println("said");
    return System.getenv("AWS_EXECUTION_ENV") + " " + System.getProperty("user.dir").equals(System.getenv("LAMBDA_TASK_ROOT"))
      + " " + System.getProperty("java.home").equals("/var/lang") + " " + Runtime.getRuntime().maxMemory() / 1048576;
  }
}
`;

describeInTestAll("AWS's client for Java", function () {
  let test: TestFleet;
  let runtime = "";
  let classes = "";
  before(async function () {
    await requireTool(this, ["mvn", "--version"]);
    await requireTool(this, ["javac", "-version"]);
    runtime = usualRuntime(java.local, env) ?? "";
    await bringClient(runtime, env, () => undefined);
    classes = mkdtempSync(join(tmpdir(), "longrun-java-"));
    writeFileSync(join(classes, "App.java"), SOURCE);
    execFileSync("javac", ["--release", "11", "-d", join(classes, "out"), join(classes, "App.java")], {
      stdio: "ignore",
    });
  });
  after(() => rmSync(classes, { recursive: true, force: true }));
  afterEach(() => test.close());

  const add = (handler: string): void => {
    const codeFolder = join(test.folder, "java");
    mkdirSync(codeFolder, { recursive: true });
    cpSync(join(classes, "out"), codeFolder, { recursive: true });
    test.add({}, { runtime, handler, codeFolder });
  };

  it("runs a function with Lambda's options, and writes each of its records as one log event", async () => {
    test = await testFleet({
      isolation: "auto",
      interpreterOf: interpreterOf(env),
      installedClientOf: installedClientOf(env),
    });
    add("example.App::handle");
    const [name, root, home, megabytes] = String(payloadOf(await test.invoke("probe", { n: 1 }))).split(" ");
    expect([name, root, home]).to.deep.equal([
      `AWS_Lambda_${runtime}`,
      "true",
      String(test.fleet.isolation === "namespaces"),
    ]);
    expect(Number(megabytes)).to.be.within(400, 436);
    expect(test.logs.messages()).to.include("said\n");
    expect(payloadOf(await test.invoke("probe", { fail: true }))).to.include({
      errorType: "java.lang.IllegalStateException",
      errorMessage: "bad\nnews",
    });
    const records = test.logs.messages().filter((line) => line.includes("IllegalStateException"));
    expect(records).to.have.lengthOf(1);
    expect(records[0]).to.match(
      /^bad\nnews: java\.lang\.IllegalStateException\njava\.lang\.IllegalStateException: bad/,
    );
    expect(test.fleet.environments("probe")).to.have.lengthOf(1);
  });

  it("answers each invocation with AWS's error if the function's class is missing", async () => {
    test = await testFleet({ interpreterOf: interpreterOf(env), installedClientOf: installedClientOf(env) });
    add("example.Other::handle");
    expect(payloadOf(await test.invoke())).to.include({ errorType: "java.lang.ClassNotFoundException" });
  });
});
