/** Before a lever changes a function that exists: says what is changed, at what cost and how it is undone, and asks. */
import { functionChanges } from "../../adapters/aws/function-changes.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { PRICES } from "../../scan/cost/prices.ts";
import { wrongInput } from "../../base/errors.ts";
import { LEVER_KINDS } from "../../provoke/all-levers.ts";
import { ENVIRONMENTS_LIVE_ON } from "../../provoke/undo-changes.ts";
import type { FunctionChanges } from "../../run/ports/function-changes.ts";
import { wrap } from "../../report/text/wrap.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { confirm } from "../confirm.ts";
import { checkCopies, confirmStopped, type CheckedCopies } from "./confirm-copy.ts";
import type { Machine } from "../machine.ts";

/** The tag of every resource of infra/ (infra/providers.tf). */
const OUR_TAG = { key: "Project", value: "lambda-longrun" } as const;
const HOUR_SECONDS = 3_600;
const COPY_OFFERED =
  "With --copy, all this is done to a copy, and the function itself is only read: longrun help soak says what a copy needs.";

type ProvokeChoice = Pick<
  SoakSettings,
  "provoke" | "functions" | "region" | "endpoint" | "yes" | "copy" | "links" | "reservedConcurrency"
>;

/** `command` is the one that the user gave, such as `longrun soak --provoke`. */
export async function confirmProvoke(
  machine: Machine,
  command: string,
  settings: ProvokeChoice,
): Promise<void> {
  const { provoke, region, endpoint, yes, copy } = settings;
  const names = provokedFunctions(settings);
  if (names.length === 0) return;
  const changes = functionChanges(serviceConnection({ region, endpoint }));
  let copies: CheckedCopies | null = null;
  try {
    if (copy) copies = await checkCopies(changes, names, settings);
    const hourUsd = provoke.some((lever) => LEVER_KINDS[lever].onlyOurs)
      ? await ourHourUsd(changes, names, settings)
      : 0;
    const changed = names.map((name) => (copy ? `the copy of ${name}` : name)).join(" and ");
    const offered = copies === null && command.startsWith("longrun soak") ? [COPY_OFFERED] : [];
    for (const paragraph of [
      ...(copies?.paragraphs ?? []),
      ...paragraphs(changed, provoke, hourUsd),
      ...offered,
    ])
      machine.stderr.write(`${wrap(paragraph, { columns: machine.stderr.columns }).join("\n")}\n`);
  } finally {
    changes.close();
  }
  if (copies?.sharesMachine === true) await confirmStopped(machine);
  else if (!yes)
    await confirm(machine, {
      command,
      question: "Go on?",
      why: copy ? "it makes a function" : "it changes functions that exist",
    });
}

/** The functions that exist and that the levers change or copy. */
export function provokedFunctions({
  provoke,
  functions,
}: Pick<SoakSettings, "provoke" | "functions">): readonly string[] {
  return provoke.length === 0
    ? []
    : functions.flatMap(({ source }) => (source.kind === "existing" ? [source.functionName] : []));
}

function paragraphs(changed: string, provoke: SoakSettings["provoke"], hourUsd: number): readonly string[] {
  return [
    ...provoke.flatMap((lever) => {
      const { changes, certainty } = LEVER_KINDS[lever];
      return [`--provoke ${lever} changes ${changed}: it ${changes}.`, `${certainty}.`];
    }),
    hourUsd === 0
      ? "It costs nothing beside the invocations."
      : `It costs about $${hourUsd.toFixed(4)} an hour until it is undone, beside the invocations.`,
    "It is undone after the run and after Ctrl-C; after kill -9 longrun undo RUN does it. Not restored: version numbers, RevisionId, LastModified, logs.",
    `Undoing ends no environment at once: ${ENVIRONMENTS_LIVE_ON}.`,
  ];
}

/** Refuses a function that longrun did not make: its triggers could use the concurrency that the lever adds. */
async function ourHourUsd(
  changes: FunctionChanges,
  names: readonly string[],
  { provoke, copy }: ProvokeChoice,
): Promise<number> {
  const environments = provoke.reduce((sum, lever) => sum + LEVER_KINDS[lever].provisioned, 0);
  let usd = 0;
  for (const name of names) {
    const { functionArn, memoryMb } = await changes.look(name);
    const ours = copy || (await changes.tags(functionArn))[OUR_TAG.key] === OUR_TAG.value;
    if (!ours)
      throw wrongInput(
        `--provoke provisioned changes the concurrency of a function, so it works only with one that make deploy deployed; ${name} has no tag ${OUR_TAG.key}=${OUR_TAG.value}.`,
        {
          hint: "--provoke versions shows the same hazard, and changes no concurrency. --copy pulls the lever on a copy, which has no triggers.",
        },
      );
    usd += (environments * memoryMb * HOUR_SECONDS * PRICES.lambdaProvisionedGbSecondUsd) / 1_024;
  }
  return usd;
}
