"""The failure: one connection is kept for all invocations."""

import os
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt


def connect():
    url = urlsplit(os.environ["BROKER_URL"])
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    client.connect(url.hostname, url.port)
    client.loop_start()
    return client


client = connect()


def handler(event, context):
    global client
    if not client.is_connected():
        client = connect()
    client.publish("boiler/asked", "temperature?", qos=1).wait_for_publish(2)
    if not client.is_connected():
        raise RuntimeError("the broker serves somebody else")
    return True
