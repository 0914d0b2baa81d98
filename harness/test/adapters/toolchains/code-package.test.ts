import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import { isLongrunError } from "../../../src/base/errors.ts";
import { readCodePackage } from "../../../src/adapters/toolchains/code-package.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function zipOf(
  names: readonly string[],
  content = "export const handler = async () => 1; export { handler as main };",
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of names) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function namesIn(zip: Uint8Array): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const entry of (await fromBufferPromise(Buffer.from(zip))).eachEntry())
    names.push(entry.fileName);
  return names;
}

describe("readCodePackage", () => {
  const folder = temporaryFolder();
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder.path(), name);
    writeFileSync(path, content);
    return path;
  };

  it("zips a module under its own name, and names the handler after the module", async () => {
    const read = await readCodePackage(file("my handler.mjs", "export const handler = async () => 1;"), null);
    expect(read.ok && [read.handler, await namesIn(read.zip)]).to.deep.equal([
      "my-handler.handler",
      ["my-handler.mjs"],
    ]);
  });

  it("makes the same bytes each time for the same module", async () => {
    const path = file("one.mjs", "export const handler = async () => 1;");
    expect(await readCodePackage(path, null)).to.deep.equal(await readCodePackage(path, null));
  });

  for (const { handler, names } of [
    { handler: null, names: ["index.mjs"] },
    { handler: "index.handler", names: ["index.js", "package.json"] },
    { handler: "src/app.main", names: ["src/app.cjs"] },
  ]) {
    it(`accepts a zip with ${names.join(", ")} for ${handler ?? "the default handler"}`, async () => {
      const read = await readCodePackage(file("a.zip", await zipOf(names)), handler);
      expect(read.ok && read.handler).to.equal(handler ?? "index.handler");
    });
  }

  for (const { title, handler, content, expected } of [
    {
      title: "a text file",
      handler: null,
      content: () => Promise.resolve(Buffer.from("no zip")),
      expected: /^a source file, a zip or a jar, but this file is none of them$/,
    },
    {
      title: "a zip that is cut off",
      handler: null,
      content: async () => (await zipOf(["index.mjs"])).subarray(0, 60),
      expected: /^a complete zip or jar, but the end of this file is missing$/,
    },
    {
      title: "an empty file",
      handler: null,
      content: () => Promise.resolve(Buffer.alloc(0)),
      expected: /^a zip or a jar, but the file is empty$/,
    },
    {
      title: "a zip without the handler's module",
      handler: null,
      content: () => zipOf(["app.mjs"]),
      expected:
        /^a package that contains index\.js, index\.mjs or index\.cjs for the handler index\.handler; it has app\.mjs$/,
    },
    {
      title: "a zip without a module",
      handler: null,
      content: () => zipOf(["readme.txt"]),
      expected: /^a function, but it has only readme\.txt; --code takes /,
    },
    {
      title: "a handler name that names no export",
      handler: "index",
      content: () => zipOf(["index.mjs"]),
      expected: /^a handler such as index\.handler, not index$/,
    },
  ]) {
    it(`refuses ${title}`, async () => {
      const read = await readCodePackage(file("b.zip", await content()), handler);
      expect(read.ok).to.equal(false);
      expect(read.ok ? "" : read.expected).to.match(expected);
    });
  }

  for (const { title, name, content, handler, expected } of [
    {
      title: "a module that exports another name",
      name: "other.mjs",
      content: "export const main = () => 1; export { main as run };",
      handler: null,
      expected: "other.mjs to export handler for the handler other.handler; it exports main, run",
    },
    {
      title: "a module that exports nothing",
      name: "nothing.mjs",
      content: "import 'node:net';",
      handler: "nothing.handler",
      expected: "nothing.mjs to export handler for the handler nothing.handler; it exports nothing",
    },
  ]) {
    it(`refuses ${title}`, async () => {
      expect(await readCodePackage(file(name, content), handler)).to.deep.equal({ ok: false, expected });
    });
  }

  for (const { title, content, handler } of [
    {
      title: "destructured",
      content: "export const { handler, a: [b = 1] } = { handler() {}, a: [] };",
      handler: "m.b",
    },
    { title: "a function", content: "export async function handler() {}", handler: "m.handler" },
    { title: "renamed", content: "const f = () => 1; export { f as handler };", handler: "m.handler" },
    {
      title: "a member of an exported object",
      content: "export const api = { get: () => 1 };",
      handler: "m.api.get",
    },
    { title: "the default export", content: "export default () => 1;", handler: "m.default" },
    {
      title: "not visible in the text of the module",
      content: "export * from 'node:net'; export const a = 1;",
      handler: "m.connect",
    },
    {
      title: "exported in the way of CommonJS",
      content: "globalThis.x = exports; x.handler = () => 1;",
      handler: "m.handler",
    },
  ]) {
    it(`accepts a handler that is ${title}`, async () => {
      // The module is given in a zip: a single file would be bundled by esbuild, which resolves some of these exports.
      const zip = await zipOf([content.includes("= exports;") ? "m.cjs" : "m.mjs"], content);
      const read = await readCodePackage(file("m.zip", zip), handler);
      expect(read.ok ? read.handler : read.expected).to.equal(handler);
    });
  }

  it("refuses a file that does not exist", async () => {
    expect(await readCodePackage(join(folder.path(), "none.zip"), null)).to.deep.equal({
      ok: false,
      expected: "a file or a folder, but there is no such file",
    });
  });

  describe("a package with a bootstrap", () => {
    const bootstrap = async (content: string | Buffer, mode: number): Promise<Buffer> => {
      const zip = new ZipFile();
      zip.addBuffer(Buffer.from(content), "bootstrap", { mode });
      zip.addBuffer(Buffer.from("export const handler = 1;"), "index.mjs");
      zip.end();
      return buffer(zip.outputStream);
    };

    it("has a custom runtime unless the user names another one", async () => {
      const path = file("c.zip", await bootstrap("#!/bin/sh\n", 0o100755));
      const chosen = await Promise.all([
        readCodePackage(path, null),
        readCodePackage(path, "mine", { runtime: "provided.al2023" }),
        readCodePackage(path, null, { runtime: "nodejs24.x" }),
      ]);
      expect(chosen.map((read) => read.ok && [read.runtime, read.handler])).to.deep.equal([
        ["provided.al2023", "bootstrap"],
        ["provided.al2023", "mine"],
        ["nodejs24.x", "index.handler"],
      ]);
    });

    it("is refused if the bootstrap is not executable", async () => {
      expect(
        await readCodePackage(file("d.zip", await bootstrap("#!/bin/sh\n", 0o100644)), null),
      ).to.deep.equal({
        ok: false,
        expected: "bootstrap to be executable (chmod +x), because it is started as a program",
      });
    });

    it("is refused if the bootstrap is for another system, and the message says which system is needed", async () => {
      const read = await readCodePackage(file("e.zip", await bootstrap("MZ\0\0", 0o100755)), null);
      expect(read.ok ? "" : read.expected).to.match(
        /^a bootstrap that this machine can run, but it is a program for Windows, and this machine runs programs for \w+ on \w+; give --code its source folder, or build it for this machine$/,
      );
    });

    for (const { title, firstLine, why } of [
      {
        title: "needs an interpreter that is not on this machine",
        firstLine: "#!/opt/nope/bash\n",
        why: "it needs /opt/nope/bash, which is not on this machine",
      },
      {
        title: "has the line ends of Windows",
        firstLine: "#!/bin/sh\r\n",
        why: "its first line ends with a carriage return, which becomes part of the interpreter's name",
      },
      {
        title: "has the line ends of Windows behind /usr/bin/env",
        firstLine: "#!/usr/bin/env sh\r\n",
        why: "its first line ends with a carriage return, which becomes part of the interpreter's name",
      },
      {
        title: "needs an interpreter that is not in the package",
        firstLine: "#!/var/task/interpreter\n",
        why: "it needs /var/task/interpreter, which is not on this machine",
      },
      {
        title: "needs an interpreter that is not executable",
        firstLine: "#!/etc/passwd\n",
        why: "it needs /etc/passwd, which is not executable (chmod +x)",
      },
      {
        title: "needs a folder as its interpreter",
        firstLine: "#!/usr/bin\n",
        why: "it needs /usr/bin, which is a folder",
      },
      {
        title: "names its interpreter without a folder",
        firstLine: "#!python3\n",
        why: "its first line names python3 without a folder, and the package has no such file; expected a whole path, such as #!/usr/bin/env python3",
      },
      {
        title: "needs a program that env does not find",
        firstLine: "#!/usr/bin/env -S LC_ALL=C nosuch-program -u\n",
        why: "it needs nosuch-program, which is in none of /usr/local/bin, /usr/bin, /bin, where env searches",
      },
    ])
      it(`is refused with the reason if the bootstrap ${title}`, async () => {
        const read = await readCodePackage(file("g.zip", await bootstrap(firstLine, 0o100755)), null);
        expect(read).to.deep.equal({
          ok: false,
          expected: `a bootstrap that this machine can run, but ${why}`,
        });
      });

    it("is required if the runtime is a custom runtime", async () => {
      const read = await readCodePackage(file("f.zip", await zipOf(["index.mjs"])), null, {
        runtime: "provided.al2023",
      });
      expect(read.ok ? "" : read.expected).to.match(
        /^a package that contains an executable file named bootstrap for the handler bootstrap/,
      );
    });
  });

  for (const { title, files, given, runtime, expected } of [
    {
      title: "an empty folder",
      files: {},
      given: "none",
      runtime: null,
      expected: "a function, but it is empty; --code takes a source file (.mjs, .js,",
    },
    {
      title: "a folder without source files",
      files: { "code/notes.txt": "" },
      given: "code",
      runtime: null,
      expected: "a function, but it has only notes.txt; --code takes a source file (.mjs, .js,",
    },
    {
      title: "a folder with only Java sources",
      files: { "code/src/App.java": "" },
      given: "code",
      runtime: null,
      expected: "the jar or the folder of classes that javac, Maven or Gradle made",
    },
    {
      title: "a folder with only Java sources for a runtime of Java",
      files: { "code/App.java": "" },
      given: "code",
      runtime: "java21",
      expected: "the jar or the folder of classes that javac, Maven or Gradle made",
    },
    {
      title: "one Java source",
      files: { "code/App.java": "" },
      given: "code/App.java",
      runtime: null,
      expected: "the jar or the folder of classes that javac, Maven or Gradle made",
    },
    {
      title: "a folder with Go sources and no go.mod",
      files: { "code/main.go": "package main" },
      given: "code",
      runtime: null,
      expected: "a go.mod beside these sources: make it with 'go mod init NAME', then 'go mod tidy'",
    },
    {
      title: "a Go module whose program is in a folder below",
      files: { "code/go.mod": "module x", "code/cmd/fn/main.go": "package main" },
      given: "code",
      runtime: null,
      expected: "the folder with package main, which is its subfolder cmd/fn",
    },
    {
      title: "a Go module without a program",
      files: { "code/go.mod": "module x", "code/inner/inner.go": "package inner" },
      given: "code",
      runtime: null,
      expected: "a source folder with a program in it; a zip with sources is not built",
    },
    {
      title: "a folder above the folder with the go.mod",
      files: { "code/app/inner.go": "package inner", "code/app/go.mod": "module x" },
      given: "code",
      runtime: null,
      expected: "a folder with go.mod in it, such as its subfolder app",
    },
    {
      title: "a folder with Rust sources and no Cargo.toml",
      files: { "code/src/main.rs": "fn main() {}" },
      given: "code",
      runtime: null,
      expected: "a Cargo.toml beside these sources: make it with 'cargo init'",
    },
    {
      title: "a bootstrap that is a folder",
      files: { "code/bootstrap/main.py": "def handler(): ..." },
      given: "code",
      runtime: null,
      expected: "bootstrap to be a file that can be started, but it is a folder",
    },
    {
      title: "a bootstrap that is a folder, for a custom runtime",
      files: { "code/bootstrap/run.sh": "" },
      given: "code",
      runtime: "provided.al2023",
      expected: "bootstrap to be a file that can be started, but it is a folder",
    },
    {
      title: "one Go source",
      files: { "code/main.go": "" },
      given: "code/main.go",
      runtime: null,
      expected: "the folder with go.mod and this file",
    },
    {
      title: "Python for a runtime of Node",
      files: { "code/one.py": "def handler(): ..." },
      given: "code/one.py",
      runtime: "nodejs22.x",
      expected:
        /^code in Node for nodejs22\.x, but this is Python; leave out --runtime, or give one such as python3\.\d+$/,
    },
    {
      title: "a folder in Python for a runtime of Java",
      files: { "code/app.py": "def handler(): ..." },
      given: "code",
      runtime: "java17",
      expected:
        /^code in Java for java17, but this is Python; leave out --runtime, or give one such as python3\.\d+$/,
    },
    {
      title: "a Go folder for a runtime of Python",
      files: { "code/go.mod": "module x", "code/main.go": "package main" },
      given: "code",
      runtime: "python3.12",
      expected:
        "code in Python for python3.12, but this is Go or Rust; leave out --runtime, or give one such as provided.al2023",
    },
    {
      title: "two modules in Python without a usual name",
      files: { "code/one.py": "def lambda_handler(e, c): ...", "code/two.py": "" },
      given: "code",
      runtime: "python3.12",
      expected:
        "--handler too, such as --handler one.lambda_handler, because no module has a usual name; the package has one.py, two.py",
    },
  ] as const)
    it(`refuses ${title}, and says what to give`, async () => {
      const said: string[] = [];
      mkdirSync(join(folder.path(), "none"));
      folder.with(".", files);
      const read = await readCodePackage(join(folder.path(), given), null, {
        runtime,
        report: (line) => said.push(line),
      });
      const text = read.ok ? "" : read.expected;
      if (typeof expected === "string") expect(text.slice(0, expected.length)).to.equal(expected);
      else expect(text).to.match(expected);
      expect(said).to.deep.equal([]);
    });

  it("if the compiler is not on the PATH, does not announce a build", async () => {
    const code = folder.with("code", { "go.mod": "module x", "main.go": "package main" });
    const said: string[] = [];
    const error = await readCodePackage(code, null, {
      environment: { PATH: "/nowhere" },
      report: (line) => said.push(line),
    }).then(
      () => null,
      (reason: unknown) => (isLongrunError(reason) ? reason.code : reason),
    );
    expect([error, said]).to.deep.equal(["unavailable", []]);
  });

  describe("a package in Python", () => {
    const python = { runtime: "python3.12" };

    for (const { title, name, content, handler } of [
      {
        title: "function handler",
        name: "one.py",
        content: "def handler(event, context): ...\n",
        handler: "one.handler",
      },
      {
        title: "function lambda_handler",
        name: "two.py",
        content: "async def lambda_handler(event, context): ...\n",
        handler: "two.lambda_handler",
      },
      { title: "variable handler", name: "three.py", content: "handler = print\n", handler: "three.handler" },
    ])
      it(`is made from a file that defines the ${title}, and the handler is named after the file`, async () => {
        const read = await readCodePackage(file(name, content), null, python);
        expect(read.ok ? [read.handler, await namesIn(read.zip)] : read.expected).to.deep.equal([
          handler,
          [name],
        ]);
      });

    for (const { names, handler } of [
      { names: ["app.py", "other.py"], handler: "app.handler" },
      { names: ["lambda_function.py", "other.py"], handler: "lambda_function.handler" },
      { names: ["mine.py", "vendored/x.js"], handler: "mine.handler" },
    ])
      it(`with ${names.join(", ")} has the handler ${handler}`, async () => {
        const read = await readCodePackage(file("p.zip", await zipOf(names, "handler = 1\n")), null, python);
        expect(read.ok ? read.handler : read.expected).to.equal(handler);
      });

    it("with several modules and no usual name is refused: the user has to name the handler", async () => {
      const read = await readCodePackage(file("q.zip", await zipOf(["a.py", "b.py"], "")), null, python);
      expect(read.ok ? "" : read.expected).to.equal(
        "--handler too, such as --handler a.handler, because no module has a usual name; the package has a.py, b.py",
      );
    });

    it("is refused if its module does not define the handler", async () => {
      const read = await readCodePackage(file("r.py", "x = 1\n"), "r.main", python);
      expect(read.ok ? "" : read.expected).to.equal(
        "r.py to define main for the handler r.main; it defines no function at all",
      );
    });

    for (const [title, source, expected] of [
      ["no function", "x = 1\n", "it defines no function at all"],
      [
        "functions with other names",
        "def work(event, context): ...\n\nasync def rest(): ...\n",
        "it defines work, rest: name one of them, such as --handler s.work",
      ],
    ] as const)
      it(`is refused if it has ${title} and the user named no handler`, async () => {
        const read = await readCodePackage(file("s.py", source), null, python);
        expect(read.ok ? "" : read.expected).to.equal(
          `s.py to define a function named handler or lambda_handler; ${expected}`,
        );
      });
  });

  describe("a package in Java", () => {
    const read = async (names: readonly string[], handler: string | null) =>
      readCodePackage(file("j.jar", await zipOf(names, "")), handler, { runtime: "java21" });

    for (const names of [["example/App.class", "site/page.js"], ["lib/app.jar"]])
      it(`with ${names.join(", ")} is accepted unchanged`, async () => {
        const taken = await read(names, "example.App::handle");
        expect(taken.ok ? [taken.handler, taken.runtime] : taken.expected).to.deep.equal([
          "example.App::handle",
          "java21",
        ]);
      });

    it("is recognised by its classes, even if it contains scripts", async () => {
      const taken = await readCodePackage(file("k.jar", await zipOf(["App.class", "x.js"], "")), null);
      expect(taken.ok ? "" : taken.expected).to.equal("--handler too, such as example.App::handle");
    });

    it("is refused if the jar does not contain the handler's class", async () => {
      const taken = await read(["example/App.class"], "example.Other::handle");
      expect(taken.ok ? "" : taken.expected).to.equal(
        "a package that contains example/Other.class for the handler example.Other::handle; it has example/App.class",
      );
    });
  });

  describe("a package that needs a command of the user to start its runtime client", () => {
    for (const [title, names, runtime, handler] of [
      ["in Ruby", ["app.rb", "lib/x.rb"], "ruby3.4", "app.handler"],
      ["in .NET", ["App.dll", "App.runtimeconfig.json"], "dotnet10", "App"],
    ] as const) {
      it(`${title} is accepted with that command, and refused without it`, async () => {
        const zip = file("l.zip", await zipOf([...names], ""));
        const taken = await readCodePackage(zip, null, { launches: true });
        expect(taken.ok ? [taken.runtime, taken.handler] : taken.expected).to.deep.equal([runtime, handler]);
        const refused = await readCodePackage(zip, null);
        expect(refused.ok ? "" : refused.expected).to.match(
          new RegExp(
            `^--launcher too for ${runtime}: the command that starts its runtime client, such as --launcher '`,
          ),
        );
      });
    }
  });
});
