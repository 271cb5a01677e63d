package dev.sluice.gateway.ecr.lifecycle;

/** Texts of lifecycle policies. */
final class Policies {

  private Policies() {}

  /** Untagged images expire after so many days. */
  static String untaggedAfter(int days) {
    return """
        {"rules": [{"rulePriority": 1, "description": "untagged ones go", "selection": {"tagStatus": "untagged",
          "countType": "sinceImagePushed", "countUnit": "days", "countNumber": %d}, "action": {"type": "expire"}}]}
        """
        .formatted(days);
  }

  /** Only so many images stay. */
  static String newest(int count) {
    return """
        {"rules": [{"rulePriority": 7, "description": "only the newest stay", "selection": {"tagStatus": "any",
          "countType": "imageCountMoreThan", "countNumber": %d}, "action": {"type": "expire"}}]}
        """
        .formatted(count);
  }
}
