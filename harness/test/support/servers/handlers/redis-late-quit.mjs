// The flaw: the handler returns 200 ms before it closes its connection. By then the environment is frozen, so the connection stays open
// until the next invocation. The first invocation does not connect: its cold start can take so long that the second invocation follows at
// once, and the environment would hardly be frozen. All later invocations are a whole interval apart.
import { Redis } from "ioredis";

let cold = true;

export async function handler() {
  if (cold) return void (cold = false);
  const redis = new Redis(process.env.REDIS_URL, { lazyConnect: true, connectTimeout: 2000 });
  redis.on("error", () => {});
  await redis.connect();
  const pong = await redis.ping();
  setTimeout(() => redis.quit(), 200);
  return { pong };
}
