import { expect } from "chai";
import { doctorExitCode } from "../../src/doctor/doctor-exit-code.ts";
import { diagnoseMachine } from "../../src/doctor/diagnose-machine.ts";
import type { LocalFacts } from "../../src/doctor/local-facts.ts";

const HEALTHY: LocalFacts = {
  nodeVersion: "v22.11.0",
  system: "linux",
  architecture: "x64",
  isolation: { kind: "namespaces", setpriv: true, reason: null },
  runtimes: [{ runtime: "nodejs22.x", deprecated: false, nodeFile: "/usr/bin/node", version: "v22.11.0" }],
  interpreters: [
    {
      runtime: "python3.12",
      title: "Python",
      version: "3.12.4",
      own: true,
      missingForClient: null,
      client: true,
      ownClient: true,
      installCommand: "pyenv install 3.12",
      launcher: null,
    },
  ],
  compilers: [{ command: "go", there: true, install: "https://go.dev/dl" }],
  runtimeClients: [{ runtime: "nodejs22.x", version: null }],
  ports: [{ port: 3_001, usedBy: "longrun serve", free: true, why: null }],
  temporaryFolder: { path: "/tmp", problem: null },
  built: true,
  awsCli: null,
};

interface Row {
  readonly title: string;
  readonly facts: Partial<LocalFacts>;
  readonly check: string;
  readonly status: "problem" | "notice" | "clear";
  readonly text: RegExp;
  readonly advice: RegExp | null;
}

const ROWS: readonly Row[] = [
  {
    title: "Node 18",
    facts: { nodeVersion: "v18.20.4" },
    check: "node-version",
    status: "problem",
    text: /too old/,
    advice: /20\.19 or newer/,
  },
  {
    title: "Node 20.18",
    facts: { nodeVersion: "v20.18.9" },
    check: "node-version",
    status: "problem",
    text: /too old/,
    advice: /20\.19 or newer/,
  },
  {
    title: "Node 20.19",
    facts: { nodeVersion: "v20.19.0" },
    check: "node-version",
    status: "clear",
    text: /v20\.19\.0/,
    advice: null,
  },
  {
    title: "Windows",
    facts: { system: "win32" },
    check: "system",
    status: "problem",
    text: /win32 cannot run the local engine/,
    advice: /WSL/,
  },
  {
    title: "nothing built",
    facts: { built: false },
    check: "built-files",
    status: "problem",
    text: /are missing/,
    advice: /npm run build/,
  },
  {
    title: "no namespaces",
    facts: { isolation: { kind: "none", setpriv: true, reason: "unshare: Operation not permitted" } },
    check: "isolation",
    status: "notice",
    text: /Operation not permitted/,
    advice: /user namespaces/,
  },
  {
    title: "no setpriv on Linux",
    facts: { isolation: { kind: "none", setpriv: false, reason: "setpriv not found" } },
    check: "setpriv",
    status: "notice",
    text: /setpriv is not installed/,
    advice: /util-linux/,
  },
  {
    title: "no setpriv on macOS",
    facts: { system: "darwin", isolation: { kind: "none", setpriv: false, reason: "Linux's" } },
    check: "setpriv",
    status: "notice",
    text: /darwin has no setpriv/,
    advice: /--data-dir/,
  },
  {
    title: "no Node of a runtime",
    facts: { runtimes: [{ runtime: "nodejs24.x", deprecated: false, nodeFile: null, version: null }] },
    check: "runtime-node",
    status: "notice",
    text: /nodejs24\.x/,
    advice: /--install-runtimes/,
  },
  {
    title: "no Node of a runtime whose support has ended",
    facts: { runtimes: [{ runtime: "nodejs20.x", deprecated: true, nodeFile: null, version: null }] },
    check: "runtime-node",
    status: "clear",
    text: /nodejs20\.x, which AWS no longer supports/,
    advice: null,
  },
  {
    title: "no compiler of Go",
    facts: { compilers: [{ command: "go", there: false, install: "https://go.dev/dl" }] },
    check: "compiler",
    status: "notice",
    text: /go is not installed/,
    advice: /go\.dev/,
  },
  {
    title: "a port that is taken",
    facts: { ports: [{ port: 7_000, usedBy: "longrun peer", free: false, why: "EADDRINUSE" }] },
    check: "port",
    status: "notice",
    text: /EADDRINUSE/,
    advice: /longrun peer --port 0/,
  },
  {
    title: "a full disk",
    facts: { temporaryFolder: { path: "/tmp", problem: "ENOSPC" } },
    check: "temporary-folder",
    status: "problem",
    text: /ENOSPC/,
    advice: /TMPDIR/,
  },
  {
    title: "no AWS CLI, which is fine",
    facts: {},
    check: "aws-cli",
    status: "clear",
    text: /nothing needs it/,
    advice: null,
  },
];

describe("doctor on a computer", () => {
  it("has a clear result for each check of a healthy computer", () => {
    const findings = diagnoseMachine(HEALTHY);
    expect(findings.filter(({ status }) => status !== "clear")).to.deep.equal([]);
    expect(doctorExitCode(findings)).to.equal(0);
  });

  for (const { title, facts, check, status, text, advice } of ROWS) {
    it(`reports the problem and what to do: ${title}`, () => {
      const found = diagnoseMachine({ ...HEALTHY, ...facts }).find((finding) => finding.check === check);
      expect(found?.status).to.equal(status);
      expect(found?.text).to.match(text);
      if (advice === null) expect(found?.advice).to.equal(null);
      else expect(found?.advice).to.match(advice);
    });
  }
});

describe("doctor on the runtimes of a computer", () => {
  const [python] = HEALTHY.interpreters;
  for (const [title, facts, text] of [
    [
      "the version, and AWS's client if it is installed",
      {},
      "Functions of python3.12 run on Python 3.12.4; AWS's client is installed.",
    ],
    [
      "what installs AWS's client, and that longrun's own client is used without it",
      { client: false },
      "Functions of python3.12 run on Python 3.12.4; the first soak or --install-ric installs AWS's client; without it they run on longrun's own client.",
    ],
    [
      "the nearest version, and what installs the right one",
      { own: false, version: "3.11.2" },
      "Functions of python3.12 would run on Python 3.11.2, the nearest version; pyenv install 3.12 installs the right one.",
    ],
    [
      "that the program which downloads AWS's client is missing",
      {
        client: false,
        ownClient: false,
        missingForClient: { title: "Maven (mvn)", install: "apt install maven" },
      },
      "Functions of python3.12 need AWS's client, and Maven (mvn), which downloads it, is not installed.",
    ],
  ] as const)
    it(`says ${title}`, () => {
      if (python === undefined) throw new Error("the healthy computer has Python");
      const found = diagnoseMachine({ ...HEALTHY, interpreters: [{ ...python, ...facts }] });
      expect(found.find(({ check }) => check === "runtime")?.text).to.equal(text);
    });

  it("says in one line that a language is missing, and what installs it", () => {
    if (python === undefined) throw new Error("the healthy computer has Python");
    const missing = { ...python, version: null, own: false, client: false };
    const newer = { ...missing, runtime: "python3.13", installCommand: "pyenv install 3.13" };
    const found = diagnoseMachine({ ...HEALTHY, interpreters: [missing, newer] });
    expect(
      found
        .filter(({ check }) => check === "runtime")
        .map(({ status, text, advice }) => [status, text, advice]),
    ).to.deep.equal([
      [
        "notice",
        "Python is not installed; functions of python3.12, python3.13 need it.",
        "pyenv install 3.13 installs it. Other functions do not need it.",
      ],
    ]);
  });

  it("says in one line which runtimes a command of the user starts", () => {
    if (python === undefined) throw new Error("the healthy computer has Python");
    const one = { ...python, runtime: "ruby3.3", launcher: "ruby client.rb" };
    const found = diagnoseMachine({ ...HEALTHY, interpreters: [one, { ...one, runtime: "ruby3.4" }] });
    expect(found.filter(({ check }) => check === "runtime").map(({ text }) => text)).to.deep.equal([
      "Functions of ruby3.3, ruby3.4 run with the command that starts their client, such as --launcher 'ruby client.rb'.",
    ]);
  });
});
