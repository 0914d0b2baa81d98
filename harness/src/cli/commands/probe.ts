import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { isLoopback } from "../../words/own-host.ts";
import { renderProbe } from "../../report/probe-text.ts";
import type { Problem } from "../../settings/problem.ts";
import { setting } from "../../settings/setting.ts";
import { JSON_OUTPUT, PROBE_WATCH, YES } from "../../settings/shared-settings.ts";
import { wholeNumber } from "../../settings/value-kinds.ts";
import { hostPort, type HostPort } from "../../settings/value-parsers.ts";
import { command } from "../command.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";
import { probeAddress, probeWarning, UP_TO_MOST } from "../probe-address.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  upTo: setting("up-to", {
    takes: "NUMBER",
    help: "The most clients at one time. The probe stops at the first one that is treated differently.",
    default: "2",
    value: wholeNumber({ min: 2, max: UP_TO_MOST }),
  }),
  watch: {
    ...PROBE_WATCH,
    flag: "watch",
    help: "How long to watch each new client. It must be longer than the machine needs to turn a client away.",
  },
  yes: YES,
  json: JSON_OUTPUT,
} as const;

export const probe = command({
  name: "probe",
  description:
    "Connects to a machine and never sends a byte. It opens one client after another until the machine treats one differently: closes it, says something, refuses it, lets it wait, or ends an older one. Then it closes a served client, and new ones come until one is served, which shows how long a place stays taken. " +
    "What was seen holds for this address as seen from here. Silence shows nothing: a machine with more places, and one that decides only after a client speaks, look the same. Exit code 0: seen; 2: not known.",
  positional: { placeholder: "HOST:PORT", description: "the machine", required: true, repeatable: false },
  settings: SETTINGS,
  examples: [
    {
      command: "longrun probe 127.0.0.1:7000",
      does: "two clients at one time, then one more after the first has closed",
    },
    {
      command: "longrun probe plc.example.com:502 --up-to 16 --yes",
      does: "find out how many clients a machine serves, without a question",
    },
    { command: "longrun probe 127.0.0.1:7000 --json", does: "everything that was seen, as JSON" },
  ],
  reportsProblems: true,
  run: async (machine, { settings, positionals: [given = ""], problems }): Promise<ExitCode> => {
    const { upTo, watch, yes, json } = settings;
    const address = hostPort(given);
    const all: readonly Problem[] = [
      ...problems,
      ...(address.ok ? [] : [{ where: given, text: `expected ${address.expected}` }]),
    ];
    if (all.length > 0 || !address.ok) throw usageError("probe", all);

    if (!isLoopback(address.value.host)) await ask(machine, address.value, upTo, yes);
    const seen = await probeAddress(machine, { address: address.value, upTo, watchMs: watch });
    machine.stdout.write(
      json ? `${JSON.stringify(seen, null, 2)}\n` : renderProbe(seen, machine.stdout.columns),
    );
    return seen.manner.whenFull === null ? EXIT.inconclusive : EXIT.pass;
  },
});

async function ask(machine: Machine, address: HostPort, upTo: number, yes: boolean): Promise<void> {
  machine.stderr.write(probeWarning(address, upTo));
  if (!yes) await confirm(machine, { command: "longrun probe", question: "Go on?" });
}
