package dev.sluice.storage.s3;

/** What goes wrong with a bucket, and what to do then, in words for people. */
final class S3Words {

  static final String LATE =
      "no answer in time; see whether the server runs, whether storage.s3.endpoint is right, and"
          + " whether the network lets this node to it";
  static final String NO_HOST =
      "its host is not known; correct storage.s3.endpoint, or see to the name server";
  static final String NO_SERVER =
      "nothing accepts connections there; start the server, or correct storage.s3.endpoint";
  static final String NO_CREDENTIALS =
      "no credentials; give storage.s3.accessKeyFile and secretKeyFile, or a role to this machine";
  static final String BROKEN = "the connection broke off; it is tried again later";

  private static final String RIGHTS =
      "; give these credentials the rights on bucket and prefix that docs/storage.md lists";

  private S3Words() {}

  /**
   * Why a server refused.
   *
   * @param code as in "Error responses" of the Amazon S3 API reference; empty where the answer has
   *     no body, as those to HEAD
   */
  static String refused(int status, String code) {
    String answer = "the server answers " + status + (code.isEmpty() ? "" : ' ' + code);
    return answer
        + switch (code) {
          case "NoSuchBucket" -> "; make the bucket, or correct storage.s3.bucket";
          case "InvalidAccessKeyId" -> "; correct the content of storage.s3.accessKeyFile";
          case "SignatureDoesNotMatch" -> "; correct the content of storage.s3.secretKeyFile";
          case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
              "; the credentials are no longer good, renew them";
          case "RequestTimeTooSkewed" -> "; set this machine's clock";
          case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint" ->
              "; the bucket is elsewhere, correct storage.s3.region or endpoint";
          default -> byStatus(status);
        };
  }

  private static String byStatus(int status) {
    return switch (status) {
      case 301, 307 -> "; the bucket is elsewhere, correct storage.s3.region or endpoint";
      case 401, 403 -> RIGHTS;
      case 404 -> "; it has no such object, upload or bucket";
      case 429, 500, 502, 503, 504 -> "; it is overloaded or broken, and is asked again later";
      default -> "; see the server's own log";
    };
  }
}
