/** Starts a real MQTT broker (aedes) on loopback that serves a limited number of clients and refuses others with CONNACK 3. */
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { Aedes } from "aedes";

const SERVER_UNAVAILABLE = 3;

export interface MqttBroker {
  readonly port: number;
  /** Returns how many clients were refused. */
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
}

export async function startMqttBroker(capacity: number): Promise<MqttBroker> {
  const broker = await Aedes.createBroker();
  const served = new Set<unknown>();
  let refused = 0;
  broker.authenticate = (client, _user, _password, done) => {
    if (served.size < capacity) {
      served.add(client);
      done(null, true);
      return;
    }
    refused += 1;
    done(Object.assign(new Error("full"), { returnCode: SERVER_UNAVAILABLE }), false);
  };
  broker.on("clientDisconnect", (client) => served.delete(client));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const client = broker.handle(socket);
    // The place is free before the client sees the end of its connection.
    socket.once("end", () => served.delete(client));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    refused: () => refused,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all([once(server, "close"), new Promise<void>((closed) => broker.close(() => closed()))]);
    },
  };
}
