// The flaw: the connection is closed, but the handler returns before that.
import { once } from "node:events";
import { connect } from "node:net";

export async function handler() {
  const socket = connect(Number(process.env.PEER_PORT), process.env.PEER_HOST);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("?");
  await once(socket, "data");
  setTimeout(() => socket.end(), 200);
}
