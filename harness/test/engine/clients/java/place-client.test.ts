import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { env } from "node:process";
import { expect } from "chai";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../../../../src/adapters/toolchains/interpreters.ts";
import { makeHttpClient } from "../../../../src/adapters/toolchains/java/http-client.ts";
import { jarsIn } from "../../../../src/adapters/toolchains/java/jars-in.ts";
import { hiddenByMounts, placeJavaClient } from "../../../../src/engine/clients/java/place-client.ts";
import { DEFAULT_SHUTDOWN_BUDGETS } from "../../../../src/engine/lifecycle/shutdown-budget.ts";
import type { InstalledClient } from "../../../../src/catalogue/runtimes/installed-client.ts";
import { java } from "../../../../src/catalogue/runtimes/java.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { describeInTestAll } from "../../../support/test-all.ts";
import {
  NO_SHUTDOWN_LIMIT,
  payloadOf,
  testFleet,
  writeFiles,
  type TestFleet,
} from "../../support/test-fleet.ts";

/**
 * If the variable HOOK is set, registers an internal extension and a shutdown hook. Because an extension is registered, the JVM gets
 * SIGTERM and time to end by itself before it is killed.
 */
const EXTENSION = `
  static final java.net.http.HttpClient HTTP = java.net.http.HttpClient.newHttpClient();
  static java.net.http.HttpResponse<String> call(String path, String... headers) throws Exception {
    java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(
      java.net.URI.create("http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2020-01-01/extension/" + path)).headers(headers);
    if (path.equals("register")) request.POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\\"events\\":[]}"));
    return HTTP.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString());
  }
  static {
    if (System.getenv("HOOK") != null) try {
      String id = call("register", "Lambda-Extension-Name", "hook").headers().firstValue("Lambda-Extension-Identifier").get();
      Thread waiting = new Thread(() -> { try { call("event/next", "Lambda-Extension-Identifier", id); } catch (Exception ended) { } });
      waiting.setDaemon(true);
      waiting.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    } catch (Exception error) { throw new RuntimeException(error); }
  }
`;

/** The function needs no library, because a handler may be any public method. */
const SOURCE = `package example;
public class App {${EXTENSION}
  public String handle(java.util.Map<String, Object> event) {
    if (event.containsKey("layer")) return OfLayer.NAME;
    if (event.containsKey("fail")) throw new IllegalStateException("bad\\nnews");
    System.out.println("said");
    return System.getenv("AWS_EXECUTION_ENV") + " " + System.getProperty("user.dir").equals(System.getenv("LAMBDA_TASK_ROOT"))
      + " " + System.getProperty("java.home").equals("/var/lang") + " " + Runtime.getRuntime().maxMemory() / 1048576;
  }
}
`;

const OF_LAYER = `package example;
public class OfLayer { public static final String NAME = new String("layer"); }
`;

describe("the class path of AWS's client for Java", () => {
  const folder = temporaryFolder();

  it("names the jars in the folder of the installed client, wherever that is, if environments see the machine's folders", async () => {
    const client = folder.with("client", { "a.jar": "", "b.jar": "" });
    const jars = [join(client, "a.jar"), join(client, "b.jar")];
    const archive = join(client, "classes.jsa");
    const place = join(folder.path(), "placed");
    expect(await placeJavaClient({ folder: client, jars, archive }, place, "none")).to.deep.equal({
      folder: place,
      file: jars.join(":"),
      archive,
    });
  });

  it("uses no folder that the mounts of an environment hide", () => {
    const folders = [
      "/tmp",
      "/tmp/c",
      "/opt/c",
      "/var/lang/c",
      "/var/cache/c",
      "/home/me/.cache",
      "/tmpfs/c",
    ];
    expect(folders.filter(hiddenByMounts)).to.deep.equal(folders.slice(0, 4));
  });
});

/** With HTTP the client runs as on a system for which it has no native library. */
for (const over of ["its own library", "HTTP"] as const)
  describeInTestAll(`AWS's client for Java over ${over}`, function () {
    let installed: (runtime: string) => InstalledClient | null = () => null;
    let test: TestFleet;
    let runtime = "";
    let classes = "";
    before(async function () {
      await requireTool(this, ["mvn", "--version"]);
      await requireTool(this, ["javac", "-version"]);
      runtime = usualRuntime(java.local, env) ?? "";
      await bringClient(runtime, env, () => undefined);
      classes = mkdtempSync(join(tmpdir(), "longrun-java-"));
      installed =
        over === "HTTP" ? await withoutLibrary(runtime, join(classes, "client")) : installedClientOf(env);
      const sources = { App: SOURCE, OfLayer: OF_LAYER };
      for (const [name, text] of Object.entries(sources)) writeFileSync(join(classes, `${name}.java`), text);
      const files = Object.keys(sources).map((name) => join(classes, `${name}.java`));
      execFileSync("javac", ["--release", "11", "-d", join(classes, "out"), ...files], { stdio: "ignore" });
      const layer = join(classes, "layer/java/lib");
      mkdirSync(layer, { recursive: true });
      const ofLayer = "example/OfLayer.class";
      execFileSync("jar", ["cf", join(layer, "layer.jar"), "-C", join(classes, "out"), ofLayer]);
      rmSync(join(classes, "out", ofLayer));
    });
    after(() => rmSync(classes, { recursive: true, force: true }));
    afterEach(() => test.close());

    const fleet = (
      isolation: "none" | "auto" = "auto",
      shutdownBudgets = DEFAULT_SHUTDOWN_BUDGETS,
    ): Promise<TestFleet> =>
      testFleet({
        isolation,
        shutdownBudgets,
        interpreterOf: interpreterOf(env),
        installedClientOf: installed,
      });
    const add = (handler: string, more: object = {}): void => {
      const codeFolder = join(test.folder, "java");
      mkdirSync(codeFolder, { recursive: true });
      cpSync(join(classes, "out"), codeFolder, { recursive: true });
      test.add({}, { runtime, handler, codeFolder, ...more });
    };

    it("runs a function with Lambda's JVM options, and writes a log record of several lines as one event", async () => {
      test = await fleet();
      add("example.App::handle");
      const [name, root, home, megabytes] = String(payloadOf(await test.invoke("probe", { n: 1 }))).split(
        " ",
      );
      expect([name, root, home]).to.deep.equal([
        `AWS_Lambda_${runtime}`,
        "true",
        String(test.fleet.isolation === "namespaces"),
      ]);
      expect(Number(megabytes)).to.be.within(400, 436);
      expect(test.logs.messages()).to.include("said\n");
      // If the option for the client's native library is missing, Java 24 and newer prints a warning.
      expect(test.logs.messages().filter((line) => line.startsWith("WARNING: "))).to.deep.equal([]);
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
      test = await fleet("none");
      add("example.Other::handle");
      expect(payloadOf(await test.invoke())).to.include({ errorType: "java.lang.ClassNotFoundException" });
    });

    it("starts with the class data archive of the client", async function () {
      if (over === "HTTP") this.skip();
      test = await fleet();
      // With -Xshare:on, Java starts only if the archive fits the client's jars.
      add("example.App::handle", { environment: { JAVA_TOOL_OPTIONS: "-Xshare:on" } });
      const { archive } = installedClientOf(env)(runtime) ?? {};
      expect(archive).to.match(/classes-.*\.jsa$/);
      expect(payloadOf(await test.invoke())).to.be.a("string");
      expect(test.logs.messages().join("")).to.include("Picked up JAVA_TOOL_OPTIONS: -Xshare:on");
    });

    for (const isolation of ["none", "auto"] as const)
      it(`finds the jars of layers, and starts through a wrapper (isolation ${isolation})`, async () => {
        test = await fleet(isolation);
        const layer = join(classes, "layer");
        writeFiles(layer, { wrap: '#!/bin/sh\necho wrapped\nexec "$@"\n' });
        add("example.App::handle", {
          layerFolders: [layer],
          environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrap" },
        });
        expect(payloadOf(await test.invoke("probe", { layer: true }))).to.equal("layer");
        expect(test.logs.messages()).to.include("wrapped\n");
      });

    it("runs the shutdown hooks of the JVM if an extension is registered", async () => {
      test = await fleet("auto", NO_SHUTDOWN_LIMIT);
      add("example.App::handle", { environment: { HOOK: "1" } });
      await test.invoke();
      await test.fleet.retire("probe", { every: true }, "fin");
      expect(test.logs.messages().at(-1)).to.equal("hook\n");
    });

    it("writes a failure as one JSON line if the function's log format is JSON", async () => {
      test = await fleet();
      add("example.App::handle", {
        logging: {
          format: "JSON",
          applicationLogLevel: "INFO",
          systemLogLevel: "INFO",
          logGroup: "/aws/lambda/probe",
        },
      });
      await test.invoke("probe", { fail: true });
      const records = test.logs
        .messages()
        .filter((line) => line.includes("IllegalStateException"))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(records).to.have.lengthOf(1);
      expect(records[0]).to.include({ level: "ERROR" });
      expect(records[0]?.["message"]).to.match(/^bad\nnews: java\.lang\.IllegalStateException\n/);
    });
  });

/** Makes a copy of the installed client in which a client over HTTP replaces the class that needs the native library. */
async function withoutLibrary(
  runtime: string,
  folder: string,
): Promise<(runtime: string) => InstalledClient | null> {
  const [client, interpreter] = [installedClientOf(env)(runtime), interpreterOf(env)(runtime)];
  if (client === null || interpreter === null) throw new Error("Java and AWS's client must be installed");
  mkdirSync(folder);
  for (const jar of client.jars) cpSync(jar, join(folder, basename(jar)));
  await makeHttpClient(interpreter, folder, env);
  return () => ({ folder, jars: jarsIn(folder), archive: null });
}
