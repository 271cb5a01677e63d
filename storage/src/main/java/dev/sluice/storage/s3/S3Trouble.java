package dev.sluice.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * What a server did not do. The message says what happened and what to do, in words that hold no
 * secret and no signed URL: nothing of the SDK's own messages is in it.
 */
final class S3Trouble extends IOException {

  private static final int NOT_FOUND = 404;

  private final int status;
  private final String code;

  private S3Trouble(String message, int status, String code, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
  }

  /** Something that the server did other than it should, as this says. */
  static S3Trouble saying(String deed, String place, String why) {
    return new S3Trouble(message(deed, place, why), 0, "", null);
  }

  /**
   * What an exception means.
   *
   * @param deed what was to be done, such as {@code store sha256:...}
   */
  static S3Trouble of(String deed, String place, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof AwsServiceException refusal) {
      String code =
          Optional.ofNullable(refusal.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
      String why = S3Words.refused(refusal.statusCode(), code);
      return new S3Trouble(message(deed, place, why), refusal.statusCode(), code, cause);
    }
    return new S3Trouble(message(deed, place, unanswered(cause)), 0, "", cause);
  }

  private static String message(String deed, String place, String why) {
    return "cannot " + deed + " (" + place + "): " + why;
  }

  private static Throwable unwrapped(Throwable failure) {
    boolean wraps = failure instanceof ExecutionException || failure instanceof CompletionException;
    return wraps && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
  }

  private static String unanswered(Throwable failure) {
    if (causes(failure).anyMatch(S3Trouble::isLate)) {
      return S3Words.LATE;
    }
    if (causes(failure).anyMatch(cause -> cause instanceof UnknownHostException)) {
      return S3Words.NO_HOST;
    }
    if (causes(failure).anyMatch(cause -> cause instanceof ConnectException)) {
      return S3Words.NO_SERVER;
    }
    // The SDK has no type of its own for it.
    return String.valueOf(failure.getMessage()).contains("load credentials")
        ? S3Words.NO_CREDENTIALS
        : S3Words.BROKEN;
  }

  private static boolean isLate(Throwable cause) {
    return cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException
        || cause instanceof TimeoutException
        || String.valueOf(cause.getMessage()).contains("timed out");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  /** Whether the server has no such object, upload or bucket. */
  boolean isMissing() {
    return status == NOT_FOUND;
  }

  /** Whether there is not even the bucket, where the server says that. */
  boolean isBucketMissing() {
    return code.equals("NoSuchBucket");
  }
}
