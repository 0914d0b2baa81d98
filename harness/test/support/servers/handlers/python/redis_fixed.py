"""The fix: the connection belongs to one invocation, which waits until the server has closed it."""

import os

import redis
from closing import close_and_wait
from redis.backoff import NoBackoff
from redis.retry import Retry


def handler(event, context):
    once = Retry(NoBackoff(), 0)
    client = redis.Redis.from_url(os.environ["REDIS_URL"], single_connection_client=True, retry=once)
    try:
        return client.ping()
    finally:
        # close() calls disconnect(), which also ends reading. So the function waits before it calls close().
        close_and_wait(client.connection._sock.fileno(), client.quit)
        client.close()
