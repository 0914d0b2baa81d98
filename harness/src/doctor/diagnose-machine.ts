/** Diagnoses this machine: what would disturb a local run on it. Pure. */
import { clear, notice, problem, type DoctorFinding } from "./doctor-finding.ts";
import type { LocalFacts } from "./local-facts.ts";

const NODE_LEAST = { major: 20, minor: 19 };

export function diagnoseMachine(facts: LocalFacts): readonly DoctorFinding[] {
  return [
    node(facts),
    system(facts),
    built(facts),
    isolation(facts),
    setpriv(facts),
    ...facts.runtimes.map(runtime),
    ...facts.runtimeClients.map(runtimeClient),
    ...interpreters(facts),
    ...facts.compilers.map(compiler),
    ...facts.ports.map(port),
    temporaryFolder(facts),
    awsCli(facts),
  ];
}

function node({ nodeVersion }: LocalFacts): DoctorFinding {
  const about = { check: "node-version" };
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, "").split(".").map(Number);
  const enough = major > NODE_LEAST.major || (major === NODE_LEAST.major && minor >= NODE_LEAST.minor);
  if (!enough)
    return problem(
      about,
      `Node ${nodeVersion} is too old.`,
      "Install Node 20.19 or newer; 22 is what Lambda's nodejs22.x runs.",
    );
  return clear(about, `Node ${nodeVersion}`);
}

function system({ system: name, architecture }: LocalFacts): DoctorFinding {
  const about = { check: "system" };
  if (name === "linux" || name === "darwin") return clear(about, `${name} ${architecture}`);
  return problem(
    about,
    `${name} cannot run the local engine: it has no signals that freeze a process group.`,
    "Use Linux, macOS or WSL for local runs; --target aws, analyze and report work here.",
  );
}

function built({ built: there }: LocalFacts): DoctorFinding {
  const about = { check: "built-files" };
  if (there) return clear(about, "The function packages, the runtime client and the report page are built.");
  return problem(
    about,
    "The function packages, the runtime client or the report page are missing.",
    "Run npm run build.",
  );
}

function isolation({ isolation: { kind, reason } }: LocalFacts): DoctorFinding {
  const about = { check: "isolation" };
  if (kind === "namespaces")
    return clear(about, "Each environment has its own mounts: /tmp, /var/task and /opt are as on AWS.");
  return notice(
    about,
    `Environments share this machine's file system (${reason ?? "no reason was given"}): instead of /tmp a function must use TMPDIR, instead of /var/task LAMBDA_TASK_ROOT.`,
    "Nothing needs to be done for functions that use only these variables. To get the paths of AWS on Linux, allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0).",
  );
}

function setpriv({ system: name, isolation: { setpriv: there } }: LocalFacts): DoctorFinding {
  const about = { check: "setpriv" };
  if (there)
    return clear(about, "setpriv is installed: if an engine is killed, the kernel ends its environments.");
  const linux = name === "linux";
  return notice(
    about,
    linux
      ? "setpriv is not installed: the environments of a killed engine run until the next engine starts."
      : `${name} has no setpriv: the environments of a killed engine run until the next engine starts.`,
    linux
      ? "Install util-linux."
      : "Start an engine with the same --data-dir again, or end the processes by hand.",
  );
}

function runtime({
  runtime: name,
  nodeFile,
  version,
  deprecated,
}: LocalFacts["runtimes"][number]): DoctorFinding {
  const about = { check: "runtime-node", subject: name };
  if (nodeFile !== null && version !== null)
    return clear(about, `Functions of ${name} run on Node ${version}.`);
  if (deprecated)
    return clear(
      about,
      `The Node version of ${name}, which AWS no longer supports, is not installed: its functions would run on the nearest version.`,
    );
  return notice(
    about,
    `The Node version of ${name} is not installed: its functions would run on the nearest version.`,
    "longrun doctor --install-runtimes installs it in longrun's cache.",
  );
}

function runtimeClient({ runtime: name, version }: LocalFacts["runtimeClients"][number]): DoctorFinding {
  return clear(
    { check: "runtime-client", subject: name },
    version === null
      ? "aws-lambda-ric is not built; only --runtime-client ric needs it."
      : `aws-lambda-ric ${version} is installed for --runtime-client ric.`,
  );
}

type Interpreters = LocalFacts["interpreters"];

/** A line for each runtime that can run here, one for each language that is missing, and one for all runtimes that a command starts. */
function interpreters({ interpreters: all }: LocalFacts): readonly DoctorFinding[] {
  const started = all.filter(({ launcher }) => launcher !== null);
  const own = all.filter(({ launcher }) => launcher === null);
  const missing = own.filter(({ version }) => version === null);
  const titles = [...new Set(missing.map(({ title }) => title))];
  return [
    ...own.filter((one) => one.version !== null && !lacksDownloader(one)).map(interpreter),
    ...withoutDownloader(own.filter((one) => one.version !== null && lacksDownloader(one))),
    ...titles.map((title) =>
      missingLanguage(
        title,
        missing.filter((one) => one.title === title),
      ),
    ),
    ...(started.length === 0 ? [] : [launched(started)]),
  ];
}

function lacksDownloader({ client, ownClient, missingForClient }: Interpreters[number]): boolean {
  return !client && !ownClient && missingForClient !== null;
}

function withoutDownloader(runtimes: Interpreters): readonly DoctorFinding[] {
  const [first] = runtimes;
  const missing = first?.missingForClient ?? null;
  if (first === undefined || missing === null) return [];
  const names = runtimes.map(({ runtime: name }) => name).join(", ");
  return [
    notice(
      { check: "runtime", subject: first.title },
      `Functions of ${names} need AWS's client, and ${missing.title}, which downloads it, is not installed.`,
      `${missing.install} installs it; then the first soak or --install-ric installs AWS's client.`,
    ),
  ];
}

function missingLanguage(title: string, runtimes: Interpreters): DoctorFinding {
  const names = runtimes.map(({ runtime: name }) => name).join(", ");
  return notice(
    { check: "runtime", subject: title },
    `${title} is not installed; functions of ${names} need it.`,
    `${runtimes.at(-1)?.installCommand} installs it. Other functions do not need it.`,
  );
}

function launched(runtimes: Interpreters): DoctorFinding {
  const names = runtimes.map(({ runtime: name }) => name).join(", ");
  const examples = [...new Set(runtimes.map(({ launcher }) => `--launcher '${launcher}'`))].join(" or ");
  return clear(
    { check: "runtime" },
    `Functions of ${names} run with the command that starts their client, such as ${examples}.`,
  );
}

function interpreter(one: Interpreters[number]): DoctorFinding {
  const { runtime: name, title, version, own, installCommand } = one;
  const about = { check: "runtime", subject: name };
  return clear(
    about,
    own
      ? `Functions of ${name} run on ${title} ${version}; ${clientOf(one)}.`
      : `Functions of ${name} would run on ${title} ${version}, the nearest version; ${installCommand} installs the right one.`,
  );
}

function clientOf({ client, ownClient }: LocalFacts["interpreters"][number]): string {
  if (client) return "AWS's client is installed";
  const installs = "the first soak or --install-ric installs AWS's client";
  return ownClient ? `${installs}; without it they run on longrun's own client` : installs;
}

function compiler({ command, there, install }: LocalFacts["compilers"][number]): DoctorFinding {
  const about = { check: "compiler", subject: command };
  if (there) return clear(about, `${command} is installed; --code can build its source folders.`);
  return notice(
    about,
    `${command} is not installed; only --code with its source folders needs it.`,
    `Nothing needs to be done without such folders. ${install} installs it.`,
  );
}

function port({ port: number, usedBy, free, why }: LocalFacts["ports"][number]): DoctorFinding {
  const about = { check: "port", subject: String(number) };
  if (free) return clear(about, `Port ${number} is free for ${usedBy}.`);
  return notice(
    about,
    `longrun cannot listen on port ${number} (${why ?? "unknown"}); ${usedBy} uses this port unless another one is given.`,
    `Use a free port: ${usedBy} --port 0. A soak chooses free ports itself.`,
  );
}

function temporaryFolder({ temporaryFolder: { path, problem: why } }: LocalFacts): DoctorFinding {
  const about = { check: "temporary-folder" };
  if (why === null) return clear(about, `${path} is writable.`);
  return problem(
    about,
    `${path} is not writable (${why}); environments keep their files in it.`,
    "Free space on its disk, or set TMPDIR to a writable folder.",
  );
}

function awsCli({ awsCli: version }: LocalFacts): DoctorFinding {
  const about = { check: "aws-cli" };
  return clear(
    about,
    version === null ? "The AWS CLI is not installed; nothing needs it." : `${version}; nothing needs it.`,
  );
}
