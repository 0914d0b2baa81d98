"""The fix: the connection belongs to one invocation, which waits until the server has closed it."""

import os
from urllib.parse import urlsplit

import pymysql
from closing import close_and_wait


def handler(event, context):
    url = urlsplit(os.environ["DATABASE_URL"])
    login = {"user": url.username, "password": url.password, "database": url.path[1:]}
    connection = pymysql.connect(host=url.hostname, port=url.port, connect_timeout=30, **login)
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            return cursor.fetchone()[0]
    finally:
        close_and_wait(connection._sock.fileno(), connection.close)
