"""The fix: the connection belongs to one invocation, which waits until the server has closed it."""

import asyncio
import os

import asyncssh
from closing import close_and_wait


async def connect():
    key = asyncssh.import_private_key(os.environ["SFTP_KEY"])
    login = {"username": os.environ["SFTP_USER"], "client_keys": [key], "known_hosts": None}
    host, port = os.environ["SFTP_HOST"], int(os.environ["SFTP_PORT"])
    return await asyncssh.connect(host, port, config=[], connect_timeout=30, **login)


async def names(connection):
    async with connection.start_sftp_client() as sftp:
        return await sftp.listdir("/")


async def close(connection):
    connection.close()
    await connection.wait_closed()


def handler(event, context):
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(connect())
    try:
        return len(loop.run_until_complete(names(connection)))
    finally:
        fileno = connection.get_extra_info("socket").fileno()
        close_and_wait(fileno, lambda: loop.run_until_complete(close(connection)))
        loop.close()
