/** Starts a DynamoDB service in memory for one run, with the table that `lease-connect` needs. On AWS, `infra/` makes the table. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsClient } from "aws4fetch";
import type dynaliteServer from "dynalite";
import { notAvailable } from "../../base/errors.ts";
import { LOCAL_REGION } from "../../words/local-region.ts";

export interface LeaseTable {
  readonly endpoint: string;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const TABLE = "longrun-lease";

/** dynalite is an optional peer dependency, because only one design needs it, and one of its parts runs a script when it is installed. */
export async function startLeaseTable(
  load: () => Promise<{ readonly default: typeof dynaliteServer }> = () => import("dynalite"),
): Promise<LeaseTable> {
  const { default: dynalite } = await load().catch((error: unknown) => {
    throw notInstalled(error);
  });
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await createTable(endpoint);
  } catch (error) {
    await close(server);
    throw error;
  }
  let closing: Promise<void> | null = null;
  return {
    endpoint,
    environment: { AWS_ENDPOINT_URL_DYNAMODB: endpoint, LEASE_TABLE: TABLE },
    close: () => (closing ??= close(server)),
  };
}

function notInstalled(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") return error;
  return notAvailable(
    "lease-connect keeps its lease in DynamoDB, and the package that replaces DynamoDB on this machine is not installed.",
    {
      hint: "npm install dynalite@4 installs it beside longrun; add --global if longrun was installed with --global.",
      cause: error,
    },
  );
}

async function createTable(endpoint: string): Promise<void> {
  await call(endpoint, "CreateTable", {
    TableName: TABLE,
    KeySchema: [{ AttributeName: "leaseKey", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "leaseKey", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });
  for (;;) {
    const { Table } = (await call(endpoint, "DescribeTable", { TableName: TABLE })) as {
      Table: { TableStatus: string };
    };
    if (Table.TableStatus === "ACTIVE") return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function call(endpoint: string, operation: string, body: object): Promise<unknown> {
  const signed = new AwsClient({
    accessKeyId: "local",
    secretAccessKey: "local",
    service: "dynamodb",
    region: LOCAL_REGION,
    retries: 0,
  });
  const answer = await signed.fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${operation}: status ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // The open socket of a frozen function would keep the server from closing.
  server.closeAllConnections();
  await closed;
}
