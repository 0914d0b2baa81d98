/**
 * Says whether this machine has the programs for each runtime. The finding is `clear` if the runtime's own version is there. It is a notice
 * if only the nearest version is there, or if a program is missing. Runtimes with the same result get the same sentences, so that they can
 * be shown as one finding.
 */
import { hostInWords, hostOf } from "../catalogue/runtimes/program-file.ts";
import { clear, notice, type DoctorFinding } from "./doctor-finding.ts";
import type { ClientFacts, InterpreterFacts, LocalFacts, RuntimeFacts } from "./local-facts.ts";

interface Interpreted extends RuntimeFacts {
  readonly program: InterpreterFacts;
}

const CHECK = "runtime";

export function diagnoseRuntimes(facts: LocalFacts): readonly DoctorFinding[] {
  const interpreted = facts.runtimes.filter(isInterpreted);
  return [
    ...interpreted.map((one) => interpreter(one, interpreted)),
    ...facts.runtimes.flatMap((one) => withoutInterpreter(one, facts)),
    ...interpreted.flatMap(client),
  ];
}

function isInterpreted(one: RuntimeFacts): one is Interpreted {
  return one.program.kind === "interpreter";
}

function interpreter(one: Interpreted, all: readonly Interpreted[]): DoctorFinding {
  const about = { check: CHECK, subject: one.runtime };
  const { title, program } = one;
  if (program.own) return clear(about, `Functions run on ${title} ${program.version}.`);
  const text =
    program.version === null
      ? `${title} is not installed; functions need it.`
      : `Functions run on ${title} ${program.version}, the nearest version.`;
  if (!one.current)
    return notice(
      about,
      text,
      `AWS no longer supports this runtime: use a newer one, such as ${one.preferred}.`,
    );
  const alike = all.filter((other) => other.current && isAlike(one, other));
  return notice(about, text, howToInstall(alike));
}

function isAlike(one: Interpreted, other: Interpreted): boolean {
  return other.title === one.title && !other.program.own && other.program.version === one.program.version;
}

function howToInstall(runtimes: readonly Interpreted[]): string {
  const newest = runtimes.at(-1);
  const commands = new Set(runtimes.map(({ program }) => program.installCommand));
  const named = `${newest?.title ?? ""} ${newest?.release ?? ""}`;
  const what =
    runtimes.length === 1 ? named : commands.size === 1 ? "what is missing" : `${named}, for example`;
  return `${newest?.program.installCommand ?? ""} installs ${what}.`;
}

function withoutInterpreter({ runtime, program }: RuntimeFacts, facts: LocalFacts): readonly DoctorFinding[] {
  const about = { check: CHECK, subject: runtime };
  if (program.kind === "launcher")
    return [
      clear(
        about,
        `Functions run with the command that starts their runtime client: --launcher '${program.example}'.`,
      ),
    ];
  return program.kind === "bootstrap" ? [bootstrap(about, facts)] : [];
}

function bootstrap(
  about: { readonly check: string; readonly subject: string },
  { system, architecture, compilers }: LocalFacts,
): DoctorFinding {
  const there = compilers.filter((one) => one.there);
  const missing = compilers.filter((one) => !one.there);
  const host = hostInWords(hostOf(system, architecture));
  const builds =
    there.length === 0
      ? ""
      : `; --code builds it from ${listed(there.map((one) => `${one.builds} (${one.command})`))}`;
  const text = `A package contains its program, a bootstrap for ${host}${builds}.`;
  if (missing.length === 0) return clear(about, text);
  return notice(
    about,
    `${text} ${listed(missing.map(({ command }) => command))} ${missing.length === 1 ? "is" : "are"} not installed.`,
    `${missing.map(({ command, install, builds: made }) => `${install} has ${command} for ${made}`).join("; ")}. Finished packages do not need ${missing.length === 1 ? "it" : "them"}.`,
  );
}

function client({ runtime, program }: Interpreted): readonly DoctorFinding[] {
  if (program.version === null) return [];
  const about = { check: "runtime-client", subject: runtime };
  return clientFinding(about, program.client);
}

function clientFinding(
  about: { readonly check: string; readonly subject: string },
  facts: ClientFacts,
): readonly DoctorFinding[] {
  switch (facts.kind) {
    case "built-on-request":
      // Needed only with --runtime-client ric, whose help says how to build it.
      return facts.built === null
        ? []
        : [clear(about, `aws-lambda-ric ${facts.built} is built, for --runtime-client ric.`)];
    case "installed":
      return facts.hiddenArchive === undefined
        ? [clear(about, "AWS's client is installed.")]
        : [
            notice(
              about,
              `AWS's client is installed, but the archive of its classes is not used with isolation namespaces: environments cannot see ${facts.hiddenArchive}. Cold starts take longer.`,
              "Set XDG_CACHE_HOME to a folder outside of /tmp and /opt.",
            ),
          ];
    case "missing": {
      const { downloader, replaceable } = facts;
      const comes = "the first soak or longrun doctor --install-ric installs it";
      if (downloader !== null && !replaceable)
        return [
          notice(
            about,
            `AWS's client is not installed, nor is ${downloader.title}, which downloads it.`,
            `${downloader.install} installs ${downloader.title}; then the first soak or longrun doctor --install-ric installs AWS's client.`,
          ),
        ];
      const without = replaceable ? ". Until then functions run on longrun's own client" : "";
      return [clear(about, `AWS's client is not installed yet; ${comes}${without}.`)];
    }
  }
}

function listed(words: readonly string[]): string {
  return words.join(" and ");
}
