// The fix: each invocation has its own connection. Modbus has no goodbye message, so the handler waits until the TCP connection is closed. The
// next environment then finds the PLC free.
import modbus from "modbus-serial";

export async function handler() {
  const plc = new modbus();
  plc.on("error", () => {});
  await plc.connectTCP(process.env.PLC_HOST, { port: Number(process.env.PLC_PORT) });
  plc.setID(1);
  plc.setTimeout(5000);
  try {
    const { data } = await plc.readHoldingRegisters(0, 2);
    return { registers: data };
  } finally {
    await new Promise((closed) => plc.close(closed));
  }
}
