"""The fix: each invocation has its own connection.

The handler opens the connection. Before the handler returns, it waits until the machine has closed the connection too, so that the next
environment finds the machine free.
"""

import os
import socket


def handler(event, context):
    machine = socket.create_connection((os.environ["PEER_HOST"], int(os.environ["PEER_PORT"])), timeout=2)
    try:
        ask(machine, b"login\n")
        return ask(machine, b"boiler temperature?\n")
    finally:
        close_and_wait(machine)


def ask(machine, question):
    machine.sendall(question)
    answer = machine.recv(256)
    if not answer or b"busy" in answer:
        raise RuntimeError("the machine serves somebody else")
    return answer.decode()


def close_and_wait(machine):
    """Ends our half of the connection, then reads until the machine has ended its half."""
    try:
        machine.shutdown(socket.SHUT_WR)
        machine.settimeout(1)
        while machine.recv(256):
            pass
    except OSError:
        pass
    finally:
        machine.close()
