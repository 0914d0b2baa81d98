/** Makes a Java package from what Maven or Gradle built: a jar with its dependencies, or classes at the root and dependencies in `lib`. */
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { MAVEN } from "./java-client.ts";
import { namesIn } from "../names-in.ts";

export type JavaOutput =
  /** A jar that is a package itself. */
  | { readonly kind: "jar"; readonly file: string }
  /** Folders whose content belongs at the root of the package, and jars that belong into its `lib`. */
  | { readonly kind: "parts"; readonly roots: readonly string[]; readonly jars: readonly string[] }
  | {
      readonly kind: "unbuilt";
      /** The end of a sentence that begins with "expected". */
      readonly expected: string;
      readonly builder: {
        /** Whether the project has a script that downloads the tool. */
        readonly wrapper: boolean;
        readonly tool: string;
        readonly install: string;
      };
    };

const GRADLE = {
  output: "build",
  tool: "gradle",
  wrapper: "gradlew",
  task: "build",
  install: "sdk install gradle or brew install gradle",
};
const PROJECTS = [
  {
    file: "pom.xml",
    output: "target",
    tool: MAVEN.command,
    wrapper: "mvnw",
    task: "package",
    install: MAVEN.install,
  },
  { file: "build.gradle", ...GRADLE },
  { file: "build.gradle.kts", ...GRADLE },
];

/** Folders into which the build tools' usual tasks copy the dependencies. */
const DEPENDENCY_FOLDERS = ["lib", "dependency", "dependencies"];
/** Jars that a build makes in addition to the one that runs. */
const BESIDE = /^original-|-(?:sources|javadoc|tests?|test-fixtures|plain)\.jar$/;
/** Names that plugins give to a jar that also contains the dependencies. */
const WITH_DEPENDENCIES = /-(?:all|shadow|shaded|uber|fat|aws|jar-with-dependencies)\.jar$/;

/** Returns null if the folder is not the output of such a build. */
export function javaOutput(folder: string): JavaOutput | null {
  const project = PROJECTS.find(({ file }) => existsSync(join(folder, file)));
  if (project !== undefined) {
    const built = outputOf(join(folder, project.output));
    if (built !== null) return built;
    const { output, tool, task, install } = project;
    const wrapper = existsSync(join(folder, project.wrapper));
    const command = `${wrapper ? `./${project.wrapper}` : tool} ${task}`;
    return {
      kind: "unbuilt",
      expected: `a project that was built: run ${command}, which fills ${output}`,
      builder: { wrapper, tool, install },
    };
  }
  return outputOf(folder);
}

export function layOut({ roots, jars }: Extract<JavaOutput, { kind: "parts" }>, folder: string): void {
  for (const root of roots) cpSync(root, folder, { recursive: true });
  if (jars.length > 0) mkdirSync(join(folder, "lib"), { recursive: true });
  for (const jar of jars) cpSync(jar, join(folder, "lib", basename(jar)));
}

function outputOf(folder: string): JavaOutput | null {
  const names = namesIn(folder);
  // A folder with class files at its root is a package already.
  if (names.some((name) => name.endsWith(".class"))) return null;
  const roots = classFolders(folder);
  const made = [...jarsIn(folder), ...jarsIn(join(folder, "libs"))];
  if (roots.length === 0 && made.length === 0) return null;
  const jars = made.filter((file) => !BESIDE.test(basename(file)));
  const whole =
    jars.find((file) => WITH_DEPENDENCIES.test(file)) ??
    jars.find((file) => made.some((other) => basename(other) === `original-${basename(file)}`));
  if (whole !== undefined) return { kind: "jar", file: whole };
  const dependencies = DEPENDENCY_FOLDERS.flatMap((name) => jarsIn(join(folder, name)));
  const [only, ...others] = jars;
  if (only !== undefined && others.length === 0 && dependencies.length === 0)
    return { kind: "jar", file: only };
  // The project's only jar contains the same classes as the folders, so the package gets the folders and not the jar.
  if (roots.length > 0 && others.length === 0) return { kind: "parts", roots, jars: dependencies };
  return { kind: "parts", roots, jars: [...jars, ...dependencies] };
}

/** Maven writes classes and resources into `classes`; Gradle writes them into a folder for each language. */
function classFolders(folder: string): readonly string[] {
  const classes = join(folder, "classes");
  const ofGradle = [
    ...namesIn(classes).map((language) => join(classes, language, "main")),
    join(folder, "resources", "main"),
  ].filter((one) => existsSync(one));
  if (ofGradle.length > 0) return ofGradle;
  return namesIn(classes).length > 0 ? [classes] : [];
}

function jarsIn(folder: string): readonly string[] {
  return namesIn(folder).flatMap((name) => (name.endsWith(".jar") ? [join(folder, name)] : []));
}
