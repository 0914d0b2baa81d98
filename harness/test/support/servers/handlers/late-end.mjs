// The flaw: the handler returns 200 ms before it closes its connection.
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
