/** The standard ports of schemes whose URLs often have no port. */
const STANDARD_PORTS: Readonly<Record<string, number>> = {
  amqp: 5672,
  amqps: 5671,
  ftp: 21,
  http: 80,
  https: 443,
  ldap: 389,
  ldaps: 636,
  mariadb: 3306,
  modbus: 502,
  mongodb: 27017,
  mqtt: 1883,
  mqtts: 8883,
  mysql: 3306,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
  sftp: 22,
  smtp: 25,
  sqlserver: 1433,
  ssh: 22,
  ws: 80,
  wss: 443,
};

/** Returns the standard port of a scheme such as `postgresql`, `postgresql+psycopg` or `mysql:loadbalance` (of JDBC). */
export function standardPort(scheme: string): number | null {
  const base = /^[^+:]*/.exec(scheme.toLowerCase())?.[0] ?? "";
  return STANDARD_PORTS[base] ?? null;
}
