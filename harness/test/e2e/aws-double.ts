/**
 * Replaces AWS for a soak with `--target aws`: the real engine behind a proxy that can also refuse credentials, break connections and
 * throttle. The clients find the proxy by AWS_ENDPOINT_URL, so longrun runs the same code as in a soak on AWS.
 */
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { readFileSync } from "node:fs";
import { designPackageFile } from "../../src/adapters/node/assets.ts";
import { systemClock } from "../../src/adapters/node/system-clock.ts";
import { localDeployer } from "../../src/adapters/aws/local-deployer.ts";
import { startPeer } from "../../src/peer/peer.ts";
import { realEngine } from "../engine/support/real-engine.ts";

/** Returns whether the connection of the request breaks. */
type SawChange = (request: string, when: "before" | "after") => boolean;

export interface AwsDouble {
  readonly environment: Readonly<Record<string, string>>;
  /** Makes AWS refuse the credentials from now on, or accept them again. */
  expire(expired: boolean): void;
  /** Breaks all connections from now on, as if the network had failed, or lets them work again. */
  disconnect(gone: boolean): void;
  /** Throttles the next requests that read logs. Their number is `reads`. */
  throttleLogs(reads: number): void;
  /** Calls `saw` before each request that changes a function is passed on, and before its answer is. `request` is method and path. */
  watchChanges(saw: SawChange): void;
  /** Deploys a design with its own peer, which writes its log into a log group like a managed peer. */
  deploy(functionName: string, design: string, peerLogGroup: string): Promise<void>;
  close(): Promise<void>;
}

const REGION = "eu-central-1";
const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

export async function awsDouble(): Promise<AwsDouble> {
  const real = await realEngine();
  let expired = false;
  let gone = false;
  let throttled = 0;
  let saw: SawChange = () => false;
  const server = createServer((incoming, outgoing) => {
    if (gone) return void incoming.socket.destroy();
    if (throttled > 0 && incoming.headers["x-amz-target"] === "Logs_20140328.FilterLogEvents") {
      throttled -= 1;
      incoming.resume();
      outgoing.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
      outgoing.end(JSON.stringify({ __type: "ThrottlingException", message: "Rate exceeded" }));
      return;
    }
    if (expired) {
      incoming.resume();
      outgoing.writeHead(403, {
        "content-type": "application/json",
        "x-amzn-errortype": "ExpiredTokenException",
      });
      outgoing.end(JSON.stringify({ message: "The security token included in the request is expired" }));
      return;
    }
    const { method, url = "/", headers } = incoming;
    const request = `${method ?? ""} ${url}`;
    const changes = method !== "GET" && url !== "/" && !url.endsWith("/invocations");
    if (changes && saw(request, "before")) return void incoming.socket.destroy();
    const onward = httpRequest(`${real.engine.endpoint}${url}`, { method, headers }, (answer) => {
      if (changes && saw(request, "after")) return void incoming.socket.destroy();
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once("error", () => outgoing.destroy());
    outgoing.once("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const logs = new CloudWatchLogsClient({
    region: REGION,
    endpoint: real.engine.endpoint,
    credentials: CREDENTIALS,
  });
  const deployer = localDeployer({
    region: REGION,
    endpoint: real.engine.endpoint,
    credentials: CREDENTIALS,
  });
  const closing: (() => Promise<void>)[] = [];
  return {
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: "true",
    },
    expire: (value) => {
      expired = value;
    },
    disconnect: (value) => {
      gone = value;
      if (gone) server.closeAllConnections();
    },
    throttleLogs: (reads) => {
      throttled = reads;
    },
    watchChanges: (value) => {
      saw = value;
    },
    deploy: async (functionName, design, peerLogGroup) => {
      const peer = await loggingPeer(logs, peerLogGroup);
      closing.push(() => peer.close());
      await deployer.deploy({
        functionName,
        zip: readFileSync(designPackageFile(design)),
        handler: "handler.handler",
        runtime: "nodejs22.x",
        memoryMb: 256,
        timeoutMs: 10_000,
        environment: { PEER_HOST: "127.0.0.1", PEER_PORT: String(peer.port) },
        reservedConcurrency: 1,
      });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      for (const close of closing) await close();
      logs.destroy();
      await real.close();
    },
  };
}

/** Starts a peer whose log lines are written to a log group, in order. */
async function loggingPeer(
  logs: CloudWatchLogsClient,
  logGroupName: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const logStreamName = "peer/peer/1";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  let written: Promise<unknown> = Promise.resolve();
  const put = (message: string, time: string): void => {
    const logEvents = [{ timestamp: Date.parse(time), message }];
    written = written.then(() =>
      logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents })),
    );
  };
  const peer = await startPeer({
    host: "127.0.0.1",
    port: 0,
    admission: "refuse",
    capacity: 1,
    idleTimeoutMs: null,
    replyLatencyMs: 0,
    clock: systemClock,
    log: (record) => {
      // On AWS, Node in the peer's ECS task also writes lines like this one. Readers of the peer's log must ignore them.
      if (record.event === "ready") put("(node:1) Warning: something of the runtime", record.time);
      put(JSON.stringify(record), record.time);
    },
  });
  return {
    port: peer.port,
    close: async () => {
      await peer.close();
      await written;
    },
  };
}
