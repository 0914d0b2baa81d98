import { redis } from "../../src/protocols/redis.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of Redis", () => {
  readsRecordedBytes(redis, "redis");
});
