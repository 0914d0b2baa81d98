/** Tests that the lists in Terraform's validations, and Terraform's defaults, are the same as in the TypeScript code. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { ADMISSIONS, DEFAULT_ADMISSION } from "../../src/words/admission.ts";
import {
  ARCHITECTURES,
  DEFAULT_ARCHITECTURE,
  DEFAULT_MEMORY_MB,
  DEFAULT_TIMEOUT_SECONDS,
} from "../../src/words/function-size.ts";
import { CLIENT_PROTOCOLS } from "../../src/catalogue/protocols/all-protocols.ts";
import { DEFAULT_RUNTIME } from "../../src/catalogue/runtimes/all-runtimes.ts";
import { OFFERED_NODES } from "../../src/catalogue/runtimes/node.ts";
import { DEFAULT_CAPACITY } from "../../src/words/capacity.ts";
import { PEER_SETTINGS } from "../../src/settings/peer-settings.ts";
import { LOCAL_FACTS } from "../../src/settings/setting.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";
import { defaultValue } from "../../src/settings/setting-table.ts";
import { DEFAULT_PEER_PROTOCOL } from "../../../scripts/infra/read-peer.ts";
import { DEFAULT_NAME } from "../../../scripts/infra/settings.ts";

const read = (file: string): string =>
  readFileSync(new URL(`../../../infra/${file}`, import.meta.url), "utf8");

/** Returns the block of one variable, up to the line that has only the closing brace. */
function variable(file: string, name: string): string {
  const block = new RegExp(`^variable "${name}" \\{$([^]*?)^\\}$`, "m").exec(read(file));
  if (block?.[1] === undefined) throw new Error(`${file} has no variable ${name}`);
  return block[1];
}

/** Returns the list of `contains([…], var.VALUE)` in the validations of a variable. */
function validated(block: string, value: string): readonly string[] {
  const list = new RegExp(`contains\\(\\[([^\\]]*)\\], var\\.${value.replaceAll(".", "\\.")}\\)`).exec(block);
  return [...(list?.[1] ?? "").matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word);
}

/** Returns the default of a variable as it is written, a text without its quotes. */
function defaultOf(block: string): string | undefined {
  return /^\s*default\s*=\s*"?([^"\s]*)/m.exec(block)?.[1];
}

/** Returns the default of an optional member of the peer's input, a text without its quotes. */
function optionalIn(input: "external" | "managed", member: string): string | undefined {
  const block = variable("modules/peer/variables.tf", input);
  return new RegExp(`^\\s*${member}\\s*=\\s*optional\\(\\w+, "?([^")]*)"?\\)`, "m").exec(block)?.[1];
}

describe("Terraform's validations and defaults", () => {
  it("have the offered versions of Node, with the same default", () => {
    const block = variable("modules/function/variables.tf", "runtime");
    expect([validated(block, "runtime"), defaultOf(block)]).to.deep.equal([OFFERED_NODES, DEFAULT_RUNTIME]);
  });

  it("have the protocols of the functions, followed by their older names", () => {
    expect(validated(variable("modules/peer/variables.tf", "external"), "external.protocol")).to.deep.equal([
      ...CLIENT_PROTOCOLS.map(({ name }) => name),
      ...CLIENT_PROTOCOLS.flatMap(({ aliases }) => aliases),
    ]);
  });

  it("have the peer's admissions, with the same default", () => {
    const block = variable("modules/peer/variables.tf", "managed");
    expect(validated(block, "managed.admission")).to.deep.equal(ADMISSIONS);
    expect(optionalIn("managed", "admission")).to.equal(DEFAULT_ADMISSION);
  });

  for (const file of ["variables.tf", "modules/function/variables.tf", "modules/runner/variables.tf"]) {
    it(`have the processors, with the same default: ${file}`, () => {
      const block = variable(file, "architecture");
      expect([validated(block, "architecture"), defaultOf(block)]).to.deep.equal([
        ARCHITECTURES,
        DEFAULT_ARCHITECTURE,
      ]);
    });
  }

  it("have the processors of a managed peer, with the same default", () => {
    const block = variable("modules/peer/variables.tf", "managed");
    expect(validated(block, "managed.architecture")).to.deep.equal(ARCHITECTURES);
    expect(optionalIn("managed", "architecture")).to.equal(DEFAULT_ARCHITECTURE);
  });

  it("have the defaults that make has: the prefix of names, and the protocol of a machine of the user", () => {
    expect(defaultOf(variable("variables.tf", "name"))).to.equal(DEFAULT_NAME);
    expect(optionalIn("external", "protocol")).to.equal(DEFAULT_PEER_PROTOCOL);
  });

  it("have the port and the capacity of our own peer", () => {
    const port = defaultValue(PEER_SETTINGS.port, LOCAL_FACTS);
    expect([optionalIn("managed", "port"), optionalIn("managed", "capacity")]).to.deep.equal([
      String(port),
      String(DEFAULT_CAPACITY),
    ]);
  });

  it("give the runner the interval that a soak on AWS has", () => {
    expect(defaultOf(variable("modules/runner/variables.tf", "interval"))).to.equal(
      SOAK_SETTINGS.interval.default.aws,
    );
  });

  it("give a deployed function the memory and the time-out of a local function by default", () => {
    const [memory, timeout] = ["memory_mb", "timeout_seconds"].map((name) =>
      defaultOf(variable("modules/function/variables.tf", name)),
    );
    expect([memory, timeout]).to.deep.equal([String(DEFAULT_MEMORY_MB), String(DEFAULT_TIMEOUT_SECONDS)]);
  });
});
