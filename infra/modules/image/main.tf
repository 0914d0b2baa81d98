# The repository of the longrun image that managed peers and the runner use. A tag can never be moved to another image.
resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"

  # `make destroy` removes the images too. An image can be built again from its commit.
  force_delete = true

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = var.kms_key_arn == null ? "AES256" : "KMS"
    kms_key         = var.kms_key_arn
  }

  tags = var.tags
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  # Each kind of image is counted by itself, so that many new images of the runner do not expire the image of a running peer.
  # Images with other tags are kept.
  policy = jsonencode({
    rules = concat([for index, kind in ["peer", "runner"] : {
      rulePriority = index + 1
      description  = "Keep the last twenty images of the ${kind}"
      selection    = { tagStatus = "tagged", tagPrefixList = ["${kind}-"], countType = "imageCountMoreThan", countNumber = 20 }
      action       = { type = "expire" }
      }], [{
      rulePriority = 3
      description  = "Images without a tag, a day after they were pushed"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 1 }
      action       = { type = "expire" }
    }])
  })
}
