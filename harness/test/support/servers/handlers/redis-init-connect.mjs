// The failure: one connection is kept for all invocations.
import { Redis } from "ioredis";

async function connect() {
  const redis = new Redis(process.env.REDIS_URL, {
    lazyConnect: true,
    connectTimeout: 30000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on("error", () => {});
  await redis.connect();
  return redis;
}

let redis = await connect().catch(() => null);

export async function handler() {
  redis ??= await connect();
  return { pong: await redis.ping() };
}
