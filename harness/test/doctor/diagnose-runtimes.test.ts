import { expect } from "chai";
import { diagnoseRuntimes } from "../../src/doctor/diagnose-runtimes.ts";
import type { InterpreterFacts, LocalFacts, RuntimeFacts } from "../../src/doctor/local-facts.ts";

type Reported = readonly [status: string, subject: string | null, text: string, advice: string | null];

const GO = { command: "go", builds: "Go packages", there: true, install: "https://go.dev/dl" };
const CARGO = { command: "cargo", builds: "Cargo packages", there: true, install: "https://rustup.rs" };

function reported(
  runtimes: readonly RuntimeFacts[],
  compilers: LocalFacts["compilers"] = [],
  check = "runtime",
): readonly Reported[] {
  const facts: LocalFacts = {
    nodeVersion: "v22.11.0",
    system: "linux",
    architecture: "x64",
    isolation: { kind: "namespaces", setpriv: true, reason: null },
    runtimes,
    compilers,
    ports: [],
    temporaryFolder: { path: "/tmp", problem: null },
    built: true,
    awsCli: null,
  };
  return diagnoseRuntimes(facts)
    .filter((one) => one.check === check)
    .map(({ status, subject, text, advice }) => [status, subject, text, advice]);
}

function python(release: string, program: Partial<InterpreterFacts> = {}, current = true): RuntimeFacts {
  return {
    runtime: `python${release}`,
    title: "Python",
    release,
    current,
    preferred: "python3.13",
    program: {
      kind: "interpreter",
      version: `${release}.4`,
      own: true,
      installCommand: `pyenv install ${release}`,
      client: { kind: "installed" },
      ...program,
    },
  };
}

function nodeOf(release: string, program: Partial<InterpreterFacts>, current = true): RuntimeFacts {
  const client = { kind: "built-on-request", built: null } as const;
  const installCommand = "longrun doctor --install-runtimes";
  const { program: usual } = python(release, { client, installCommand, ...program });
  return {
    runtime: `nodejs${release}.x`,
    title: "Node",
    release,
    current,
    preferred: "nodejs22.x",
    program: usual,
  };
}

const OTHER_NODE = { version: "20.20.2", own: false };

describe("doctor on the interpreters of a computer", () => {
  it("reports no problem if a runtime has an interpreter of its own version", () => {
    expect(reported([python("3.12")])).to.deep.equal([
      ["clear", "python3.12", "Functions run on Python 3.12.4.", null],
    ]);
  });

  it("gives a notice in every language if functions run on the nearest version, and says how to install the right version", () => {
    expect(
      reported([nodeOf("22", OTHER_NODE), python("3.12", { version: "3.11.2", own: false })]),
    ).to.deep.equal([
      [
        "notice",
        "nodejs22.x",
        "Functions run on Node 20.20.2, the nearest version.",
        "longrun doctor --install-runtimes installs Node 22.",
      ],
      [
        "notice",
        "python3.12",
        "Functions run on Python 3.11.2, the nearest version.",
        "pyenv install 3.12 installs Python 3.12.",
      ],
    ]);
  });

  it("gives the same advice to all runtimes with the same interpreter", () => {
    const nearest = { version: "3.11.2", own: false };
    const said = reported([
      nodeOf("22", OTHER_NODE),
      nodeOf("24", OTHER_NODE),
      python("3.11"),
      python("3.12", nearest),
      python("3.13", nearest),
    ]).filter(([status]) => status === "notice");
    expect(said.map(([, subject, , advice]) => [subject, advice])).to.deep.equal([
      ["nodejs22.x", "longrun doctor --install-runtimes installs what is missing."],
      ["nodejs24.x", "longrun doctor --install-runtimes installs what is missing."],
      ["python3.12", "pyenv install 3.13 installs Python 3.13, for example."],
      ["python3.13", "pyenv install 3.13 installs Python 3.13, for example."],
    ]);
  });

  it("advises a newer runtime if AWS no longer supports the runtime", () => {
    expect(reported([nodeOf("20", { version: "24.1.0", own: false }, false)])).to.deep.equal([
      [
        "notice",
        "nodejs20.x",
        "Functions run on Node 24.1.0, the nearest version.",
        "AWS no longer supports this runtime: use a newer one, such as nodejs22.x.",
      ],
    ]);
  });

  it("says for each runtime of a missing language how to install the interpreter", () => {
    const missing = { version: null, own: false };
    const advice = "pyenv install 3.13 installs Python 3.13, for example.";
    const text = "Python is not installed; functions need it.";
    expect(reported([python("3.12", missing), python("3.13", missing)])).to.deep.equal([
      ["notice", "python3.12", text, advice],
      ["notice", "python3.13", text, advice],
    ]);
  });
});

describe("doctor on packages that contain their program", () => {
  const custom = (compilers: LocalFacts["compilers"]): readonly Reported[] =>
    reported(
      [{ ...python("al2023"), runtime: "provided.al2023", program: { kind: "bootstrap" } }],
      compilers,
    );

  it("names the system of the bootstrap, and the compilers for source folders", () => {
    expect(custom([GO, CARGO])).to.deep.equal([
      [
        "clear",
        "provided.al2023",
        "A package contains its program, a bootstrap for Linux on x86_64; --code builds it from Go packages (go) and Cargo packages (cargo).",
        null,
      ],
    ]);
  });

  it("names a missing compiler, and says that finished packages do not need it", () => {
    expect(custom([GO, { ...CARGO, there: false }])).to.deep.equal([
      [
        "notice",
        "provided.al2023",
        "A package contains its program, a bootstrap for Linux on x86_64; --code builds it from Go packages (go). cargo is not installed.",
        "https://rustup.rs has cargo for Cargo packages. Finished packages do not need it.",
      ],
    ]);
  });

  it("names every missing compiler", () => {
    expect(
      custom([
        { ...GO, there: false },
        { ...CARGO, there: false },
      ]).map(([, , text, advice]) => [text, advice]),
    ).to.deep.equal([
      [
        "A package contains its program, a bootstrap for Linux on x86_64. go and cargo are not installed.",
        "https://go.dev/dl has go for Go packages; https://rustup.rs has cargo for Cargo packages. Finished packages do not need them.",
      ],
    ]);
  });

  it("shows an example of --launcher if only a command of the user can start the client", () => {
    const program = { kind: "launcher", example: "ruby client.rb" } as const;
    expect(reported([{ ...python("3.4"), runtime: "ruby3.4", program }])).to.deep.equal([
      [
        "clear",
        "ruby3.4",
        "Functions run with the command that starts their runtime client: --launcher 'ruby client.rb'.",
        null,
      ],
    ]);
  });
});

describe("doctor on AWS's runtime clients", () => {
  const clientOf = (client: InterpreterFacts["client"]) =>
    reported([python("3.12", { client })], [], "runtime-client").map(([status, , text, advice]) => [
      status,
      text,
      advice,
    ]);

  for (const [title, client, said] of [
    ["an installed client", { kind: "installed" }, [["clear", "AWS's client is installed.", null]]],
    [
      "a client in a folder that environments cannot see",
      { kind: "installed", hiddenArchive: "/tmp/cache" },
      [
        [
          "notice",
          "AWS's client is installed, but the archive of its classes is not used with isolation namespaces: environments cannot see /tmp/cache. Cold starts take longer.",
          "Set XDG_CACHE_HOME to a folder outside of /tmp and /opt.",
        ],
      ],
    ],
    [
      "a client that comes with the first soak",
      { kind: "missing", replaceable: false, downloader: null },
      [
        [
          "clear",
          "AWS's client is not installed yet; the first soak or longrun doctor --install-ric installs it.",
          null,
        ],
      ],
    ],
    [
      "a client that longrun's own client replaces",
      { kind: "missing", replaceable: true, downloader: null },
      [
        [
          "clear",
          "AWS's client is not installed yet; the first soak or longrun doctor --install-ric installs it. Until then functions run on longrun's own client.",
          null,
        ],
      ],
    ],
    [
      "the missing program that downloads the client",
      {
        kind: "missing",
        replaceable: false,
        downloader: { title: "Maven (mvn)", install: "apt install maven" },
      },
      [
        [
          "notice",
          "AWS's client is not installed, nor is Maven (mvn), which downloads it.",
          "apt install maven installs Maven (mvn); then the first soak or longrun doctor --install-ric installs AWS's client.",
        ],
      ],
    ],
    [
      "nothing about a client that is not built and not needed",
      { kind: "built-on-request", built: null },
      [],
    ],
    [
      "a client that was built on request",
      { kind: "built-on-request", built: "3.3.0" },
      [["clear", "aws-lambda-ric 3.3.0 is built, for --runtime-client ric.", null]],
    ],
  ] as const)
    it(`reports ${title}`, () => {
      expect(clientOf(client)).to.deep.equal(said);
    });

  it("says nothing about a client without an interpreter", () => {
    const missing = { version: null, own: false, client: { kind: "installed" } } as const;
    expect(reported([python("3.12", missing)], [], "runtime-client")).to.deep.equal([]);
  });
});
