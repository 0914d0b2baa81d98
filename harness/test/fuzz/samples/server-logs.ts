/** Short logs of real servers, in each form that is read, with every kind of line about connections. */
import { renderServerLog, RENDERED } from "../../logs/servers/render/render-server-log.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";

const time = (second: number): string => new Date(Date.UTC(2026, 10, 25, 1, 2, second)).toISOString();
const hello = {
  bootId: "b-1",
  logStream: "2026/11/25/[$LATEST]3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f",
  phase: "init",
};
const record = (
  second: number,
  event: PeerLogRecord["event"],
  connection: number | null,
  more: Partial<PeerLogRecord> = {},
): PeerLogRecord => ({
  time: time(second),
  event,
  connection,
  remote: connection === null ? null : `10.0.1.12:${40_000 + connection}`,
  hello: connection === null ? null : hello,
  ...more,
});

export const PEER_RECORDS: readonly PeerLogRecord[] = [
  record(3, "ready", null),
  record(4, "accepted", 1),
  record(5, "request", 1),
  record(5, "refused", 2),
  record(6, "queued", 3, { hello: null }),
  record(7, "evicted", 1),
  record(7, "accepted", 3),
  record(8, "reset", 3),
  record(9, "accepted", 4),
  record(10, "idle-timeout", 4),
  record(11, "ready", null),
  record(12, "accepted", 1, { hello: null }),
  record(13, "closed", 1),
];

const JSON_LINES = PEER_RECORDS.map((one) => `${JSON.stringify(one)}\n`).join("");
const SERVED = PEER_RECORDS.filter(({ event }) => event !== "queued" && event !== "request");

const RENDERINGS = RENDERED.flatMap((form) =>
  [0, 330].map((zone) =>
    renderServerLog(SERVED, { form, zone, others: zone === 0, refusedNamed: zone !== 0, nameLength: 63 }),
  ),
);

const SSHD = [
  "Server listening on 0.0.0.0 port 22.",
  'Connection from 10.0.1.12 port 40001 on 10.0.9.9 port 22 rdomain ""',
  "Accepted publickey for fn from 10.0.1.12 port 40001 ssh2: ED25519 SHA256:abc",
  "drop connection #1 from [10.0.1.13]:40002 on [10.0.9.9]:22 Maxstartups",
  "Failed password for fn from 10.0.1.12 port 40003 ssh2",
  "Connection closed by authenticating user fn 10.0.1.12 port 40003 [preauth]",
  "Connection reset by 10.0.1.12 port 40001",
  "Disconnected from user fn 10.0.1.12 port 40001",
];
const OTHERS = [
  [
    "1234:M 25 Nov 2026 01:02:03.456 - Accepted 127.0.0.1:40001",
    "1234:M 25 Nov 2026 01:02:04.456 # Error registering fd event for the new client: Resource temporarily unavailable",
  ],
  [
    "2026-11-25T01:02:03.123456Z\t   12 Connect\tfn@10.0.1.12 on app using TCP/IP",
    "2026-11-25T01:02:04.123456Z\t   12 Query\tselect 1",
    "2026-11-25T01:02:05.123456Z\t   12 Quit\t",
  ],
  [
    "2026-11-25 01:02:03 31 [Warning] Aborted connection 31 to db: 'app' user: 'fn' host: '10.0.1.12' (Got timeout)",
  ],
  [
    "20261125 01:02:03,host,fn,10.0.1.12,31,0,CONNECT,app,,0",
    "20261125 01:02:03,host,fn,10.0.1.12,31,5,QUERY,app,'select ''a, b''',0",
    "1795684060000000,host,fn,10.0.1.13,32,0,FAILED_CONNECT,app,,1226",
    "20261125 01:02:09,host,fn,10.0.1.12,31,0,DISCONNECT,app,,0",
  ],
  [
    "1795568523: mosquitto version 2.0.11 running",
    "1795568524: New connection from 127.0.0.1:40001 on port 1883.",
    "1795568524: New client connected from 127.0.0.1:40001 as fn-1 (p2, c1, k60, u'gateway').",
    "1795568525: Client connection from 127.0.0.1 denied: max_connections exceeded.",
    "1795568526: Client fn-1 already connected, closing old connection.",
    "1795568527: Client fn-1 has exceeded timeout, disconnecting.",
    "1795568528: Client fn-1 closed its connection.",
  ],
  [
    "2026-11-25 01:02:03.911 CET [13644] fn@app app=fn LOG:  connection authorized: user=fn database=app application_name=fn SSL enabled (protocol=TLSv1.3, cipher=X, bits=256)",
    "2026-11-25 01:02:04.911 CET [13645] FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute",
    "\tand a second line",
    "1795568523.911 5a1b2c3d.3f LOG:  disconnection: session time: 0:00:01.234 user=fn database=app host=10.0.1.12 port=40001",
  ],
];

export const SERVER_LOGS: readonly string[] = [
  JSON_LINES,
  ...RENDERINGS,
  SSHD.map((line) => `Nov 25 01:02:03 host sshd[10]: ${line}`).join("\n"),
  SSHD.map((line) => `2026-11-25T02:02:03.000000+0100 host sshd-session[10]: ${line}`).join("\n"),
  ...OTHERS.map((lines) => lines.join("\n")),
  // The lines of sshd as messages of an exported log group.
  JSON.stringify({
    events: SSHD.map((line, index) => ({
      logStreamName: "db",
      timestamp: Date.UTC(2026, 10, 25, 1, 2, index),
      message: `Nov 25 01:02:03 host sshd[10]: ${line}`,
      eventId: String(index),
    })),
  }),
];
