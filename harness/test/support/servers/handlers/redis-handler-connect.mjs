// The fix: the connection belongs to one invocation, which waits until the server has closed it.
import { once } from "node:events";
import { Redis } from "ioredis";

export async function handler() {
  const redis = new Redis(process.env.REDIS_URL, {
    lazyConnect: true,
    connectTimeout: 30000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on("error", () => {});
  await redis.connect();
  const closed = once(redis, "end");
  try {
    return { pong: await redis.ping() };
  } finally {
    await redis.quit();
    await closed;
  }
}
