/** The AWS CLI as a client of a session. It is started for every call, shows no HTTP status, and prints an error as a sentence. */
import { runClient } from "../../engine/support/real-engine.ts";
import type { Client, Seen } from "./client.ts";

const REFUSAL =
  /An error occurred \(([A-Za-z]+)\) when calling the [A-Za-z0-9]+ operation(?: \([^)]*\))?: ([^]*)$/;

export function awsCliClient(endpoint: string, zipFile: string, folder: string): Client {
  return {
    async call(service, operation, input): Promise<Seen> {
      const { Code, Content, ...rest } = input;
      const zip = Code === undefined && Content === undefined ? [] : ["--zip-file", `fileb://${zipFile}`];
      const command = operation.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
      const args = [service, command, "--output", "json", "--cli-input-json", JSON.stringify(rest), ...zip];
      const ended = await runClient("aws", args, endpoint, folder);
      if (ended === null) throw new Error("there is no AWS CLI");
      if (ended.code === 0) {
        const output: unknown = ended.stdout.trim() === "" ? {} : JSON.parse(ended.stdout);
        return { status: null, error: null, message: null, output, raw: null };
      }
      const [, error, message] = REFUSAL.exec(ended.stderr.trim()) ?? [];
      if (error === undefined || message === undefined) throw new Error(ended.stderr);
      return { status: null, error, message, output: null, raw: null };
    },
    close: () => Promise.resolve(),
  };
}
