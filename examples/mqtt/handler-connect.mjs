// The fix: each invocation has its own connection. `endAsync()` sends the goodbye and resolves when the connection is closed, so that the
// next environment finds the place free.
import mqtt from "mqtt";

export async function handler() {
  const client = await mqtt.connectAsync(process.env.BROKER_URL, {
    clientId: process.env.AWS_LAMBDA_LOG_STREAM_NAME.slice(-23),
    connectTimeout: 5000,
    reconnectPeriod: 0,
  });
  try {
    await client.publishAsync("boiler/asked", "temperature?", { qos: 1 });
    return { published: true };
  } finally {
    await client.endAsync();
  }
}
