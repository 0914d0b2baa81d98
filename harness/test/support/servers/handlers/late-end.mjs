// The flaw: the handler returns 200 ms before it closes its connection. By then the environment is frozen, so the connection stays open
// until the next invocation. The first invocation does not connect: its cold start can take so long that the second invocation follows at
// once, and the environment would hardly be frozen. All later invocations are a whole interval apart.
import { once } from "node:events";
import { connect } from "node:net";

let cold = true;

export async function handler() {
  if (cold) return void (cold = false);
  const socket = connect(Number(process.env.PEER_PORT), process.env.PEER_HOST);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("?");
  await once(socket, "data");
  setTimeout(() => socket.end(), 200);
}
