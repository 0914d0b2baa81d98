"""Starts moto's server and changes its answers where Terraform would otherwise see a difference in every plan, or could not go on.
So the Terraform files in infra/ need nothing that exists only because of moto. docs/infra.md lists these changes."""

import os
import sys
import threading
from collections import OrderedDict
from io import BytesIO

# moto starts no task. With this variable it reports the one task of each service as running, as AWS does after a minute.
os.environ["MOTO_ECS_SERVICE_RUNNING"] = "1"

import moto.server
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse
from werkzeug.test import run_wsgi_app


def keep_descriptions_of_rules() -> None:
    """moto keeps a rule's description only if the rule names an address range."""
    make = SecurityGroupRule.__init__

    def init(self, *args, **named):
        make(self, *args, **named)
        # `args` has, in this order: ec2_backend, protocol, group, from, to, ip_range, source_group, prefix_list_id
        given = dict(zip(("source_group", "prefix_list_id"), args[6:8])) | named
        sides = (self.ip_range, given.get("source_group"), given.get("prefix_list_id"))
        self.own_description = next((side["Description"] for side in sides if side and "Description" in side), None)
        if self.source_group:
            self.source_group = {key: value for key, value in self.source_group.items() if key != "Description"}

    SecurityGroupRule.__init__ = init
    SecurityGroupRule.description = property(lambda self: self.own_description)


def keep_rebalancing_of_services() -> None:
    """moto does not return a service's availability_zone_rebalancing."""

    def keeping(call):
        def answer(self):
            result = call(self)
            given = self._get_param("availabilityZoneRebalancing")
            if given is not None:
                result.result["service"].availability_zone_rebalancing = given
            return result

        return answer

    EC2ContainerServiceResponse.create_service = keeping(EC2ContainerServiceResponse.create_service)
    EC2ContainerServiceResponse.update_service = keeping(EC2ContainerServiceResponse.update_service)


def answer_repeated_requests_alike() -> None:
    """The SDK sometimes loses an answer (seen in CI; the cause is not known), and sends the request again, with the same
    `amz-sdk-invocation-id`. moto would refuse it, for example because the table is deleted already, and Terraform would end. So the second
    request gets the answer of the first. moto changes its records without locks, so it gets one request at a time."""
    serve = moto.server.run_simple
    moto.server.run_simple = lambda host, port, app, **given: serve(host, port, OneAnswer(app), **given)


class OneAnswer:
    """An application that answers a repeated request of an SDK like the first one, if the first one succeeded."""

    KEPT = 1000

    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()
        self.answers = OrderedDict()

    def __call__(self, environ, start_response):
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        # The body is read before the lock is taken, so that a slow client blocks nobody.
        environ["wsgi.input"] = BytesIO(whole_body(environ))
        with self.lock:
            answer = self.answers.get(call)
            if answer is None:
                body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
                answer = (status, list(headers), list(body))
                if call is not None and status.startswith("2"):
                    self.answers[call] = answer
                    if len(self.answers) > self.KEPT:
                        self.answers.popitem(last=False)
        status, headers, body = answer
        start_response(status, headers)
        return body


def whole_body(environ) -> bytes:
    """Returns the body of a request. If it is cut, the server sees a lost connection, and moto does not see the request."""
    if environ.get("wsgi.input_terminated"):
        return environ["wsgi.input"].read()
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    if len(body) < length:
        raise ConnectionResetError("the body of the request is cut")
    return body


def run_tasks_without_memory_of_containers() -> None:
    """On AWS a container of a Fargate task need not name its memory. moto requires it, because it looks for a machine with enough memory."""
    EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(
        lambda definition: {"CPU": 0, "MEMORY": 0, "PORTS": [], "PORTS_UDP": []}
    )


keep_descriptions_of_rules()
keep_rebalancing_of_services()
answer_repeated_requests_alike()
run_tasks_without_memory_of_containers()
moto.server.main(sys.argv[1:])
