// A variant of the failure in init-connect.mjs, at a broker that serves any number of clients. All environments have the same client id,
// and a broker ends the older connection when a client connects with an id that is in use. So when Lambda initialises another
// environment, the working environment loses its connection, even if the new environment is never invoked. The next invocation of the
// working environment waits for an acknowledgement that never comes. Then nothing is left that could wake the process, so Lambda reports a
// success with the answer null (nodejs22.x; with nodejs24.x the process ends and the invocation fails).
import mqtt from "mqtt";

const client = await mqtt.connectAsync(process.env.BROKER_URL, {
  clientId: "boiler-reader",
  connectTimeout: 5000,
  reconnectPeriod: 0,
});

export async function handler() {
  await client.publishAsync("boiler/asked", "temperature?", { qos: 1 });
  return { published: true };
}
