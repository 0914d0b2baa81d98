/** Starts a Modbus server (modbus-serial) on loopback that accepts a limited number of connections, as a PLC does. */
import { once } from "node:events";
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import modbus from "modbus-serial";
import { freePort } from "../../../../scripts/free-port.ts";

export interface ModbusServer {
  readonly port: number;
  /** Returns how many connections were refused. */
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
}

export async function startModbusServer(capacity: number): Promise<ModbusServer> {
  const behind = await freePort();
  const plc = new modbus.ServerTCP(
    { getHoldingRegister: (address: number) => address },
    { host: "127.0.0.1", port: behind, unitID: 1 },
  );
  await once(plc, "initialized");
  const sockets = new Set<Socket>();
  let refused = 0;
  const served = new Set<Socket>();
  const listener = createServer((client) => {
    if (served.size >= capacity) {
      refused += 1;
      return void client.destroy();
    }
    served.add(client);
    // The place becomes free when the client's FIN has come, before the client sees the end of its connection.
    const free = (): void => void served.delete(client);
    client.once("end", free).once("close", free);
    const server = connect(behind, "127.0.0.1");
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    }
    client.pipe(server).pipe(client);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: (listener.address() as AddressInfo).port,
    refused: () => refused,
    async stop() {
      listener.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all([once(listener, "close"), new Promise<void>((closed) => plc.close(() => closed()))]);
    },
  };
}
