/** Before functions are copied: checks whether it can be done, says what is made, and asks if production's machine is used. */
import {
  configuredAddress,
  missingVariable,
  variablesFor,
} from "../../catalogue/connection-strings/configured-address.ts";
import { hostAddresses } from "../../adapters/node/host-addresses.ts";
import { LongrunError, wrongInput } from "../../base/errors.ts";
import { copyProblems, foreignLayers } from "../../provoke/copy-problems.ts";
import { BESIDE_PROVISIONED } from "../../provoke/changed-function.ts";
import { COPY_PREFIX } from "../../provoke/mark.ts";
import { UNRESERVED_USUAL } from "../../words/quota-request.ts";
import { sharesMachine } from "../../run/copied-variables.ts";
import type { FunctionChanges, OriginalFunction } from "../../run/ports/function-changes.ts";
import type { SoakInput } from "../../run/soak-input.ts";
import { linkPlace } from "../../settings/link-setting.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { linkText } from "../../settings/value-parsers.ts";
import type { Problem } from "../../settings/problem.ts";
import type { Machine } from "../machine.ts";
import { usageError } from "../usage-error.ts";

type CopyChoice = Pick<SoakSettings, "links" | "reservedConcurrency" | "provoke">;

export interface CheckedCopies {
  readonly paragraphs: readonly string[];
  /** Whether a copy connects to the machine of its original. */
  readonly sharesMachine: boolean;
}

/** Throws "usage" with all problems of all functions. */
export async function checkCopies(
  changes: FunctionChanges,
  names: readonly string[],
  settings: CopyChoice,
  addressesOf: (host: string) => Promise<ReadonlySet<string>> = hostAddresses,
): Promise<CheckedCopies> {
  const originals: OriginalFunction[] = [];
  for (const name of names) originals.push(await changes.original(name));
  const links = settings.links.map((one) => ({ place: linkPlace(one), peer: one.peer }));
  const reserved = settings.provoke.includes("provisioned")
    ? Math.max(BESIDE_PROVISIONED, settings.reservedConcurrency)
    : settings.reservedConcurrency;
  const problems = [
    ...originals.flatMap((one) =>
      copyProblems(one).map((text) => ({ where: `--copy of ${one.functionName}`, text })),
    ),
    ...originals.flatMap(({ variables }) => linkProblemsOf(variables, links)),
    ...tooFewLeft(originals, reserved),
  ];
  if (problems.length > 0) throw usageError("soak", problems);
  const found = await Promise.all(
    originals.map(({ variables }) => sharesMachine(variables, links, addressesOf)),
  );
  const shares = found.includes(true) || (found.includes("unknown") ? "unknown" : false);
  return {
    sharesMachine: shares === true,
    paragraphs: paragraphs(originals, links, { reserved, shares }),
  };
}

function tooFewLeft(originals: readonly OriginalFunction[], reserved: number): readonly Problem[] {
  const unreserved = Math.min(...originals.map((one) => one.unreserved));
  const needed = reserved * originals.length;
  return unreserved - needed >= UNRESERVED_USUAL
    ? []
    : [
        {
          where: "--copy",
          text: `reserves ${needed} of the account's ${unreserved} unreserved executions, and AWS usually keeps ${UNRESERVED_USUAL} unreserved`,
        },
      ];
}

function linkProblemsOf(
  variables: OriginalFunction["variables"],
  links: SoakInput["links"],
): readonly Problem[] {
  return links.flatMap(({ place, peer }) => {
    if (peer === null || "name" in place) return [];
    const where = `--link ${linkText(place)}`;
    const configured = configuredAddress(place, variables);
    if (configured === null)
      return [
        {
          where,
          text: missingVariable("variable" in place ? place.variable : place.hostVariable, variables),
        },
      ];
    const written = Object.keys(variablesFor(place, variables, peer)).length > 0;
    return written || !("problem" in configured) ? [] : [{ where, text: configured.problem }];
  });
}

function paragraphs(
  originals: readonly OriginalFunction[],
  links: SoakInput["links"],
  { reserved, shares }: { readonly reserved: number; readonly shares: boolean | "unknown" },
): readonly string[] {
  const names = originals.map(({ functionName }) => functionName).join(" and ");
  const places = links.flatMap(({ place, peer }) =>
    peer === null || "name" in place ? [] : [linkText(place)],
  );
  const foreign = originals.flatMap(foreignLayers);
  return [
    `--copy makes a copy of ${names}, named ${COPY_PREFIX}LABEL-RUN: the same code, role, network, layers, variables and settings, no triggers, a reserved concurrency of ${reserved}, and a log group of its own. ${names} is only read.`,
    "The copy runs the same handler: what the handler writes, sends or calls happens again with each invocation of this run.",
    ...(shares === true
      ? [
          "The copy connects to the machine of its original. If that has one place, production is locked out while the copy holds it.",
        ]
      : [
          `In the copy, ${places.join(" and ")} leads to the address of --peer. To every other machine, the copy connects as its original does.`,
        ]),
    ...(shares === "unknown"
      ? [
          "This machine cannot resolve both the address of --peer and the one in the original's variables. Check that they are different machines.",
        ]
      : []),
    ...(foreign.length === 0
      ? []
      : [`Check that these layers of other accounts may be used by yours: ${foreign.join(", ")}.`]),
    "The copy is deleted last. Its log group stays, because logs are evidence: aws logs delete-log-group removes it.",
  ];
}

const WORDS = "production is stopped";

/** Asks for words, because a "yes" is quickly given. There is no flag for it. */
export async function confirmStopped(machine: Machine): Promise<void> {
  const answer = await machine.ask(`Stop everything else that uses this machine, then type "${WORDS}": `);
  if (answer === null)
    throw wrongInput(
      `longrun soak --copy: the copy connects to the machine of its original, so somebody must type "${WORDS}", and no user can be asked. --yes is not enough.`,
      {
        hint: "--peer HOST:PORT and --link WHERE give the copy another machine. Standard input is not a terminal.",
      },
    );
  if (answer.trim() !== WORDS) throw new LongrunError("interrupted", "Not confirmed; nothing was started.");
}
