"""The fix: the connection belongs to one invocation, which waits until the server has closed it."""

import os

import psycopg
from closing import close_and_wait


def handler(event, context):
    connection = psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=30, autocommit=True)
    try:
        return connection.execute("select 1").fetchone()[0]
    finally:
        close_and_wait(connection.fileno(), connection.close)
