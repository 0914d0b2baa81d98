"""The failure: one connection is kept for all invocations."""

import asyncio
import os

import asyncssh

loop = asyncio.new_event_loop()


async def connect():
    key = asyncssh.import_private_key(os.environ["SFTP_KEY"])
    login = {"username": os.environ["SFTP_USER"], "client_keys": [key], "known_hosts": None}
    host, port = os.environ["SFTP_HOST"], int(os.environ["SFTP_PORT"])
    return await asyncssh.connect(host, port, config=[], connect_timeout=30, **login)


try:
    connection = loop.run_until_complete(connect())
except (OSError, asyncssh.Error):
    connection = None


async def names():
    global connection
    if connection is None or connection.is_closed():
        connection = await connect()
    async with connection.start_sftp_client() as sftp:
        return await sftp.listdir("/")


def handler(event, context):
    return len(loop.run_until_complete(names()))
