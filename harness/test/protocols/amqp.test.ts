import { amqp } from "../../src/protocols/amqp.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of AMQP", () => {
  readsRecordedBytes(amqp, "amqp");
});
