import { expect } from "chai";
import { runtimeOf } from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { java } from "../../../src/catalogue/runtimes/java.ts";

describe("a Java function's process", () => {
  const start = (runtime: string, interpreterVersion: string, archive: string | null = null): string =>
    java.local
      .commandLine({
        version: runtimeOf(runtime).version,
        interpreter: "/var/lang/bin/java",
        interpreterVersion,
        clientFile: "/var/runtime/client.jar",
        archive,
        taskRoot: "/var/task",
        layers: ["/layer"],
        handler: "example.App::handle",
        memorySizeMb: 512,
        launcher: "",
        environment: {},
        knowsFlag: () => false,
      })
      .join(" ");
  const opens = "--add-opens=java.base/java.io=ALL-UNNAMED";
  const heap = "/var/lang/bin/java -XX:MaxHeapSize=445645k -XX:+UseSerialGC";
  const client =
    "-cp /var/runtime/client.jar:/layer/java/lib/* com.amazonaws.services.lambda.runtime.api.client.AWSLambda example.App::handle";

  it("runs the client with Lambda's options for the runtime", () =>
    expect([start("java11", "11.0.22"), start("java21", "21.0.2", "/classes.jsa")]).to.deep.equal([
      `${heap} -XX:-TieredCompilation ${opens} ${client}`,
      `${heap} -XX:+TieredCompilation -XX:TieredStopAtLevel=1 ${opens} -XX:SharedArchiveFile=/classes.jsa ${client}`,
    ]));

  it("gets the flag for the client's native library if its interpreter is Java 24 or newer", () => {
    const allowed = ([runtime, version]: readonly [string, string]): boolean =>
      start(runtime, version).includes(` ${opens} --enable-native-access=ALL-UNNAMED -cp `);
    const pairs = [
      ["java25", "25.0.3"],
      ["java21", "24"],
      ["java17", "25-ea"],
      ["java25", "23.0.1"],
      ["java25", "17.0.15"],
    ] as const;
    expect(pairs.filter(allowed)).to.deep.equal(pairs.slice(0, 3));
  });
});
