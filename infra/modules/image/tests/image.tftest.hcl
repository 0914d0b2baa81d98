mock_provider "aws" {}

variables {
  name = "longrun"
}

run "promises" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE"
    error_message = "A tag must not move to another image: a peer that restarts during a soak must be the same program."
  }

  assert {
    condition     = aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "Every pushed image must be scanned."
  }

  assert {
    condition     = [for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : try(rule.selection.tagPrefixList, rule.selection.tagStatus)] == [["peer-"], ["runner-"], "untagged"]
    error_message = "Each kind of image must expire by itself: new images of the runner must not remove the image of a peer that runs."
  }

  assert {
    condition     = aws_ecr_repository.this.force_delete
    error_message = "`make destroy` must be able to remove a repository that has images."
  }
}
