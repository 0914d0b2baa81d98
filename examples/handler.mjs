// A typical handler: it opens its connection in module scope, as AWS advises for everything that takes long.
import { connect } from "node:net";
import { once } from "node:events";

const busy = (text) => Object.assign(new Error(text), { name: "PeerBusyError" });

async function open() {
  const socket = connect({ host: process.env.PEER_HOST, port: Number(process.env.PEER_PORT) });
  socket.on("error", () => {});
  await once(socket, "connect");
  const [answer] = await ask(socket, {
    type: "hello",
    bootId: "example",
    logStream: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    phase: "init",
    time: new Date().toISOString(),
    token: null,
  });
  if (answer.type !== "welcome") throw busy("the machine serves somebody else");
  return socket;
}

async function ask(socket, frame) {
  socket.write(`${JSON.stringify(frame)}\n`);
  const [data] = await once(socket, "data");
  return String(data)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

let socket = await open().catch(() => null);

export async function handler(event, context) {
  socket ??= await open();
  const [reply] = await ask(socket, {
    type: "request",
    id: context.awsRequestId,
    time: new Date().toISOString(),
  });
  return { ok: reply.type === "reply" };
}
