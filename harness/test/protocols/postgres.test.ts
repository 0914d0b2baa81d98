import { postgres } from "../../src/protocols/postgres.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of Postgres", () => {
  readsRecordedBytes(postgres, "postgres");
});
