import { expect } from "chai";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { javaFor, javaRuntimeHere } from "../../../../src/adapters/toolchains/java/find-java.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("the search for Java", () => {
  const folder = temporaryFolder();
  const install = (home: string, version: string): string => {
    const path = join(folder.path(), home);
    mkdirSync(join(path, "bin"), { recursive: true });
    writeFileSync(join(path, "bin/java"), "");
    writeFileSync(join(path, "release"), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`);
    return join(realpathSync(path), "bin/java");
  };

  it("finds, for a runtime, a Java of the same major version, or else one of the nearest version", () => {
    const chosen = install("chosen", "17.0.15");
    const sdkman = install("home/.sdkman/candidates/java/91.0.1-tem", "91.0.1");
    const environment = {
      PATH: "/nowhere",
      HOME: join(folder.path(), "home"),
      JAVA_HOME: join(chosen, "../.."),
    };
    expect(javaFor("java17", environment)).to.deep.equal({
      file: chosen,
      version: "17.0.15",
      home: join(chosen, "../.."),
    });
    expect(javaRuntimeHere(environment)).to.equal("java17");
    expect(javaFor("java11", environment)?.file).to.not.equal(sdkman);
  });

  it("never finds a Java older than the runtime's version if a Java of a newer version is installed", () => {
    const older = install("older", "20.0.1");
    install("home/.sdkman/candidates/java/23.0.1-tem", "23.0.1");
    const environment = {
      PATH: "/nowhere",
      HOME: join(folder.path(), "home"),
      JAVA_HOME: join(older, "../.."),
    };
    const found = javaFor("java21", environment);
    expect([found?.file === older, Number(found?.version.split(".")[0]) <= 23]).to.deep.equal([false, true]);
  });

  it("finds the runtime of the newest Java for which Lambda has a runtime, if neither JAVA_HOME nor the PATH names a Java", () => {
    install("several/.sdkman/candidates/java/11.0.2-tem", "11.0.2");
    install("several/.sdkman/candidates/java/25.0.1-tem", "25.0.1");
    install("several/.sdkman/candidates/java/99.0.1-tem", "99.0.1");
    expect(javaRuntimeHere({ PATH: "/nowhere", HOME: join(folder.path(), "several") })).to.equal("java25");
  });

  it("finds Java only in a folder that has a file with the version", () => {
    mkdirSync(join(folder.path(), "empty/bin"), { recursive: true });
    const with11 = install("eleven", "11.0.2");
    expect(
      javaFor("java11", { PATH: "/nowhere", HOME: "/nowhere", JAVA_HOME: join(folder.path(), "empty") })
        ?.file,
    ).to.not.equal(join(folder.path(), "empty/bin/java"));
    expect(
      javaFor("java11", { PATH: "/nowhere", HOME: "/nowhere", JAVA_HOME: join(folder.path(), "eleven") })
        ?.file,
    ).to.equal(with11);
  });
});
