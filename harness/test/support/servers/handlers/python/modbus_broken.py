"""Fails: one connection for all invocations."""

import os

from pymodbus.client import ModbusTcpClient


def connect():
    client = ModbusTcpClient(os.environ["PLC_HOST"], port=int(os.environ["PLC_PORT"]), timeout=1, retries=0)
    client.connect()
    return client


client = connect()


def handler(event, context):
    return client.read_holding_registers(0, count=2, device_id=1).registers
