"""The fix: the connection belongs to one invocation, which waits until the broker has closed it."""

import os
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
from closing import close_and_wait


def handler(event, context):
    url = urlsplit(os.environ["BROKER_URL"])
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    client.connect(url.hostname, url.port)
    fileno = client.socket().fileno()
    client.loop_start()

    def close():
        client.disconnect()
        client.loop_stop()

    try:
        client.publish("boiler/asked", "temperature?", qos=1).wait_for_publish(30)
        return client.is_connected()
    finally:
        close_and_wait(fileno, close)
