/** The real servers of the tests. Each serves one client, and has a handler that fails because of that, and its fix. */
import { fileURLToPath } from "node:url";
import { MARIADB_PASSWORD, startMariaDb } from "./mariadb.ts";
import { startModbusServer } from "./modbus-server.ts";
import { startMqttBroker } from "./mqtt-broker.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

export interface StartedServer {
  readonly port: number;
  /** The handlers' environment variables, which name the server. */
  readonly variables: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

export interface ServerUnderTest {
  readonly name: string;
  /** The protocol's name in the catalogue. */
  readonly protocol: string;
  /** Debian's package of the server. Null if npm has brought it. */
  readonly package: string | null;
  readonly broken: string;
  readonly fixed: string;
  /** The variables with the server's address, in the form of `--link`. */
  readonly link: string;
  /** The code with which the server refuses a client. Null if it only closes the connection. */
  readonly refusal: string | null;
  /** Resolves with null if the server is not installed. */
  readonly start: () => Promise<StartedServer | null>;
}

const example = (path: string): string =>
  fileURLToPath(new URL(`../../../../examples/${path}`, import.meta.url));
const handler = (name: string): string => fileURLToPath(new URL(`handlers/${name}`, import.meta.url));

export const ALL_SERVERS: readonly ServerUnderTest[] = [
  {
    name: "Postgres",
    protocol: "postgres",
    package: "postgresql",
    broken: example("postgres/init-connect.mjs"),
    fixed: example("postgres/handler-connect.mjs"),
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
    broken: handler("mysql-init-connect.mjs"),
    fixed: handler("mysql-handler-connect.mjs"),
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
    broken: handler("redis-init-connect.mjs"),
    fixed: handler("redis-handler-connect.mjs"),
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
    broken: example("mqtt/init-connect.mjs"),
    fixed: example("mqtt/handler-connect.mjs"),
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
    broken: example("modbus/init-connect.mjs"),
    fixed: example("modbus/handler-connect.mjs"),
    link: "PLC_HOST:PLC_PORT",
    refusal: null,
    start: async () => {
      const server = await startModbusServer(1);
      return { ...server, variables: { PLC_HOST: "127.0.0.1", PLC_PORT: String(server.port) } };
    },
  },
];
