import { silentConnections } from "../../adapters/node/silent-connections.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { LongrunError } from "../../base/errors.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { isLoopback } from "../../words/own-host.ts";
import type { ProbeReport } from "../../record/probe.ts";
import { writeAddress } from "../../catalogue/connection-strings/connection-string.ts";
import { probeMachine, RELEASE_TRIES } from "../../probe/probe-machine.ts";
import { renderProbe } from "../../report/probe-text.ts";
import type { Problem } from "../../settings/problem.ts";
import { setting } from "../../settings/setting.ts";
import { withDefaults } from "../../settings/setting-table.ts";
import { JSON_OUTPUT, YES } from "../../settings/shared-settings.ts";
import { duration, wholeNumber } from "../../settings/value-kinds.ts";
import { hostPort, type HostPort } from "../../settings/value-parsers.ts";
import { command } from "../command.ts";
import { confirm } from "../confirm.ts";
import { defaultFacts } from "../default-facts.ts";
import { untilStopped } from "../foreground.ts";
import type { Machine } from "../machine.ts";
import { usageError } from "../usage-error.ts";

const UP_TO_MOST = 64;

const SETTINGS = {
  upTo: setting("up-to", {
    takes: "NUMBER",
    help: "The most clients at one time. The probe stops at the first one that is treated differently.",
    default: "2",
    value: wholeNumber({ min: 2, max: UP_TO_MOST }),
  }),
  watch: setting("watch", {
    takes: "LENGTH",
    help: "How long to watch each new client. It must be longer than the machine needs to turn a client away.",
    default: "3s",
    value: duration({ min: 100 }),
  }),
  yes: YES,
  json: JSON_OUTPUT,
} as const;

export const probe = command({
  name: "probe",
  summary: "find out what a machine does when it is full",
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
  run: async (machine, { values, positionals: [given = ""], problems }): Promise<ExitCode> => {
    const { upTo, watch, yes, json } = withDefaults(SETTINGS, values, defaultFacts(machine));
    const address = hostPort(given);
    const all: readonly Problem[] = [
      ...problems,
      ...(address.ok ? [] : [{ where: given, text: `expected ${address.expected}` }]),
    ];
    if (all.length > 0 || !address.ok) throw usageError("probe", all);

    if (!isLoopback(address.value.host)) await ask(machine, address.value, upTo, yes);
    const stop = new AbortController();
    const { stopped, release } = untilStopped(machine);
    void stopped.then(() => stop.abort());
    try {
      const plan = { address: address.value, upTo, watchMs: watch, time: systemClock.now() };
      const seen = await probeMachine(plan, silentConnections(), stop.signal);
      if (stop.signal.aborted)
        throw new LongrunError("interrupted", "Stopped. Every connection of the probe is closed.");
      refuseUnreachable(seen);
      machine.stdout.write(
        json ? `${JSON.stringify(seen, null, 2)}\n` : renderProbe(seen, machine.stdout.columns),
      );
      return seen.manner.whenFull === null ? EXIT.inconclusive : EXIT.pass;
    } finally {
      release();
    }
  },
});

async function ask(machine: Machine, address: HostPort, upTo: number, yes: boolean): Promise<void> {
  machine.stderr.write(
    `This opens up to ${upTo + RELEASE_TRIES} connections to ${writeAddress(address)}, at most ${upTo} at one time, and sends no byte.\n` +
      "A client that is connected now may be dropped, and new clients may find the machine full.\n" +
      "Limits for each address or of failed handshakes may count these connections.\n",
  );
  if (!yes) await confirm(machine, { command: "longrun probe", question: "Go on?" });
}

/** A machine that does not take the first connection shows nothing of its manner. */
function refuseUnreachable({ address, connections: [first] }: ProbeReport): void {
  if (first === undefined || first.openedMs !== null) return;
  const code = first.end?.code ?? null;
  throw new LongrunError(
    "unavailable",
    `${address}: expected a machine that takes a connection, but ${code === null ? "it did not answer" : `the system says ${code}`}.`,
    {
      hint:
        first.end?.how === "refused"
          ? "Nothing listens there now. A machine that does not listen while it serves somebody else looks the same."
          : "Check the address, and whether this machine can reach it.",
    },
  );
}
