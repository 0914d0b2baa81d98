"""
Checks with boto3 what each operation refuses and lists: code, status and message of each refusal, order and paging of
each list. Prints one JSON object: the name of each check with "ok" or with what was wrong.
"""
import io
import json
import sys
import time
import traceback
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "eu-central-1"
ROLE = "arn:aws:iam::123456789012:role/longrun"
ARN = f"arn:aws:lambda:{REGION}:123456789012:function:"
LAYER = f"arn:aws:lambda:{REGION}:123456789012:layer:"
# boto3 checks no parameters, so that invalid ones reach the engine.
config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
awslambda = boto3.client("lambda", region_name=REGION, config=config)
logs = boto3.client("logs", region_name=REGION, config=config)
CHECKS = []
asserted = 0


def check(function):
    CHECKS.append(function)
    return function


def zipped(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.mjs", content)
    return buffer.getvalue()


CODE = zipped("export const handler = async () => 1;")
OTHER = zipped("export const handler = async () => 2;")
NEW = dict(FunctionName="new", Runtime="nodejs22.x", Role=ROLE, Handler="index.handler", Code={"ZipFile": CODE})
REVISION = "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id"
ONLY_FUNCTIONS = "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN."


def create(name, **more):
    awslambda.create_function(**{**NEW, "FunctionName": name, **more})
    awslambda.get_waiter("function_active_v2").wait(FunctionName=name)


def settled(name):
    awslambda.get_waiter("function_updated_v2").wait(FunctionName=name)


def differ(one, other):
    assert one != other, f"both are {one!r}"


def equal(found, expected):
    global asserted
    asserted += 1
    assert found == expected, f"{found!r} is not {expected!r}"


def refuses(code, status, message, call, **given):
    """Checks that a call is refused. `message` is the whole text, or its beginning if it ends in three dots."""
    try:
        answer = call(**given)
    except ClientError as refusal:
        seen = refusal.response["Error"]["Code"], refusal.response["ResponseMetadata"]["HTTPStatusCode"]
        equal(seen, (code, status))
        text = refusal.response["Error"]["Message"]
        if message.endswith("..."):
            assert text.startswith(message[:-3]), text
        else:
            equal(text, message)
        return refusal.response
    raise AssertionError(f"{call.__name__} took {given}: {answer}")


def missing(message, call, **given):
    return refuses("ResourceNotFoundException", 404, message, call, **given)


def invalid(message, call, **given):
    return refuses("InvalidParameterValueException", 400, message, call, **given)


def unfit(value, member, constraint, call, **given):
    return refuses("ValidationException", 400, f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}", call, **given)


@check
def functions_are_listed_in_pages():
    create("alpha")
    create("beta", Publish=True)
    create("gamma", Publish=True, Description="d")
    pages = list(awslambda.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 1}))
    equal([one["FunctionName"] for page in pages for one in page["Functions"]], ["alpha", "beta", "gamma"])
    equal(len(pages), 3)
    every = [(one["FunctionName"], one["Version"], one["FunctionArn"]) for page in awslambda.get_paginator("list_functions").paginate(FunctionVersion="ALL", PaginationConfig={"PageSize": 2}) for one in page["Functions"]]
    equal(every, [(name, version, f"{ARN}{name}:{version}") for name, versions in (("alpha", ["$LATEST"]), ("beta", ["$LATEST", "1"]), ("gamma", ["$LATEST", "1"])) for version in versions])
    listed = awslambda.list_functions()["Functions"][0]
    equal([member for member in ("State", "LastUpdateStatus", "RuntimeVersionConfig") if member in listed], [])
    unfit("SOME", "functionVersion", "Member must satisfy enum value set: [ALL]", awslambda.list_functions, FunctionVersion="SOME")
    unfit("0", "maxItems", "Member must have value greater than or equal to 1", awslambda.list_functions, MaxItems=0)
    unfit("10001", "maxItems", "Member must have value less than or equal to 10000", awslambda.list_functions, MaxItems=10001)
    invalid("Invalid Marker...", awslambda.list_functions, Marker="nonsense")


@check
def create_function_names_what_is_wrong():
    def refused(kind, *expected, **members):
        kind(*expected, awslambda.create_function, **{**NEW, **members})

    refused(invalid, "Please provide a source for function code.", Code={})
    refused(invalid, "Uploaded file must be a non-empty zip", Code={"ZipFile": b""})
    refused(invalid, "Could not unzip uploaded file. Please check your file, then try to upload again.", Code={"ZipFile": b"none"})
    refused(invalid, "The local engine takes a deployment package as ZipFile only...", Code={"S3Bucket": "bucket", "S3Key": "k"})
    refused(invalid, "The local engine runs functions of package type Zip only.", PackageType="Image", Code={"ImageUri": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/r:1"})
    refused(invalid, "nodejs22.x is not supported for SnapStart enabled functions.", SnapStart={"ApplyOn": "PublishedVersions"})
    refused(invalid, "Value node99 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [...", Runtime="node99")
    refused(invalid, "Runtime and Handler are mandatory parameters for functions created with deployment packages.", Runtime=None)
    refused(invalid, f"Layer version {LAYER}none:1 does not exist.", Layers=[LAYER + "none:1"])
    refused(invalid, "Number of tags exceeds resource tag limit.", Tags={str(number): "v" for number in range(51)})
    refused(unfit, "d" * 257, "description", "Member must have length less than or equal to 256", Description="d" * 257)
    refused(unfit, "100000", "memorySize", "Member must have value less than or equal to 32768", MemorySize=100000)
    refused(unfit, "100", "ephemeralStorage.size", "Member must have value greater than or equal to 512", EphemeralStorage={"Size": 100})
    refused(unfit, "On", "tracingConfig.mode", "Member must satisfy enum value set: [Active, PassThrough]", TracingConfig={"Mode": "On"})
    refused(unfit, "a b", "handler", "Member must satisfy regular expression pattern: [^\\s]+", Handler="a b")
    refused(unfit, "[mips]", "architectures", "Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]", Architectures=["mips"])
    refuses("ResourceConflictException", 409, "Function already exist: alpha", awslambda.create_function, **{**NEW, "FunctionName": "alpha"})
    missing(f"Function not found: {ARN}new", awslambda.get_function, FunctionName="new")


@check
def updates_are_refused_by_revision_and_qualifier():
    before = awslambda.get_function_configuration(FunctionName="alpha")
    tried = awslambda.update_function_code(FunctionName="alpha", ZipFile=OTHER, DryRun=True)
    assert tried["CodeSha256"] != before["CodeSha256"]
    equal(awslambda.get_function_configuration(FunctionName="alpha")["RevisionId"], before["RevisionId"])
    published = awslambda.update_function_code(FunctionName="alpha", ZipFile=OTHER, Publish=True)
    equal((published["Version"], published["FunctionArn"], published["State"]), ("1", ARN + "alpha:1", "Pending"))
    settled("alpha")
    awslambda.get_waiter("published_version_active").wait(FunctionName="alpha", Qualifier="1")
    for call, given in ((awslambda.update_function_configuration, {"Timeout": 5}), (awslambda.update_function_code, {"ZipFile": CODE}), (awslambda.publish_version, {})):
        refusal = refuses("PreconditionFailedException", 412, REVISION, call, FunctionName="alpha", RevisionId=before["RevisionId"], **given)
        equal((refusal["Type"], refusal["message"]), ("User", REVISION))
        invalid(ONLY_FUNCTIONS, call, FunctionName=ARN + "alpha:1", **given)
        refusal = missing(f"Function not found: {ARN}none", call, FunctionName="none", **given)
        equal((refusal["Type"], refusal["Message"]), ("User", f"Function not found: {ARN}none"))
    invalid(f"CodeSHA256 (abc) is different from current CodeSHA256 in $LATEST ({published['CodeSha256']}). Please try again with the CodeSHA256 in $LATEST.", awslambda.publish_version, FunctionName="alpha", CodeSha256="abc")
    invalid("Please provide a source for function code.", awslambda.update_function_code, FunctionName="alpha")
    unfit("x", "role", "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+", awslambda.update_function_configuration, FunctionName="alpha", Role="x")


@check
def aliases_name_one_version():
    create_alias = awslambda.create_alias
    equal(create_alias(FunctionName="alpha", Name="one", FunctionVersion="1")["AliasArn"], ARN + "alpha:one")
    equal(create_alias(FunctionName="alpha", Name="latest", FunctionVersion="$LATEST")["FunctionVersion"], "$LATEST")
    pages = list(awslambda.get_paginator("list_aliases").paginate(FunctionName="alpha", PaginationConfig={"PageSize": 1}))
    equal([one["Name"] for page in pages for one in page["Aliases"]], ["latest", "one"])
    equal([one["Name"] for one in awslambda.list_aliases(FunctionName="alpha", FunctionVersion="1")["Aliases"]], ["one"])
    missing(f"Function not found: {ARN}alpha:9", create_alias, FunctionName="alpha", Name="a", FunctionVersion="9")
    missing(f"Function not found: {ARN}none:1", create_alias, FunctionName="none", Name="a", FunctionVersion="1")
    missing(f"Alias not found: {ARN}alpha:no", awslambda.update_alias, FunctionName="alpha", Name="no", FunctionVersion="1")
    missing(f"Cannot find alias arn: {ARN}alpha:no", awslambda.get_alias, FunctionName="alpha", Name="no")
    missing(f"Function not found: {ARN}alpha:no", awslambda.invoke, FunctionName="alpha", Qualifier="no")
    refuses("PreconditionFailedException", 412, REVISION, awslambda.update_alias, FunctionName="alpha", Name="one", RevisionId="x", Description="d")
    awslambda.update_function_configuration(FunctionName="alpha", Description="second")
    settled("alpha")
    equal(awslambda.publish_version(FunctionName="alpha")["Version"], "2")
    invalid("Invalid function version 1. Function version 1 is already included in routing configuration.", create_alias, FunctionName="alpha", Name="w", FunctionVersion="1", RoutingConfig={"AdditionalVersionWeights": {"1": 0.5}})
    refuses("ResourceConflictException", 409, "Version 1 is in use by the following aliases: one", awslambda.delete_function, FunctionName="alpha", Qualifier="1")
    for name in ("one", "latest", "one"):
        equal(awslambda.delete_alias(FunctionName="alpha", Name=name)["ResponseMetadata"]["HTTPStatusCode"], 204)


@check
def concurrency_keeps_the_accounts_minimum():
    put = awslambda.put_function_concurrency
    below = "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."
    unfit("-1", "reservedConcurrentExecutions", "Member must have value greater than or equal to 0", put, FunctionName="alpha", ReservedConcurrentExecutions=-1)
    equal("Type" in invalid(below, put, FunctionName="alpha", ReservedConcurrentExecutions=901), False)
    equal(put(FunctionName="alpha", ReservedConcurrentExecutions=900)["ReservedConcurrentExecutions"], 900)
    equal(awslambda.get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"], 100)
    invalid(below, put, FunctionName="beta", ReservedConcurrentExecutions=1)
    invalid(ONLY_FUNCTIONS, put, FunctionName="beta:1", ReservedConcurrentExecutions=1)
    missing(f"Function not found: {ARN}none:$LATEST", put, FunctionName="none", ReservedConcurrentExecutions=1)
    missing(f"Function not found: {ARN}none", awslambda.get_function_concurrency, FunctionName="none")
    for _ in range(2):
        equal(awslambda.delete_function_concurrency(FunctionName="alpha")["ResponseMetadata"]["HTTPStatusCode"], 204)
    settings = awslambda.get_account_settings()
    equal((settings["AccountUsage"]["FunctionCount"], settings["AccountLimit"]["UnreservedConcurrentExecutions"]), (3, 1000))
    # $LATEST, 1 and 2 of alpha; $LATEST and 1 of beta and of gamma.
    equal(settings["AccountUsage"]["TotalCodeSize"], 3 * len(OTHER) + 4 * len(CODE))


@check
def provisioned_concurrency_needs_a_published_version():
    put = awslambda.put_provisioned_concurrency_config
    invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.", put, FunctionName="beta", Qualifier="$LATEST", ProvisionedConcurrentExecutions=1)
    unfit("0", "provisionedConcurrentExecutions", "Member must have value greater than or equal to 1", put, FunctionName="beta", Qualifier="1", ProvisionedConcurrentExecutions=0)
    refuses("ProvisionedConcurrencyConfigNotFoundException", 404, "No Provisioned Concurrency Config found for this function", awslambda.get_provisioned_concurrency_config, FunctionName="beta", Qualifier="1")
    invalid("Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].", put, FunctionName="beta", Qualifier="1", ProvisionedConcurrentExecutions=1001)
    invalid("Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].", put, FunctionName="beta", Qualifier="1", ProvisionedConcurrentExecutions=901)
    equal(awslambda.list_provisioned_concurrency_configs(FunctionName="beta")["ProvisionedConcurrencyConfigs"], [])


@check
def event_invoke_configurations_are_changed_and_listed():
    put = awslambda.put_function_event_invoke_config
    shown = put(FunctionName="alpha", MaximumRetryAttempts=1)
    equal({member: shown[member] for member in shown if member not in ("LastModified", "ResponseMetadata")}, {"FunctionArn": ARN + "alpha:$LATEST", "MaximumRetryAttempts": 1, "DestinationConfig": {"OnSuccess": {}, "OnFailure": {}}})
    equal(awslambda.update_function_event_invoke_config(FunctionName="alpha", MaximumEventAgeInSeconds=60)["MaximumRetryAttempts"], 1)
    equal("MaximumRetryAttempts" in put(FunctionName="alpha", MaximumEventAgeInSeconds=60), False)
    put(FunctionName="alpha", Qualifier="1", MaximumRetryAttempts=0)
    pages = list(awslambda.get_paginator("list_function_event_invoke_configs").paginate(FunctionName="alpha", PaginationConfig={"PageSize": 1}))
    equal([one["FunctionArn"] for page in pages for one in page["FunctionEventInvokeConfigs"]], [ARN + "alpha:$LATEST", ARN + "alpha:1"])
    invalid("You must specify at least one of error handling or destination setting.", put, FunctionName="alpha")
    invalid("The destination ARN arn:aws:sqs:eu-central-1:123456789012:q is invalid.", put, FunctionName="alpha", DestinationConfig={"OnFailure": {"Destination": "arn:aws:sqs:eu-central-1:123456789012:q"}})
    unfit("3", "maximumRetryAttempts", "Member must have value less than or equal to 2", put, FunctionName="alpha", MaximumRetryAttempts=3)
    unfit("59", "maximumEventAgeInSeconds", "Member must have value greater than or equal to 60", put, FunctionName="alpha", MaximumEventAgeInSeconds=59)
    missing("The function doesn't exist.", put, FunctionName="none", MaximumRetryAttempts=1)
    missing(f"The function {ARN}beta:$LATEST doesn't have an EventInvokeConfig", awslambda.update_function_event_invoke_config, FunctionName="beta", MaximumRetryAttempts=1)
    awslambda.delete_function_event_invoke_config(FunctionName="alpha")
    missing(f"The function {ARN}alpha:$LATEST doesn't have an EventInvokeConfig", awslambda.delete_function_event_invoke_config, FunctionName="alpha")


@check
def policies_are_changed_and_invalid_statements_refused():
    add = dict(FunctionName="alpha", StatementId="s", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
    statement = json.loads(awslambda.add_permission(**add, SourceAccount="123456789012")["Statement"])
    equal(statement, {"Sid": "s", "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": ARN + "alpha", "Condition": {"StringEquals": {"AWS:SourceAccount": "123456789012"}}})
    refuses("ResourceConflictException", 409, "The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.", awslambda.add_permission, **add)
    refuses("PreconditionFailedException", 412, REVISION.replace("GetFunction/GetAlias", "GetPolicy"), awslambda.add_permission, **{**add, "StatementId": "t"}, RevisionId="x")
    invalid("The provided principal was invalid. Please check the principal and try again.", awslambda.add_permission, **{**add, "StatementId": "t", "Principal": "nobody"})
    unfit("s3:x", "action", "Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])", awslambda.add_permission, **{**add, "Action": "s3:x"})
    missing(f"Function not found: {ARN}none", awslambda.add_permission, **{**add, "FunctionName": "none"})
    missing(f"Function not found: {ARN}alpha:99", awslambda.add_permission, **add, Qualifier="99")
    differ(awslambda.get_policy(FunctionName="alpha")["RevisionId"], awslambda.get_function_configuration(FunctionName="alpha")["RevisionId"])
    missing("Statement zzz is not found in resource policy.", awslambda.remove_permission, FunctionName="alpha", StatementId="zzz")
    awslambda.remove_permission(FunctionName="alpha", StatementId="s")
    missing("The resource you requested does not exist.", awslambda.get_policy, FunctionName="alpha")
    missing("The resource you requested does not exist.", awslambda.get_policy, FunctionName="none")


@check
def invalid_tags_of_functions_are_refused():
    tag = awslambda.tag_resource
    invalid("An error occurred and the request cannot be processed.", tag, Resource=ARN + "alpha", Tags={})
    invalid("Number of tags exceeds resource tag limit.", tag, Resource=ARN + "alpha", Tags={str(number): "v" for number in range(51)})
    missing(f"Function not found: {ARN}none", tag, Resource=ARN + "none", Tags={"a": "b"})
    missing(f"Function not found: {ARN}none", awslambda.list_tags, Resource=ARN + "none")
    missing(f"Functions from 'eu-west-1' are not reachable in this region ('{REGION}')", awslambda.list_tags, Resource=ARN.replace(REGION, "eu-west-1") + "alpha")
    refuses("ValidationException", 400, "1 validation error detected: Value 'nope' at 'resource' failed to satisfy constraint: ...", tag, Resource="nope", Tags={"a": "b"})
    refuses("ValidationException", 400, "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null", awslambda.untag_resource, Resource=ARN + "alpha", TagKeys=[])


@check
def layers_are_versions_of_a_name():
    first = awslambda.publish_layer_version(LayerName="ly", Content={"ZipFile": CODE}, CompatibleRuntimes=["nodejs22.x"], CompatibleArchitectures=["x86_64"], LicenseInfo="MIT", Description="d")
    equal((first["Version"], first["LayerArn"], first["LayerVersionArn"], first["Content"]["CodeSize"]), (1, LAYER + "ly", LAYER + "ly:1", len(CODE)))
    awslambda.publish_layer_version(LayerName="ly", Content={"ZipFile": OTHER}, CompatibleRuntimes=["nodejs24.x"])
    awslambda.publish_layer_version(LayerName="lz", Content={"ZipFile": OTHER})
    pages = list(awslambda.get_paginator("list_layer_versions").paginate(LayerName="ly", PaginationConfig={"PageSize": 1}))
    equal([one["Version"] for page in pages for one in page["LayerVersions"]], [2, 1])
    equal([one["Version"] for one in awslambda.list_layer_versions(LayerName="ly", CompatibleRuntime="nodejs22.x")["LayerVersions"]], [1])
    equal([(one["LayerName"], one["LatestMatchingVersion"]["Version"]) for one in awslambda.list_layers()["Layers"]], [("ly", 2), ("lz", 1)])
    equal([(one["LayerName"], one["LatestMatchingVersion"]["Version"]) for one in awslambda.list_layers(CompatibleRuntime="nodejs22.x")["Layers"]], [("ly", 1)])
    equal(awslambda.get_layer_version_by_arn(Arn=LAYER + "ly:1")["Content"]["CodeSha256"], first["Content"]["CodeSha256"])
    missing("The resource you requested does not exist.", awslambda.get_layer_version, LayerName="none", VersionNumber=1)
    missing("The resource you requested does not exist.", awslambda.get_layer_version_by_arn, Arn=LAYER + "none:1")
    invalid("Layer Version Cannot be less than 1", awslambda.get_layer_version, LayerName="ly", VersionNumber=0)
    unfit("bad", "compatibleArchitecture", "Member must satisfy enum value set: [x86_64, arm64]", awslambda.list_layers, CompatibleArchitecture="bad")
    unfit("51", "maxItems", "Member must have value less than or equal to 50", awslambda.list_layers, MaxItems=51)
    refuses("ValidationException", 400, "1 validation error detected: Value 'a b' at 'layerName' failed to satisfy constraint: ...", awslambda.publish_layer_version, LayerName="a b", Content={"ZipFile": CODE})
    equal(awslambda.list_layer_versions(LayerName="none")["LayerVersions"], [])
    permission = dict(LayerName="ly", VersionNumber=1, StatementId="s", Action="lambda:GetLayerVersion", Principal="*")
    awslambda.add_layer_version_permission(**permission)
    refuses("ResourceConflictException", 409, "The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.", awslambda.add_layer_version_permission, **permission)
    missing(f"Layer version {LAYER}none:1 does not exist.", awslambda.get_layer_version_policy, LayerName="none", VersionNumber=1)
    awslambda.remove_layer_version_permission(LayerName="ly", VersionNumber=1, StatementId="s")
    missing(f"Layer version {LAYER}ly:1 does not have any resource policy.", awslambda.get_layer_version_policy, LayerName="ly", VersionNumber=1)
    for version in (1, 1, 2):
        equal(awslambda.delete_layer_version(LayerName="ly", VersionNumber=version)["ResponseMetadata"]["HTTPStatusCode"], 204)


@check
def invocations_are_refused_before_they_run():
    invoke = awslambda.invoke
    unfit("Bad", "invocationType", "Member must satisfy enum value set: [Event, RequestResponse, DryRun]", invoke, FunctionName="alpha", InvocationType="Bad")
    unfit("Bad", "logType", "Member must satisfy enum value set: [None, Tail]", invoke, FunctionName="alpha", LogType="Bad")
    refuses("InvalidRequestContentException", 400, "Could not parse request body into json: Could not parse payload into json: ...", invoke, FunctionName="alpha", Payload=b"{")
    missing(f"Function not found: {ARN}none:$LATEST", invoke, FunctionName="none", InvocationType="DryRun")
    missing(f"Function not found: {ARN}alpha:77", invoke, FunctionName="alpha", Qualifier="77")
    equal(awslambda.invoke_async(FunctionName="alpha", InvokeArgs=b"{}")["Status"], 202)
    refuses("InvalidRequestContentException", 400, "Could not parse request body into json: ...", awslambda.invoke_async, FunctionName="alpha", InvokeArgs=b"{")


@check
def log_groups_are_listed_and_invalid_ones_refused():
    for name in ("/a/b", "/a/c", "/b/a"):
        logs.create_log_group(logGroupName=name)
    names = [one["logGroupName"] for page in logs.get_paginator("describe_log_groups").paginate(PaginationConfig={"PageSize": 1}) for one in page["logGroups"]]
    equal([name for name in names if not name.startswith("/aws/")], ["/a/b", "/a/c", "/b/a"])
    equal([one["logGroupName"] for one in logs.describe_log_groups(logGroupNamePrefix="/a/")["logGroups"]], ["/a/b", "/a/c"])
    equal([one["logGroupName"] for one in logs.describe_log_groups(logGroupNamePattern="/a")["logGroups"] if not one["logGroupName"].startswith("/aws/")], ["/a/b", "/a/c", "/b/a"])
    equal([one["logGroupName"] for one in logs.describe_log_groups(logGroupIdentifiers=[f"arn:aws:logs:{REGION}:123456789012:log-group:/b/a"])["logGroups"]], ["/b/a"])

    def refused(message, call, **given):
        refuses("InvalidParameterException", 400, message, call, **given)

    refused("1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+", logs.create_log_group, logGroupName="a b")
    refused("1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null", logs.create_log_group)
    refused("1 validation error detected: Value 'X' at 'logGroupClass' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY, ESSENTIALS]", logs.create_log_group, logGroupName="/x", logGroupClass="X")
    refused("The local engine keeps log groups of class STANDARD only.", logs.create_log_group, logGroupName="/x", logGroupClass="INFREQUENT_ACCESS")
    refused("The local engine does not support kmsKeyId.", logs.create_log_group, logGroupName="/x", kmsKeyId="arn:aws:kms:eu-central-1:123456789012:key/k")
    refused("The tag 'aws:x' is invalid...", logs.create_log_group, logGroupName="/x", tags={"aws:x": "y"})
    refused("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.", logs.describe_log_groups, logGroupNamePrefix="/a", logGroupNamePattern="b")
    refused("1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50", logs.describe_log_groups, limit=51)
    refused("The specified nextToken is invalid.", logs.describe_log_groups, nextToken="zzz")
    refused("1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member must not be null", logs.tag_resource, resourceArn=f"arn:aws:logs:{REGION}:123456789012:log-group:/a/b")
    refuses("ResourceAlreadyExistsException", 400, "The specified log group already exists", logs.create_log_group, logGroupName="/a/b")
    refuses("ResourceNotFoundException", 400, "The specified log group does not exist.", logs.delete_log_group, logGroupName="/none")


@check
def log_events_are_found_by_time_pattern_and_page():
    now = int(time.time() * 1000)
    group = dict(logGroupName="/a/b")
    for stream in ("s1", "s2"):
        logs.create_log_stream(**group, logStreamName=stream)
    record = json.dumps({"level": "WARN", "n": 5, "a": {"b": [1, 2]}, "ok": True, "z": None})
    logs.put_log_events(**group, logStreamName="s1", logEvents=[{"timestamp": now - 3000, "message": "ERROR one"}, {"timestamp": now - 1000, "message": record}])
    logs.put_log_events(**group, logStreamName="s2", logEvents=[{"timestamp": now - 2000, "message": "two ERROR Exit"}, {"timestamp": now, "message": "INFO three"}])

    def found(**given):
        return [event["message"] for page in logs.get_paginator("filter_log_events").paginate(**group, **given, PaginationConfig={"PageSize": 1}) for event in page["events"]]

    equal(found(), ["ERROR one", "two ERROR Exit", record, "INFO three"])
    equal(found(startTime=now - 2000, endTime=now - 1000), ["two ERROR Exit", record])
    equal(found(logStreamNames=["s2"]), ["two ERROR Exit", "INFO three"])
    equal(found(logStreamNamePrefix="s1"), ["ERROR one", record])
    for pattern, expected in (
        ("ERROR", ["ERROR one", "two ERROR Exit"]),
        ("ERROR -Exit", ["ERROR one"]),
        ("?one ?three", ["ERROR one", "INFO three"]),
        ('"ERROR one"', ["ERROR one"]),
        ("error", []),
        ('{ $.level = "WARN" && $.n > 4 }', [record]),
        ("{ $.a.b[1] = 2 }", [record]),
        ("{ $.z IS NULL }", [record]),
        ("{ $.level = W* }", [record]),
        ("{ $.ok IS TRUE }", [record]),
        ("{ $.absent NOT EXISTS }", [record]),
        ("{ ($.n < 5) || ($.level != INFO) }", [record]),
    ):
        equal((pattern, found(filterPattern=pattern)), (pattern, expected))
    stream = dict(**group, logStreamName="s1")
    head = logs.get_log_events(**stream, startFromHead=True, limit=1)
    equal([event["message"] for event in head["events"]], ["ERROR one"])
    then = logs.get_log_events(**stream, startFromHead=True, nextToken=head["nextForwardToken"])
    equal([event["message"] for event in then["events"]], [record])
    end = logs.get_log_events(**stream, startFromHead=True, nextToken=then["nextForwardToken"])
    equal((end["events"], end["nextForwardToken"]), ([], then["nextForwardToken"]))
    equal([event["message"] for event in logs.get_log_events(**stream, nextToken=then["nextBackwardToken"])["events"]], ["ERROR one"])
    equal([event["message"] for event in logs.get_log_events(**stream, limit=1)["events"]], [record])
    equal([event["message"] for event in logs.get_log_events(**stream, startTime=now - 3000, endTime=now - 1000)["events"]], ["ERROR one"])
    by_time = logs.describe_log_streams(**group, orderBy="LastEventTime", descending=True)["logStreams"]
    equal([(one["logStreamName"], one["lastEventTimestamp"]) for one in by_time], [("s2", now), ("s1", now - 1000)])

    def refused(message, call, **given):
        refuses("InvalidParameterException", 400, message, call, **given)

    refused("Cannot order by LastEventTime with a logStreamNamePrefix.", logs.describe_log_streams, **group, orderBy="LastEventTime", logStreamNamePrefix="s")
    refused("Cannot specify both logStreamNames and logStreamNamePrefix in the same request.", logs.filter_log_events, **group, logStreamNames=["s1"], logStreamNamePrefix="s")
    refused("Invalid filter pattern", logs.filter_log_events, **group, filterPattern="{ $.level ")
    refused("1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000", logs.filter_log_events, **group, limit=10001)
    refused("The specified nextToken is invalid.", logs.get_log_events, **stream, nextToken="bad")
    refused("1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1", logs.put_log_events, **stream, logEvents=[])
    refused("Log events in a single PutLogEvents request must be in chronological order.", logs.put_log_events, **stream, logEvents=[{"timestamp": now, "message": "b"}, {"timestamp": now - 1, "message": "a"}])
    refused("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.", logs.put_log_events, **stream, logEvents=[{"timestamp": now - 30 * 3600000, "message": "a"}, {"timestamp": now, "message": "b"}])
    refused("Upload too large: 1200156 bytes exceeds limit of 1048576", logs.put_log_events, **stream, logEvents=[{"timestamp": now, "message": "x" * 200000}] * 6)
    day = 86400000
    kept = logs.put_log_events(**stream, logEvents=[{"timestamp": now - 15 * day, "message": "old"}, {"timestamp": now, "message": "kept"}, {"timestamp": now + day // 8, "message": "future"}])
    equal(kept["rejectedLogEventsInfo"], {"tooOldLogEventEndIndex": 1, "tooNewLogEventStartIndex": 2})
    refuses("ResourceNotFoundException", 400, "The specified log stream does not exist.", logs.get_log_events, **group, logStreamName="none")
    refuses("ResourceNotFoundException", 400, "The specified log group does not exist.", logs.put_log_events, logGroupName="/none", logStreamName="s", logEvents=[{"timestamp": now, "message": "a"}])


def main():
    seen = {}
    for one in CHECKS:
        try:
            one()
            seen[one.__name__] = "ok"
        except Exception:
            seen[one.__name__] = traceback.format_exc(limit=-3)
    json.dump({**seen, "asserted": asserted}, sys.stdout)


main()
