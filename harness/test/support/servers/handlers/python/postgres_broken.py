"""The failure: one connection is kept for all invocations."""

import os

import psycopg


def connect():
    return psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=30, autocommit=True)


try:
    connection = connect()
except psycopg.Error:
    connection = None


def handler(event, context):
    global connection
    if connection is None or connection.closed:
        connection = connect()
    return connection.execute("select 1").fetchone()[0]
