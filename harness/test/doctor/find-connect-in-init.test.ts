import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { fromBufferPromise } from "yauzl";
import { text as textOf } from "node:stream/consumers";
import { designPackageFile } from "../../src/adapters/node/assets.ts";
import { findConnectInInit } from "../../src/doctor/find-connect-in-init.ts";
import { handlerArity } from "../../src/doctor/handler-arity.ts";
import { parseModule } from "../../src/doctor/parse-module.ts";

function suspects(text: string): readonly string[] {
  const program = parseModule(text);
  if (program === null) throw new Error("no JavaScript");
  return findConnectInInit(program, text).map((one) => `${one.line}: ${one.text}`);
}

async function handlerOf(design: string): Promise<string> {
  const zip = await fromBufferPromise(readFileSync(designPackageFile(design)));
  for await (const entry of zip.eachEntry())
    if (entry.fileName === "handler.mjs") return textOf(await zip.openReadStreamPromise(entry));
  throw new Error("no handler.mjs");
}

describe("the static search for a connection in Init", () => {
  for (const [title, text, found] of [
    [
      "net.connect at module scope",
      `import net from "net";\nconst socket = net.connect(7000, "h");`,
      ['2: net.connect(7000, "h")'],
    ],
    [
      "a named import, renamed",
      `import { createConnection as dial } from "node:net";\nawait dial({ port: 1 });`,
      ["2: dial({ port: 1 })"],
    ],
    ["require with destructuring", `const { connect } = require("tls");\nconnect(1);`, ["2: connect(1)"]],
    [
      "the output of a bundler",
      `var import_net = __toESM(require("node:net"));\n(0, import_net.connect)(1);`,
      ["2: (0, import_net.connect)(1)"],
    ],
    [
      "a new socket that connects",
      `const net = require("net");\nconst s = new net.Socket();\ns.connect(7000);`,
      ["3: s.connect(7000)"],
    ],
    [
      "a client library's connect",
      `import { createClient } from "redis";\nconst client = createClient();\nawait client.connect();`,
      ["3: client.connect()"],
    ],
    [
      "a function that is called at module scope",
      `import net from "net";\nfunction open() { return net.connect(1); }\nconst kept = open();`,
      ["2: net.connect(1)"],
    ],
    [
      "a class whose instance is created at module scope",
      `import net from "net";\nclass Kept { #s = net.connect(1); }\nconst kept = new Kept();`,
      ["2: net.connect(1)"],
    ],
    [
      "a function that is passed to new Promise",
      `import net from "net";\nawait new Promise((done) => net.connect(1, done));`,
      ["2: net.connect(1, done)"],
    ],
    [
      "a function that is called where it is defined",
      `import net from "net";\n(async () => { net.connect(1); })();`,
      ["2: net.connect(1)"],
    ],
    [
      "a callback that is passed to a promise's then()",
      `import net from "net";\nload().then(() => net.connect(1));`,
      ["2: net.connect(1)"],
    ],
    [
      "a static block",
      `import net from "net";\nclass A { static { net.connect(1); } }`,
      ["2: net.connect(1)"],
    ],
    [
      "a static field",
      `import net from "net";\nclass A { static socket = net.connect(1); }`,
      ["2: net.connect(1)"],
    ],
    [
      "a function in a static field that is called at module scope",
      `import net from "net";\nclass A { static open = () => net.connect(1); }\nA.open();`,
      ["2: net.connect(1)"],
    ],
    [
      "a function in a static field that only the handler calls",
      `import net from "net";\nclass A { static open = () => net.connect(1); }\nexport const handler = async () => A.open();`,
      [],
    ],
    [
      "a connection only inside the handler",
      `import net from "net";\nexport const handler = async () => { net.connect(1); };`,
      [],
    ],
    [
      "a connection inside a function that the handler calls",
      `import net from "net";\nfunction open() { return net.connect(1); }\nexport const handler = async () => open();`,
      [],
    ],
    [
      "a connection inside a function that is passed to another one",
      `import net from "net";\nexport const handler = wrap(async () => net.connect(1));`,
      [],
    ],
    [
      "a class without an instance at module scope",
      `import net from "net";\nclass A { #s = net.connect(1); }\nexport const handler = async () => new A();`,
      [],
    ],
    [
      "a method named connect that the module defines itself",
      `const bus = { connect() { return 1; } };\nbus.connect();`,
      [],
    ],
    ["a handler without a connection", `export const handler = async () => 1;`, []],
  ] as const) {
    it(`${found.length === 0 ? "finds nothing" : "finds a possible connection"}: ${title}`, () => {
      expect(suspects(text)).to.deep.equal(found);
    });
  }

  for (const [design, expected] of [
    ["init-connect", true],
    ["graceful-connect", true],
    ["lazy-connect", false],
    ["handler-connect", false],
    ["lease-connect", false],
  ] as const) {
    it(`${expected ? "suspects" : "does not suspect"} the shipped ${design}`, async () => {
      expect(suspects(await handlerOf(design)).length > 0).to.equal(expected);
    });
  }

  it("reads any text, or reports that it is not JavaScript", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(
              fc.constantFrom(
                "import net from 'net';",
                "net.connect(1);",
                "function f() {",
                "}",
                "class A {",
                "f();",
                "new A();",
                "() =>",
                "(",
              ),
              { maxLength: 12 },
            )
            .map((parts) => parts.join("\n")),
        ),
        (text) => {
          const program = parseModule(text);
          if (program === null) return;
          expect(findConnectInInit(program, text)).to.be.an("array");
          expect(handlerArity(program, "handler")).to.satisfy(
            (arity: unknown) => arity === null || typeof arity === "number",
          );
        },
      ),
    );
  });
});
