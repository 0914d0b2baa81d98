# The rules for Terraform itself that come with tflint; the AWS rule set must be downloaded and is not used.
plugin "terraform" {
  enabled = true
  preset  = "all"
}
