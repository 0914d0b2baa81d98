// The flaw: the handler returns 200 ms before it closes its connection. The first invocation does not connect, because the next one may
// follow its cold start at once. Every later invocation is followed a whole interval later.
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
