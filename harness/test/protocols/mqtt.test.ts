import { mqtt } from "../../src/protocols/mqtt.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of MQTT", () => {
  readsRecordedBytes(mqtt, "mqtt");
});
