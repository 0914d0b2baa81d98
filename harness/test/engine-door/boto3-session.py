"""A session of boto3 with nothing but defaults, against the endpoint in AWS_ENDPOINT_URL. Prints what it saw as JSON."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

awslambda = boto3.client("lambda")
logs = boto3.client("logs")
seen = {}

with open(sys.argv[1], "rb") as package:
    awslambda.create_function(
        FunctionName="boto",
        Runtime="nodejs22.x",
        Role="arn:aws:iam::123456789012:role/longrun",
        Handler="index.handler",
        Code={"ZipFile": package.read()},
        LoggingConfig={"LogFormat": "JSON", "SystemLogLevel": "DEBUG"},
        Timeout=5,
    )
awslambda.get_waiter("function_active_v2").wait(FunctionName="boto")
awslambda.put_function_concurrency(FunctionName="boto", ReservedConcurrentExecutions=1)
seen["reserved"] = awslambda.get_function_concurrency(FunctionName="boto")["ReservedConcurrentExecutions"]

ids = []
for number in range(3):
    answer = awslambda.invoke(FunctionName="boto", Payload=json.dumps({"n": number}))
    payload = json.loads(answer["Payload"].read())
    ids.append([payload["n"], payload["id"] == answer["ResponseMetadata"]["RequestId"], answer["ExecutedVersion"]])
seen["invoked"] = ids

accepted = awslambda.invoke(FunctionName="boto", InvocationType="Event", Payload=b'{"n": 9}')
seen["accepted"] = [accepted["StatusCode"], accepted["Payload"].read().decode()]

error = awslambda.invoke(FunctionName="boto", Payload=b'{"fail": true}')
seen["error"] = [error["StatusCode"], error["FunctionError"], json.loads(error["Payload"].read())["errorMessage"]]

awslambda.put_function_concurrency(FunctionName="boto", ReservedConcurrentExecutions=0)
try:
    boto3.client("lambda", config=boto3.session.Config(retries={"total_max_attempts": 1})).invoke(FunctionName="boto")
except ClientError as refusal:
    seen["throttle"] = [refusal.response["Error"]["Code"], refusal.response["ResponseMetadata"]["HTTPStatusCode"], refusal.response.get("Reason")]

types = []
for page in logs.get_paginator("filter_log_events").paginate(logGroupName="/aws/lambda/boto", PaginationConfig={"PageSize": 2}):
    for event in page["events"]:
        record = json.loads(event["message"])
        if str(record.get("type", "")).startswith("platform."):
            types.append(record["type"])
seen["platform"] = sorted(set(types))
seen["starts"] = types.count("platform.start")

stream = logs.describe_log_streams(logGroupName="/aws/lambda/boto")["logStreams"][0]["logStreamName"]
first = logs.get_log_events(logGroupName="/aws/lambda/boto", logStreamName=stream, startFromHead=True, limit=1)
seen["first"] = json.loads(first["events"][0]["message"])["type"]

awslambda.delete_function(FunctionName="boto")
seen["left"] = [function["FunctionName"] for page in awslambda.get_paginator("list_functions").paginate() for function in page["Functions"]]
print(json.dumps(seen))
