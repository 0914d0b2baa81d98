"""Closes a client and waits until the server has closed the connection too. Only then is the place free."""

import os
import socket


def close_and_wait(fileno, close):
    with socket.socket(fileno=os.dup(fileno)) as same:
        close()
        try:
            same.shutdown(socket.SHUT_WR)
            same.settimeout(30)
            while same.recv(4096):
                pass
        except OSError:
            pass
