"""The failure: one connection is kept for all invocations."""

import os
from urllib.parse import urlsplit

import pymysql


def connect():
    url = urlsplit(os.environ["DATABASE_URL"])
    login = {"user": url.username, "password": url.password, "database": url.path[1:]}
    return pymysql.connect(host=url.hostname, port=url.port, connect_timeout=30, **login)


try:
    connection = connect()
except pymysql.Error:
    connection = None


def handler(event, context):
    global connection
    if connection is None or not connection.open:
        connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone()[0]
