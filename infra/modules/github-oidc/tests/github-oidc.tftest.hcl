# Tests who may assume the roles, and what the roles may do.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/longrun-boundary" }
  }
}

variables {
  name       = "longrun"
  region     = "eu-central-1"
  repository = "acme/line-control"
  state      = { bucket = "acme-state", key = "longrun/terraform.tfstate" }
}

run "promises" {
  assert {
    condition     = toset(flatten([for condition in tolist(data.aws_iam_policy_document.trust["apply"].statement)[0].condition : condition.values if endswith(condition.variable, ":sub")])) == toset(["repo:acme/line-control:environment:aws"])
    error_message = "Only a workflow in the environment that needs an approval may assume the apply role, not a pull request and not a branch."
  }

  assert {
    condition     = toset(flatten([for condition in tolist(data.aws_iam_policy_document.trust["plan"].statement)[0].condition : condition.values if endswith(condition.variable, ":sub")])) == toset(["repo:acme/line-control:pull_request", "repo:acme/line-control:ref:refs/heads/main"])
    error_message = "The plan role is for pull requests and the main branch."
  }

  assert {
    condition     = alltrue(flatten([for document in data.aws_iam_policy_document.trust : [for condition in tolist(document.statement)[0].condition : condition.test == "StringEquals"]]))
    error_message = "The trust policy must compare by equality: a pattern would let other repositories in."
  }

  assert {
    condition     = alltrue(flatten([for statement in data.aws_iam_policy_document.read.statement : [for action in statement.actions : can(regex(":(Describe|Get|List)", action))]]))
    error_message = "The plan role must only be able to read."
  }

  assert {
    condition     = length([for action in flatten([for statement in data.aws_iam_policy_document.read.statement : statement.actions]) : action if can(regex("^(logs:(Get|Filter)|dynamodb:(Get|Query|Scan|BatchGet)|secretsmanager|ssm|kms:Decrypt)", action))]) == 0
    error_message = "The plan role must read settings, but not contents."
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.keep_plan.statement : [statement.actions, statement.resources]] == [[toset(["s3:PutObject"]), toset(["arn:aws:s3:::acme-state/longrun/terraform.tfstate.plans/*"])]]
    error_message = "The plan role may write only saved plans, which are objects beside the state, and never the state."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.read.statement : toset(statement.resources) == toset(["arn:aws:s3:::acme-state/longrun/terraform.tfstate"]) if contains(statement.actions, "s3:GetObject")])
    error_message = "The only object that a plan reads is the state."
  }

  assert {
    condition     = length([for statement in data.aws_iam_policy_document.roles.statement : statement if contains(statement.actions == null ? [] : statement.actions, "iam:CreateRole") && contains(statement.condition[*].variable, "iam:PermissionsBoundary")]) == 1
    error_message = "A role may be created only with the boundary: otherwise a person who may apply could get any permission."
  }

  assert {
    condition     = length([for statement in data.aws_iam_policy_document.roles.statement : statement if statement.effect == "Deny" && contains(statement.resources, "arn:aws:iam::123456789012:role/longrun-github-apply")]) == 1
    error_message = "The apply role must not be able to change itself."
  }

  assert {
    condition = alltrue([for statement in data.aws_iam_policy_document.roles.statement : contains(statement.condition[*].variable, "aws:ResourceTag/Longrun")
    if statement.effect != "Deny" && length(setintersection(toset(statement.actions == null ? [] : statement.actions), toset(["iam:DeleteRole", "iam:PutRolePermissionsBoundary", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy"]))) > 0])
    error_message = "The apply role of longrun must not reach the roles of a deployment longrun-b, whose names begin with the same word: only its own roles have its tag."
  }

  assert {
    condition = alltrue([for statement in data.aws_iam_policy_document.network.statement : alltrue([for resource in statement.resources : strcontains(resource, ":security-group-rule/")])
    if statement.sid == "MakeTaggedRules"])
    error_message = "A tag in the request must allow the rule that has the tag, and never the group to which the rule is added."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.services.statement : !contains(statement.resources, "*") if statement.effect != "Deny" && !contains(["Metrics", "TaskDefinitions", "RegistryLogin"], statement.sid)])
    error_message = "The apply role may change only resources with the deployment's name."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.boundary.statement : !contains(statement.resources, "*") if statement.effect != "Deny" && !contains(["EncryptResults", "WithoutResource"], statement.sid)])
    error_message = "A role of this deployment must reach only its own log groups, functions, table and bucket, whatever policy the apply role gives it."
  }

  assert {
    condition     = !strcontains(jsonencode([for document in [data.aws_iam_policy_document.network, data.aws_iam_policy_document.services, data.aws_iam_policy_document.roles] : [for statement in document.statement : statement.condition[*].variable]]), "aws:CalledVia")
    error_message = "Cloud Map calls Route 53 as the caller itself, so a condition on aws:CalledVia never matches."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.network.statement : statement.actions if statement.sid == "InterfacesOfDeletedFunctions"])) == toset(["ec2:DeleteNetworkInterface", "ec2:DetachNetworkInterface"])
    error_message = "Without these permissions a function in a VPC cannot be destroyed: its interfaces have no tag of ours and hold its security group."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.network.statement : toset(statement.condition[*].variable) == toset(["route53:ChangeResourceRecordSetsNormalizedRecordNames"]) if contains(statement.actions, "route53:ChangeResourceRecordSets")])
    error_message = "The apply role may change records of the peers' names only, not of the account's other zones."
  }

  assert {
    condition     = length(setsubtract(toset(["servicediscovery:DeregisterInstance", "servicediscovery:ListInstances"]), toset(flatten([for statement in data.aws_iam_policy_document.network.statement : statement.actions])))) == 0
    error_message = "To destroy a service of Cloud Map, Terraform deregisters its last instances."
  }

  assert {
    condition     = aws_iam_role.apply.max_session_duration == 7200 && aws_iam_role.plan.max_session_duration == 3600
    error_message = "The workflow asks for a session of two hours to apply: the interfaces of functions alone can take 45 minutes to go."
  }

  assert {
    condition     = length(setsubtract(toset(["ec2:CreateTags", "ec2:CreateVpcEndpoint", "route53:AssociateVPCWithHostedZone"]), toset(flatten([for statement in data.aws_iam_policy_document.network.statement : statement.actions])))) == 0
    error_message = "CreateVpcEndpoint also needs its two dependent actions: without the association, EC2 refuses an endpoint with private names."
  }

  assert {
    condition     = contains(flatten([for statement in data.aws_iam_policy_document.read.statement : statement.actions]), "ecs:ListServiceDeployments")
    error_message = "Provider major 6 asks for a service's deployments while it waits for it."
  }

  assert {
    condition     = contains(flatten([for statement in data.aws_iam_policy_document.read.statement : [for condition in statement.condition : condition.values] if statement.sid == "FindState"]), "env:/")
    error_message = "OpenTofu lists the workspaces in the state's bucket at every init."
  }

  assert {
    condition     = length(setintersection(toset(flatten([for statement in data.aws_iam_policy_document.boundary.statement : statement.actions if statement.effect != "Deny"])), toset(["iam:PassRole", "sts:AssumeRole", "lambda:UpdateFunctionCode", "s3:GetObject"]))) == 0 && alltrue([for action in flatten([for statement in data.aws_iam_policy_document.boundary.statement : statement.actions if statement.effect != "Deny"]) : !strcontains(action, "*")])
    error_message = "The boundary must list what functions and tasks need, action by action."
  }
}

run "leaves_other_deployments_alone" {
  assert {
    condition     = alltrue([for document in [data.aws_iam_policy_document.services, data.aws_iam_policy_document.boundary] : length([for statement in document.statement : statement if statement.effect == "Deny" && toset(statement.resources) == toset(["*"]) && toset([for condition in statement.condition : "${condition.test} ${condition.variable} ${join(",", condition.values)}"]) == toset(["Null aws:ResourceTag/Longrun false", "StringNotEquals aws:ResourceTag/Longrun longrun"])]) == 1])
    error_message = "What has the tag of a deployment longrun-b must be denied to longrun, although its name begins with longrun-. The condition on Null keeps what has no tag allowed."
  }

  assert {
    condition = length(setsubtract(
      toset([for action in flatten([for statement in data.aws_iam_policy_document.services.statement : statement.actions if statement.effect != "Deny"]) : "${split(":", action)[0]}:*" if !startswith(action, "kms:")]),
      toset(flatten([for statement in data.aws_iam_policy_document.services.statement : statement.actions if statement.effect == "Deny"])),
    )) == 0
    error_message = "Every service whose resources are limited by names must be in the denial."
  }
}

run "decrypts_a_state_with_a_key" {
  variables {
    state = { bucket = "acme-state", key = "longrun/terraform.tfstate", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }

  assert {
    condition = { for name, document in { read = data.aws_iam_policy_document.read, plan = data.aws_iam_policy_document.keep_plan, apply = data.aws_iam_policy_document.services } : name => one([for statement in document.statement : [statement.actions, statement.resources] if anytrue([for action in statement.actions : startswith(action, "kms:")])]) } == {
      read  = [toset(["kms:Decrypt"]), toset(["arn:aws:kms:eu-central-1:123456789012:key/1"])]
      plan  = [toset(["kms:GenerateDataKey"]), toset(["arn:aws:kms:eu-central-1:123456789012:key/1"])]
      apply = [toset(["kms:GenerateDataKey"]), toset(["arn:aws:kms:eu-central-1:123456789012:key/1"])]
    }
    error_message = "S3 decrypts and encrypts the state with the permissions of the role."
  }
}

run "trusts_a_subject_with_ids" {
  variables {
    subject_prefix = "repo:acme@5544123/line-control@821093847"
  }

  assert {
    condition     = toset(flatten([for document in data.aws_iam_policy_document.trust : [for condition in tolist(document.statement)[0].condition : condition.values if endswith(condition.variable, ":sub")]])) == toset(["repo:acme@5544123/line-control@821093847:environment:aws", "repo:acme@5544123/line-control@821093847:pull_request", "repo:acme@5544123/line-control@821093847:ref:refs/heads/main"])
    error_message = "The subject of a repository that was created since July 2026 has the ids of owner and repository: without them no workflow gets a session."
  }
}

run "refuses_the_subject_of_another_repository" {
  command = plan

  variables {
    subject_prefix = "repo:evil@5544123/line-control@821093847"
  }

  expect_failures = [var.subject_prefix]
}

run "refuses_a_subject_with_a_pattern" {
  command = plan

  variables {
    subject_prefix = "repo:acme@*/line-control@*"
  }

  expect_failures = [var.subject_prefix]
}

run "refuses_a_subject_with_one_id" {
  command = plan

  variables {
    subject_prefix = "repo:acme@5544123/line-control"
  }

  expect_failures = [var.subject_prefix]
}

run "takes_the_account_s_provider" {
  variables {
    existing_provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.this) == 0
    error_message = "An account has one provider for GitHub: an existing one must be used."
  }
}

run "refuses_patterns" {
  command = plan

  variables {
    repository  = "acme/*"
    branch      = "release/*"
    environment = "*"
  }

  expect_failures = [var.repository, var.branch, var.environment]
}

run "refuses_another_provider" {
  command = plan

  variables {
    existing_provider_arn = "arn:aws:iam::123456789012:oidc-provider/example.com"
  }

  expect_failures = [var.existing_provider_arn]
}
