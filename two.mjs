import { connect } from "node:net";
const open = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), host);
    socket.on("error", reject).on("close", () => reject(new Error(host + " closed")));
    socket.once("data", () => resolve(socket)).write("get");
  });
const openDb = () => {
  const { hostname, port } = new URL(process.env.DB);
  return open(hostname, port);
};
const closed = (socket) => new Promise((resolve) => socket.on("close", resolve).end());
let db = await openDb().catch(() => null);
export const handler = async () => {
  db ??= await openDb();
  await closed(await open(process.env.CACHE_HOST, process.env.CACHE_PORT));
  return true;
};
