"""
Calls every operation in botocore's models of Lambda and CloudWatch Logs, with the members that the operation's URL path
needs. Prints how many operations were called, and the answers that AWS would not give: without an error code or a
request id, or with a status of 5xx.
"""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

SAMPLES = {
    "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f",
    "FunctionName": "f",
    "VersionNumber": 1,
    "InvokeArgs": b"{}",
}
wrong = []
asked = 0
for service in ("lambda", "logs"):
    client = boto3.client(
        service,
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False, connect_timeout=5, read_timeout=20, inject_host_prefix=False),
    )
    for name in client.meta.service_model.operation_names:
        shape = client.meta.service_model.operation_model(name).input_shape
        members = {} if shape is None else shape.members
        # Only the members of the path, and InvokeArgs, are given. The service may refuse the call because other members are missing.
        given = {key: SAMPLES.get(key, "sample") for key, member in members.items() if member.serialization.get("location") == "uri" or key == "InvokeArgs"}
        asked += 1
        try:
            answer = client._make_api_call(name, given)["ResponseMetadata"]
        except ClientError as refusal:
            answer = refusal.response["ResponseMetadata"]
            code = refusal.response["Error"]["Code"]
            if not code.endswith("Exception"):
                wrong.append(f"{service} {name}: the code is {code}")
            if answer["HTTPStatusCode"] >= 500:
                wrong.append(f"{service} {name}: {answer['HTTPStatusCode']}")
        except Exception as problem:
            wrong.append(f"{service} {name}: {problem!r}")
            continue
        if not answer.get("RequestId"):
            wrong.append(f"{service} {name}: no request id")
json.dump({"asked": asked, "wrong": wrong}, sys.stdout)
