// The flaw: `quit()` is called, but the handler returns before it is sent.
import { Redis } from "ioredis";

export async function handler() {
  const redis = new Redis(process.env.REDIS_URL, { lazyConnect: true, connectTimeout: 2000 });
  redis.on("error", () => {});
  await redis.connect();
  const pong = await redis.ping();
  setTimeout(() => redis.quit(), 200);
  return { pong };
}
