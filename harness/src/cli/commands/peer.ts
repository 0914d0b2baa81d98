/** `longrun peer`: the single-connection peer in the foreground. */
import { systemClock } from "../../adapters/node/system-clock.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../../domain/peer-log.ts";
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import { startPeer } from "../../peer/peer.ts";
import { single, toggle } from "../../settings/option.ts";
import { duration, hostName, oneOf, wholeNumber } from "../../settings/value-parsers.ts";
import { command } from "../command.ts";
import { untilStopped } from "../foreground.ts";

const OPTIONS = {
  host: single({ placeholder: "ADDRESS", description: "Where to listen.", default: "127.0.0.1" }, hostName),
  port: single(
    { placeholder: "NUMBER", description: "0 picks a free one.", default: "7000" },
    wholeNumber({ min: 0, max: 65_535 }),
  ),
  admission: single(
    {
      placeholder: "NAME",
      description: "What becomes of a second connection: refuse, backlog or evict.",
      default: "refuse",
    },
    oneOf(["refuse", "backlog", "evict"] as const),
  ),
  "idle-timeout": single(
    { placeholder: "LENGTH", description: "Ends a connection after so much silence.", default: "never" },
    duration({ min: 1 }),
  ),
  "reply-latency": single(
    { placeholder: "LENGTH", description: "How long each reply takes.", default: "0ms" },
    duration({ min: 0 }),
  ),
  json: toggle("Print the peer's log, one JSON object a line."),
} as const;

export const peer = command({
  name: "peer",
  summary: "the single-connection peer in the foreground",
  description:
    "A TCP server that serves one connection at a time, as PLCs, gateways and licence servers do. Line-delimited JSON: hello, request, bye. Ends with SIGTERM or Ctrl-C.",
  positional: null,
  options: OPTIONS,
  examples: [
    { command: "longrun peer --port 7000", does: "refuse every connection but one" },
    {
      command: "longrun peer --port 7000 --admission backlog --json >> peer.jsonl",
      does: "keep the second one waiting, and keep the log",
    },
  ],
  run: async (machine, { values }): Promise<ExitCode> => {
    const show =
      values.json === true
        ? (record: PeerLogRecord | PeerReadyRecord) => `${JSON.stringify(record)}\n`
        : sentence;
    const { stopped, release } = untilStopped(machine);
    try {
      const running = await startPeer({
        host: values.host ?? "127.0.0.1",
        port: values.port ?? 7_000,
        admission: values.admission ?? "refuse",
        idleTimeoutMs: values["idle-timeout"] ?? null,
        replyLatencyMs: values["reply-latency"] ?? 0,
        clock: systemClock,
        log: (record) => machine.stdout.write(show(record)),
      });
      await stopped;
      await running.close();
      return EXIT.pass;
    } finally {
      release();
    }
  },
});

function sentence(record: PeerLogRecord | PeerReadyRecord): string {
  if ("host" in record) return `The peer listens on ${record.host}:${record.port}\n`;
  const who = record.hello?.logStream ?? record.hello?.bootId ?? record.remote ?? "unknown";
  return `${record.time} ${record.event.padEnd(12)} ${String(record.connection).padStart(5)} ${who}\n`;
}
