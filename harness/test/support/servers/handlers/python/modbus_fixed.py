"""The fix: the connection belongs to one invocation, which waits until the PLC has closed it."""

import os

from closing import close_and_wait
from pymodbus.client import ModbusTcpClient


def handler(event, context):
    client = ModbusTcpClient(os.environ["PLC_HOST"], port=int(os.environ["PLC_PORT"]), timeout=30, retries=0)
    client.connect()
    try:
        return client.read_holding_registers(0, count=2, device_id=1).registers
    finally:
        close_and_wait(client.socket.fileno(), client.close)
