import { systemClock } from "../../adapters/node/system-clock.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../../record/peer-log.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { startPeer } from "../../peer/peer.ts";
import { PEER_SETTINGS } from "../../settings/peer-settings.ts";
import { command } from "../command.ts";
import { untilStopped } from "../foreground.ts";

export const peer = command({
  name: "peer",
  description:
    "A TCP server that serves one connection at a time, as PLCs, gateways and licence servers do, or as many as --capacity says. It speaks line-delimited JSON: hello, request, bye. A client that sends nothing for 500 ms gets a welcome too; a client of another protocol gets a reply to each of its writes. Ends with SIGTERM or Ctrl-C.",
  positional: null,
  settings: PEER_SETTINGS,
  examples: [
    { command: "longrun peer --port 7000", does: "serve one connection, and refuse all others" },
    {
      command: "longrun peer --port 7000 --capacity 5",
      does: "serve five connections, and refuse the sixth",
    },
    {
      command: "longrun peer --port 7000 --admission backlog --json >> peer.jsonl",
      does: "let the second connection wait, and save the log",
    },
  ],
  run: async (machine, { settings: { json, ...settings } }): Promise<ExitCode> => {
    const show = json ? (record: PeerLogRecord | PeerReadyRecord) => `${JSON.stringify(record)}\n` : sentence;
    const { stopped, release } = untilStopped(machine);
    try {
      const running = await startPeer({
        ...settings,
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
