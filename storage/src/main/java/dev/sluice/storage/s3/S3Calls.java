package dev.sluice.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A bucket to ask, and how its answers are waited for. */
final class S3Calls implements AutoCloseable {

  final S3AsyncClient client;

  /** Gives up sooner. */
  final S3AsyncClient quick;

  /** Bears a silent server for long. */
  final S3AsyncClient patient;

  final S3Timings timings;
  final String bucket;
  private final String place;

  S3Calls(S3Settings settings, S3Timings timings) {
    S3Clients clients = new S3Clients(settings, timings);
    this.client = clients.client();
    this.quick = clients.quickClient();
    this.patient = clients.patientClient();
    this.timings = timings;
    this.bucket = settings.bucket();
    this.place = settings.place();
  }

  /**
   * Waits for an answer, which the client itself bounds in time.
   *
   * @param deed in the words of a message, such as {@code store sha256:...}
   */
  <T> T answer(String deed, CompletableFuture<T> asked) throws IOException {
    return answer(deed, asked, timings.transfer().plus(timings.silence()));
  }

  /** Waits for an answer for so long. */
  <T> T answer(String deed, CompletableFuture<T> asked, Duration within) throws IOException {
    try {
      return asked.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("was told to stop before it could " + deed);
    } catch (ExecutionException | TimeoutException failure) {
      asked.cancel(true);
      throw S3Trouble.of(deed, place, failure);
    }
  }

  /** An answer that is not what it should be. */
  S3Trouble unexpected(String deed, String why) {
    return S3Trouble.saying(deed, place, why);
  }

  /** What an exception on the way of a body means. */
  S3Trouble broken(String deed, Throwable failure) {
    return S3Trouble.of(deed, place, failure);
  }

  /** For a call that is waited for no longer than this. */
  static AwsRequestOverrideConfiguration within(Duration all, Duration attempt) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(all)
        .apiCallAttemptTimeout(attempt)
        .build();
  }

  @Override
  public void close() {
    client.close();
    quick.close();
    patient.close();
  }
}
