import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { installPrograms } from "../../../src/cli/doctor/install-programs.ts";
import { isLongrunError } from "../../../src/base/errors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const TOOLS = ["autoreconf", "libtoolize", "c++", "make", "cmake"];

describe("doctor's installations", () => {
  const folder = temporaryFolder();

  /** Returns variables whose PATH has a Python that reports its version, but a pip and an npm that fail. */
  const environment = (tools: readonly string[]): Record<string, string> => {
    const bin = join(folder.path(), "bin");
    mkdirSync(bin, { recursive: true });
    const programs = {
      "python3.11": `case "$*" in *pip*) echo "pip: no network" >&2; exit 1;; esac\nprintf '3.11.9\\n%s\\n%s\\n' "$0" "\${0%/*}"\n`,
      npm: 'echo "npm: no network" >&2; exit 1\n',
      ...Object.fromEntries(tools.map((name) => [name, "exit 1\n"])),
    };
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}`);
      chmodSync(join(bin, name), 0o755);
    }
    const java = join(folder.path(), "java");
    mkdirSync(join(java, "bin"), { recursive: true });
    writeFileSync(join(java, "bin", "java"), "");
    writeFileSync(join(java, "release"), 'JAVA_VERSION="21.0.2"\n');
    return { JAVA_HOME: java, PATH: bin, HOME: folder.path(), XDG_CACHE_HOME: join(folder.path(), "cache") };
  };
  const install = async (wanted: { runtimes: boolean; clients: boolean }, tools = TOOLS) => {
    const lines: string[] = [];
    const error = await installPrograms(wanted, environment(tools), (line) => lines.push(line)).then(
      () => null,
      (reason: unknown) => (isLongrunError(reason) ? reason : null),
    );
    return { lines, error };
  };

  it("continue after a client that cannot be installed, and fail at the end", async () => {
    const { lines, error } = await install({ runtimes: false, clients: true });
    expect(lines).to.include.members([
      "installing awslambdaric from PyPI into a cache, for python3.11",
      "awslambdaric could not be installed for Python 3.11.9: pip: no network",
      "building aws-lambda-ric for nodejs22.x from npm; this takes minutes",
      "aws-lambda-ric 3 could not be installed from npm: npm: no network",
      "building aws-lambda-ric for nodejs24.x from npm; this takes minutes",
    ]);
    expect(lines.at(-1)).to.match(/^not installed: .*AWS's client for python3\.11/);
    expect(error?.message).to.match(/^\d programs could not be installed\.$/);
  });

  it("do not compile or download a client if a program that is needed for this is missing", async () => {
    const { lines, error } = await install({ runtimes: false, clients: true }, ["c++", "make", "cmake"]);
    expect(lines).to.include(
      "aws-lambda-ric 4 for nodejs24.x cannot be compiled: autoreconf, libtoolize not on the PATH; apt install autoconf automake libtool installs what is missing on Debian and Ubuntu.",
    );
    expect(lines.filter((line) => /^building|Java from Maven/.test(line))).to.deep.equal([]);
    expect(lines).to.include(
      "AWS's client for Java cannot be downloaded: Maven (mvn) is not on the PATH; apt install maven or brew install maven installs it.",
    );
    expect(lines.at(-1)).to.match(/^not installed: .*AWS's client for java21/);
    const clients = join(folder.path(), "cache", "lambda-longrun", "runtime-clients");
    expect(existsSync(clients) ? readdirSync(clients) : []).to.deep.equal([]);
    expect(error?.code).to.equal("unavailable");
  });

  it("install no interpreter except Node, and for any other missing interpreter print a command that installs it", async () => {
    const { lines, error } = await install({ runtimes: true, clients: false });
    expect(error?.code).to.equal("unavailable");
    expect(lines).to.include(
      "Python 3.14 for python3.14 is not installed: pyenv install 3.14 or uv python install 3.14 installs it",
    );
    expect(lines.filter((line) => /^Python 3\.11 /.test(line))).to.deep.equal([]);
    expect(lines.some((line) => /^installing Node for nodejs2[24]\.x from npm$/.test(line))).to.equal(true);
  });
});
