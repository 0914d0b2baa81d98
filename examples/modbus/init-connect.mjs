// The failure that longrun's README describes: one connection for all invocations, opened when the module is loaded, to save time. Ordinary
// tests pass. Then Lambda initialises a second environment, which takes the PLC's only connection and is never invoked.
import modbus from "modbus-serial";

async function connect() {
  const plc = new modbus();
  // Without a listener, an error of the connection would end the process.
  plc.on("error", () => {});
  await plc.connectTCP(process.env.PLC_HOST, { port: Number(process.env.PLC_PORT) });
  plc.setID(1);
  plc.setTimeout(1000);
  // A PLC sends nothing when a client connects. Only its answer to a request shows that it serves this client.
  await plc.readHoldingRegisters(0, 1);
  return plc;
}

// If this attempt fails, the first invocation tries again.
let plc = await connect().catch(() => null);

export async function handler() {
  if (plc === null || !plc.isOpen) plc = await connect();
  const { data } = await plc.readHoldingRegisters(0, 2);
  return { registers: data };
}
