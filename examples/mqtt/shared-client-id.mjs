// The same failure at a broker that serves any number of clients. All environments have one client id, and a broker ends the older connection
// when a client id comes again. So an environment that Lambda initialises, and perhaps never invokes, takes the connection of the working
// one. Its next invocation waits for an acknowledgement that never comes, and Lambda reports a success with the answer null.
import mqtt from "mqtt";

const client = await mqtt.connectAsync(process.env.BROKER_URL, {
  clientId: "boiler-reader",
  connectTimeout: 2000,
  reconnectPeriod: 0,
});

export async function handler() {
  await client.publishAsync("boiler/asked", "temperature?", { qos: 1 });
  return { published: true };
}
