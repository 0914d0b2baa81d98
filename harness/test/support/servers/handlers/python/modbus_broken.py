"""The failure: one connection is kept for all invocations."""

import os

from pymodbus.client import ModbusTcpClient
from pymodbus.exceptions import ModbusException


def connect():
    client = ModbusTcpClient(os.environ["PLC_HOST"], port=int(os.environ["PLC_PORT"]), timeout=1, retries=0)
    client.connect()
    # A PLC sends nothing when a client connects. Only the answer to a request shows that it serves this client.
    client.read_holding_registers(0, count=1, device_id=1)
    return client


try:
    client = connect()
except (ModbusException, OSError):
    client = None


def handler(event, context):
    global client
    if client is None:
        client = connect()
    return client.read_holding_registers(0, count=2, device_id=1).registers
