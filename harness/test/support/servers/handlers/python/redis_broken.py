"""The failure: one connection is kept for all invocations."""

import os

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry


def connect():
    once = Retry(NoBackoff(), 0)
    return redis.Redis.from_url(os.environ["REDIS_URL"], single_connection_client=True, retry=once)


try:
    client = connect()
except redis.RedisError:
    client = None


def handler(event, context):
    global client
    if client is None:
        client = connect()
    return client.ping()
