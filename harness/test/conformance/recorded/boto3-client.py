"""Reads calls as JSON lines from standard input, makes them with boto3, and prints each answer as a JSON line."""
import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

clients = {}


def client(service):
    if service not in clients:
        clients[service] = boto3.client(service, config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))
    return clients[service]


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "read"):
        return value.read().decode()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def filled(value, zipped):
    if value == "<zip>":
        return zipped
    if isinstance(value, dict):
        return {key: filled(item, zipped) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, zipped) for item in value]
    return value


with open(sys.argv[1], "rb") as package:
    ZIP = package.read()

for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = client(asked["service"])._make_api_call(asked["operation"], filled(asked["input"], ZIP))
        seen = {"status": answer["ResponseMetadata"]["HTTPStatusCode"], "error": None, "message": None, "output": plain(answer)}
    except ClientError as refusal:
        error = refusal.response["Error"]
        seen = {
            "status": refusal.response["ResponseMetadata"]["HTTPStatusCode"],
            "error": error["Code"],
            "message": error["Message"],
            "output": None,
        }
    print(json.dumps(seen), flush=True)
