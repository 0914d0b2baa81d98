// The failure that longrun's README describes: one connection for all invocations, opened when the module is loaded, to save time. Ordinary
// tests pass. Then Lambda initialises a second environment, which takes the broker's only place and is never invoked.
import mqtt from "mqtt";

async function connect() {
  return mqtt.connectAsync(process.env.BROKER_URL, {
    // Each environment has its own client id, because a broker ends a connection when another client connects with the same id.
    clientId: process.env.AWS_LAMBDA_LOG_STREAM_NAME.slice(-23),
    connectTimeout: 5000,
    // By default the client tries again every second, for ever.
    reconnectPeriod: 0,
  });
}

// If this attempt fails, the first invocation tries again.
let client = await connect().catch(() => null);

export async function handler() {
  if (client === null || !client.connected) client = await connect();
  await client.publishAsync("boiler/asked", "temperature?", { qos: 1 });
  return { published: true };
}
