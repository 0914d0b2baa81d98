/**
 * The real servers of the tests. Each server serves one client at a time. For each server there is a handler that fails for this reason,
 * and its fix.
 */
import { fileURLToPath } from "node:url";
import { MARIADB_PASSWORD, startMariaDb } from "./mariadb.ts";
import { startModbusServer } from "./modbus-server.ts";
import { startMqttBroker } from "./mqtt-broker.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import { startSshd } from "./sshd.ts";

export interface StartedServer {
  readonly port: number;
  /** The handlers' environment variables, which name the server. */
  readonly variables: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

export interface Code {
  readonly code: string;
  /** Null if the code has the usual handler. */
  readonly handler: string | null;
}

/** A handler that fails against a server with one place, and its fix. */
export interface Pair {
  readonly language: "Node" | "Python";
  readonly broken: Code;
  readonly fixed: Code;
}

export interface ServerUnderTest {
  readonly name: string;
  /** The protocol's name in the catalogue. */
  readonly protocol: string;
  /** Debian's package of the server. Null if the server is an npm package. */
  readonly package: string | null;
  /** The pairs of handlers (one that fails, and its fix), by language. `make example` shows the first pair. */
  readonly pairs: readonly [Pair, ...Pair[]];
  /** The variables with the server's address, in the form of `--link`. */
  readonly link: string;
  /** More flags. SSH encrypts its answers: if the server closes a connection first, only --success shows whether it had served the client. */
  readonly flags?: readonly string[];
  /** The code with which the server refuses a client. Null if it only closes the connection. */
  readonly refusal: string | null;
  /** Resolves with null if the server is not installed. */
  readonly start: () => Promise<StartedServer | null>;
}

export const exampleFile = (path: string): string =>
  fileURLToPath(new URL(`../../../../examples/${path}`, import.meta.url));
export const handlerFile = (name: string): string =>
  fileURLToPath(new URL(`handlers/${name}`, import.meta.url));

export function node(broken: string, fixed: string): Pair {
  return { language: "Node", broken: { code: broken, handler: null }, fixed: { code: fixed, handler: null } };
}

function python(name: string): Pair {
  const code = handlerFile("python");
  return {
    language: "Python",
    broken: { code, handler: `${name}_broken.handler` },
    fixed: { code, handler: `${name}_fixed.handler` },
  };
}

export const ALL_SERVERS: readonly ServerUnderTest[] = [
  {
    name: "Postgres",
    protocol: "postgres",
    package: "postgresql",
    pairs: [
      node(exampleFile("postgres/init-connect.mjs"), exampleFile("postgres/handler-connect.mjs")),
      python("postgres"),
    ],
    link: "DATABASE_URL",
    refusal: "53300",
    start: async () => {
      const server = await startPostgres({ roleLimit: 1 });
      return server === null ? null : { ...server, variables: { DATABASE_URL: server.url } };
    },
  },
  {
    name: "MariaDB",
    protocol: "mysql",
    package: "mariadb-server",
    pairs: [
      node(handlerFile("mysql-init-connect.mjs"), handlerFile("mysql-handler-connect.mjs")),
      python("mysql"),
    ],
    link: "DATABASE_URL",
    refusal: "1226",
    start: async () => {
      const server = await startMariaDb({ accountLimit: 1 });
      if (server === null) return null;
      const url = `mysql://fn:${MARIADB_PASSWORD}@127.0.0.1:${server.port}/app`;
      return { ...server, variables: { DATABASE_URL: url } };
    },
  },
  {
    name: "Redis",
    protocol: "redis",
    package: "redis-server",
    pairs: [
      node(handlerFile("redis-init-connect.mjs"), handlerFile("redis-handler-connect.mjs")),
      python("redis"),
    ],
    link: "REDIS_URL",
    refusal: "ERR",
    start: async () => {
      const server = await startRedis({ capacity: 1 });
      return server === null
        ? null
        : { ...server, variables: { REDIS_URL: `redis://127.0.0.1:${server.port}` } };
    },
  },
  {
    name: "an MQTT broker",
    protocol: "mqtt",
    package: null,
    pairs: [
      node(exampleFile("mqtt/init-connect.mjs"), exampleFile("mqtt/handler-connect.mjs")),
      python("mqtt"),
    ],
    link: "BROKER_URL",
    refusal: "3",
    start: async () => {
      const server = await startMqttBroker(1);
      return { ...server, variables: { BROKER_URL: `mqtt://127.0.0.1:${server.port}` } };
    },
  },
  {
    name: "a Modbus server",
    protocol: "modbus",
    package: null,
    pairs: [
      node(exampleFile("modbus/init-connect.mjs"), exampleFile("modbus/handler-connect.mjs")),
      python("modbus"),
    ],
    link: "PLC_HOST:PLC_PORT",
    refusal: null,
    start: async () => {
      const server = await startModbusServer(1);
      return { ...server, variables: { PLC_HOST: "127.0.0.1", PLC_PORT: String(server.port) } };
    },
  },
  {
    name: "an SFTP server (sshd)",
    protocol: "ssh",
    package: "openssh-server",
    pairs: [python("ssh")],
    link: "SFTP_HOST:SFTP_PORT",
    flags: ["--success", "$ > 0"],
    refusal: null,
    start: async () => {
      const server = await startSshd(1);
      if (server === null) return null;
      const { port, user, key } = server;
      const address = { SFTP_HOST: "127.0.0.1", SFTP_PORT: String(port) };
      return { ...server, variables: { ...address, SFTP_USER: user, SFTP_KEY: key } };
    },
  },
];
