/** Writes what a server said: its name, and its code and text unchanged. */
import type { ServerWords } from "../../domain/findings/harm-findings.ts";

/** What sentences call the server of each protocol. */
const SERVER_NAMES: Readonly<Record<string, string>> = {
  postgres: "Postgres",
  mysql: "MySQL",
  redis: "Redis",
  mqtt: "The MQTT broker",
  amqp: "The AMQP broker",
  ssh: "The SSH server",
  modbus: "The Modbus server",
};

export function serverName(protocol: string): string {
  return SERVER_NAMES[protocol] ?? "The server";
}

/** Returns the name of the server for the middle of a sentence. */
export function nameInSentence(protocol: string): string {
  return serverName(protocol).replace(/^The /, "the ");
}

export function codeAndText({ code, text }: ServerWords): string {
  return text === null || text === "" ? code : `${code} ${text}`;
}
