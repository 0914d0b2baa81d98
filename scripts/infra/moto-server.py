"""Starts moto's server and makes it answer like AWS where Terraform would otherwise see a difference in every plan, or could not go on.
So the Terraform files in infra/ need nothing that exists only because of moto. docs/infra.md lists these changes."""

import os
import sys

# moto starts no task. With this variable it reports the one task of each service as running, as AWS does after a minute.
os.environ["MOTO_ECS_SERVICE_RUNNING"] = "1"

from moto.ec2.exceptions import InvalidPermissionDuplicateError, InvalidPermissionNotFoundError
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.models.vpcs import VPCBackend
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.server import main


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


def allow_repeated_deletions_of_endpoints() -> None:
    """moto fails at a second deletion of a gateway endpoint. AWS accepts it, and the SDK deletes again if an answer was lost."""
    delete = VPCBackend.delete_vpc_endpoints

    def once(self, vpce_ids=None):
        there = [one for one in vpce_ids or [] if one in self.vpc_end_points]
        delete(self, [one for one in there if self.vpc_end_points[one].state != "deleted"])

    VPCBackend.delete_vpc_endpoints = once


def allow_repeated_rules() -> None:
    """A rule that exists cannot be made again, and a rule that was removed cannot be removed again. But on a busy machine the SDK loses an
    answer now and then, and sends the request again. After an error, Terraform would end. So the answer to the second request is the rule
    that exists, or says that the rule is removed."""

    def allowing(call, is_egress):
        def authorize(self, **given):
            try:
                return call(self, **given)
            except InvalidPermissionDuplicateError:
                vpc = given.get("vpc_id")
                group = self.get_security_group_by_name_or_id(given["group_name_or_id"], vpc)
                groups = self._add_source_group(given.get("source_groups"), vpc)
                sides = (given["ip_ranges"], groups, given.get("prefix_list_ids") or [])
                ports = (given["ip_protocol"], group.group_id, given["from_port"], given["to_port"])
                wanted = list(self._iterate_security_rules(*ports, *sides, is_egress=is_egress))
                there = group.egress_rules if is_egress else group.ingress_rules
                return [rule for rule in there if rule in wanted], group

        return authorize

    def once(call):
        def revoke(self, *args, **given):
            try:
                call(self, *args, **given)
            except InvalidPermissionNotFoundError:
                pass

        return revoke

    backend = SecurityGroupBackend
    backend.revoke_security_group_egress = once(backend.revoke_security_group_egress)
    backend.revoke_security_group_ingress = once(backend.revoke_security_group_ingress)
    backend.authorize_security_group_egress = allowing(backend.authorize_security_group_egress, True)
    backend.authorize_security_group_ingress = allowing(backend.authorize_security_group_ingress, False)


def run_tasks_without_memory_of_containers() -> None:
    """On AWS a container of a Fargate task need not name its memory. moto requires it, because it looks for a machine with enough memory."""
    EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(
        lambda definition: {"CPU": 0, "MEMORY": 0, "PORTS": [], "PORTS_UDP": []}
    )


keep_descriptions_of_rules()
keep_rebalancing_of_services()
allow_repeated_deletions_of_endpoints()
allow_repeated_rules()
run_tasks_without_memory_of_containers()
main(sys.argv[1:])
