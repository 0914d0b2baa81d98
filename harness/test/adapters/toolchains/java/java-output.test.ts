import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { javaOutput, layOut } from "../../../../src/adapters/toolchains/java/java-output.ts";
import { writeFiles } from "../../../engine/support/test-fleet.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("the search for what Maven or Gradle built", () => {
  const folder = temporaryFolder();

  /**
   * Returns what is used of a folder with these files: the name of a jar, or the files of a package. If the project was not built, returns the
   * text that says what was expected. Returns null if the folder is not a project of Maven or Gradle.
   */
  function taken(files: readonly string[], given = "."): unknown {
    writeFiles(folder.path(), Object.fromEntries(files.map((name) => [name, name])));
    const output = javaOutput(join(folder.path(), given));
    if (output === null) return null;
    if (output.kind === "unbuilt") return output.expected;
    if (output.kind === "jar") return output.file.slice(folder.path().length + 1);
    const made = join(folder.path(), "made");
    layOut(output, made);
    const packed = readdirSync(made, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(
      packed.map((file) => [file.slice(made.length + 1), readFileSync(file, "utf8")]),
    );
  }

  for (const [title, files, given, expected] of [
    [
      "a jar of Maven's shade plugin",
      ["target/app.jar", "target/original-app.jar", "target/classes/A.class"],
      "target",
      "target/app.jar",
    ],
    [
      "a jar of Maven's assembly plugin",
      ["target/app.jar", "target/app-jar-with-dependencies.jar", "target/classes/A.class"],
      "target",
      "target/app-jar-with-dependencies.jar",
    ],
    [
      "a jar of Gradle's shadow plugin",
      ["build/libs/app.jar", "build/libs/app-all.jar", "build/classes/java/main/A.class"],
      "build",
      "build/libs/app-all.jar",
    ],
    [
      "a jar of Gradle's shadow plugin, from the folder build/libs",
      ["libs/app.jar", "libs/app-all.jar"],
      "libs",
      "libs/app-all.jar",
    ],
    [
      "the only jar that is not for sources",
      ["target/app.jar", "target/app-sources.jar", "target/classes/A.class"],
      "target",
      "target/app.jar",
    ],
    [
      "the jar that is not the plain one, in a Gradle project",
      ["build.gradle.kts", "build/libs/app.jar", "build/libs/app-plain.jar"],
      ".",
      "build/libs/app.jar",
    ],
    [
      "the jar that runs, if the build also makes jars of sources, tests and documentation",
      [
        "libs/app.jar",
        "libs/app-plain.jar",
        "libs/app-sources.jar",
        "libs/app-javadoc.jar",
        "libs/app-tests.jar",
        "libs/app-test.jar",
      ],
      "libs",
      "libs/app.jar",
    ],
    [
      "classes and dependencies that Maven copied, in the project's folder",
      [
        "pom.xml",
        "target/app.jar",
        "target/classes/a/A.class",
        "target/classes/a.properties",
        "target/dependency/b.jar",
      ],
      ".",
      {
        "a/A.class": "target/classes/a/A.class",
        "a.properties": "target/classes/a.properties",
        "lib/b.jar": "target/dependency/b.jar",
      },
    ],
    [
      "classes and resources of each language that Gradle compiled, with dependencies",
      [
        "build/classes/java/main/A.class",
        "build/classes/kotlin/main/B.class",
        "build/resources/main/r.txt",
        "build/libs/app.jar",
        "build/lib/c.jar",
      ],
      "build",
      {
        "A.class": "build/classes/java/main/A.class",
        "B.class": "build/classes/kotlin/main/B.class",
        "r.txt": "build/resources/main/r.txt",
        "lib/c.jar": "build/lib/c.jar",
      },
    ],
    [
      "several jars, of which none contains the others",
      ["libs/app.jar", "libs/b.jar"],
      "libs",
      { "lib/app.jar": "libs/app.jar", "lib/b.jar": "libs/b.jar" },
    ],
    [
      "classes beside lib",
      ["out/classes/A.class", "out/lib/b.jar"],
      "out",
      { "A.class": "out/classes/A.class", "lib/b.jar": "out/lib/b.jar" },
    ],
    ["nothing in a folder that is a package already", ["A.class", "lib/b.jar", "classes/B.class"], ".", null],
    ["nothing in a folder that is a package of jars already", ["lib/a.jar", "lib/b.jar"], ".", null],
    ["nothing in a folder of another kind", ["index.mjs"], ".", null],
    [
      "that a Maven project was not built",
      ["pom.xml", "src/A.java"],
      ".",
      "a project that was built: run mvn package, which fills target",
    ],
  ] as const)
    it(`finds ${title}`, () => {
      expect(taken(files, given)).to.deep.equal(expected);
    });
});
