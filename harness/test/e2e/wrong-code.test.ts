/** Runs the built command with code that cannot run, in several languages, and tests the messages. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { arch } from "node:process";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { start } from "./built-command.ts";

/** The first bytes of a Linux program. Lambda has two processor architectures; the program is for the one that this machine does not have. */
const OTHER_PROCESSOR = Buffer.from([
  ...[0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[2, 0, arch === "arm64" ? 62 : 183, 0, 1, 0, 0, 0],
  ...new Array<number>(40).fill(0),
]);
const EMPTY_MACHINE = { PATH: "/nowhere", HOME: "/nowhere", PYENV_ROOT: "", JAVA_HOME: "" };
const GO_MOD = "module example.com/f\n\ngo 1.21\n";
const CARGO = '[package]\nname = "made"\nversion = "0.1.0"\nedition = "2021"\n';
const JAVA = "package example;\npublic class App { public String handle(Object event) { return null; } }\n";

interface Case {
  readonly title: string;
  readonly tools?: readonly (readonly [string, ...string[]])[];
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** A command that builds the code from the files. */
  readonly make?: readonly [string, ...string[]];
  readonly code: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly says: readonly string[];
}

const CASES: readonly Case[] = [
  {
    title: "a program for another processor",
    files: { "code/bootstrap": OTHER_PROCESSOR },
    code: "code",
    exit: 64,
    says: [
      "expected a bootstrap that this machine can run, but it is a program for Linux",
      "and this machine runs programs for",
    ],
  },
  {
    title: "a bootstrap whose interpreter is missing",
    files: { "code/bootstrap": "#!/nowhere/sh\n" },
    code: "code",
    exit: 64,
    says: [
      "expected a bootstrap that this machine can run, but it needs /nowhere/sh, which is not on this machine",
    ],
  },
  {
    title: "a bootstrap with the line ends of Windows",
    files: { "code/bootstrap": "#!/bin/sh\r\n" },
    code: "code",
    exit: 64,
    says: ["expected a bootstrap that this machine can run, but its first line ends with a carriage return"],
  },
  {
    title: "Python whose file does not define the handler",
    tools: [["python3", "--version"]],
    files: { "app.py": "def other(event, context): ...\n" },
    code: "app.py",
    exit: 64,
    says: ["expected app.py to define a function named handler or lambda_handler"],
  },
  {
    title: "Python with a syntax error",
    tools: [["python3", "-m", "pip", "--version"]],
    files: { "app.py": "def handler(event, context):\n    return (\n" },
    code: "app.py",
    exit: 64,
    says: [
      "expected a handler that can be loaded, but Runtime.UserCodeSyntaxError: Syntax error in module 'app': ",
      "(app.py, line 2)",
    ],
  },
  {
    title: "Python on a machine without it",
    files: { "app.py": "def handler(event, context): ...\n" },
    code: "app.py",
    environment: EMPTY_MACHINE,
    exit: 69,
    says: ["The function runs on Python, which this machine does not have."],
  },
  {
    title: "a named version of Python on a machine without any Python",
    files: { "app.py": "def handler(event, context): ...\n" },
    code: "app.py",
    flags: ["--runtime", "python3.12"],
    environment: EMPTY_MACHINE,
    exit: 69,
    says: ["This machine has no Python that python3.12 could run on.", "pyenv install 3.12"],
  },
  {
    title: "compiled Java without the class of the handler",
    tools: [["javac", "-version"]],
    files: { "App.java": JAVA },
    make: ["javac", "-d", "classes", "App.java"],
    code: "classes",
    flags: ["--handler", "example.Other::handle"],
    exit: 64,
    says: [
      "expected a package that contains example/Other.class for the handler example.Other::handle; it has example/App.class",
    ],
  },
  {
    title: "compiled Java without the method of the handler",
    tools: [
      ["javac", "-version"],
      ["mvn", "--version"],
    ],
    files: { "App.java": JAVA },
    make: ["javac", "-d", "classes", "App.java"],
    code: "classes",
    flags: ["--handler", "example.App::other", "--memory", "512"],
    exit: 64,
    says: [
      "expected a handler that can be loaded, but No public method named other with appropriate method signature found on class example.App",
    ],
  },
  {
    title: "Go that does not compile",
    tools: [["go", "version"]],
    files: { "code/go.mod": GO_MOD, "code/main.go": "package main\nfunc main() { x }\n" },
    code: "code",
    exit: 64,
    says: [
      "expected a Go package that can be built, but go build said:\n# example.com/f\n./main.go:2:15: undefined: x\n",
    ],
  },
  {
    title: "Go on a machine without it",
    files: { "code/go.mod": GO_MOD, "code/main.go": "package main\nfunc main() {}\n" },
    code: "code",
    environment: EMPTY_MACHINE,
    exit: 69,
    says: ["go is needed to build ", "https://go.dev/dl has it."],
  },
  {
    title: "a launcher that does not exist",
    files: { "app.rb": "" },
    code: "app.rb",
    flags: ["--launcher", "no-such-command"],
    exit: 64,
    says: [
      "expected --launcher with a command that can be started, but Runtime.ExitError: Runtime exited with error: exit status 127",
    ],
  },
  {
    title: "Rust that does not compile",
    tools: [["cargo", "--version"]],
    files: { "code/Cargo.toml": CARGO, "code/src/main.rs": "fn main() { x }\n" },
    code: "code",
    exit: 64,
    says: [
      "but cargo build said:\n",
      "error[E0425]: cannot find value `x` in this scope\n --> src/main.rs:1:13\n",
    ],
  },
];

describeInTestAll("longrun soak with code that cannot run", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  for (const { title, tools, files, make, code, flags, environment, exit, says } of CASES)
    it(`says what was expected, and exits with ${exit}: ${title}`, async function () {
      for (const tool of tools ?? []) await requireTool(this, tool);
      for (const [name, text] of Object.entries(files)) {
        const file = join(folder.path(), name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        chmodSync(file, 0o755);
      }
      if (make !== undefined) execFileSync(make[0], make.slice(1), { cwd: folder.path(), stdio: "ignore" });
      const soak = ["soak", "--code", code, ...(flags ?? []), "--platform", "calm", "--duration", "60s"];
      const { code: ended, err } = await start([...soak, "--out", "run"], {
        cwd: folder.path(),
        ...(environment === undefined ? {} : { env: environment }),
      }).ended;
      for (const part of says) expect(err).to.include(part);
      expect(ended, err).to.equal(exit);
    });
});
