package dev.sluice.storage.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An object on its way in parts, one of them at a time. Nothing of it is visible before {@link
 * #complete}.
 */
final class MultipartUpload {

  /** Amazon S3 user guide, "Amazon S3 multipart upload limits". */
  static final int MOST_PARTS = 10_000;

  private final S3Calls calls;
  private final String deed;
  private final String key;
  private final String id;
  private final List<CompletedPart> parts = new ArrayList<>();
  private CompletableFuture<UploadPartResponse> underWay;

  /**
   * One that the server knows by this id.
   *
   * @param deed in the words of a message
   */
  MultipartUpload(S3Calls calls, String deed, String key, String id) {
    this.calls = calls;
    this.deed = deed;
    this.key = key;
    this.id = id;
  }

  String id() {
    return id;
  }

  /**
   * Waits until the part before this one is there, and begins to send this one, which must not be
   * changed before the next call has returned.
   */
  void send(PartBuffer part) throws IOException {
    arrive();
    int number = parts.size() + 1;
    if (number > MOST_PARTS) {
      throw calls.unexpected(deed, "it has more parts than an upload can have");
    }
    underWay =
        calls.client.uploadPart(
            UploadPartRequest.builder()
                .bucket(calls.bucket)
                .key(key)
                .uploadId(id)
                .partNumber(number)
                .contentLength(part.length())
                .overrideConfiguration(
                    S3Calls.within(calls.timings.transfer(), calls.timings.attempt()))
                .build(),
            part.body());
  }

  private void arrive() throws IOException {
    if (underWay != null) {
      UploadPartResponse there = calls.answer(deed, underWay);
      underWay = null;
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(there.eTag()).build());
    }
  }

  /** Makes one object of the parts. */
  void complete() throws IOException {
    arrive();
    Duration most = calls.timings.completion();
    calls.answer(
        deed,
        calls.patient.completeMultipartUpload(
            request ->
                request
                    .bucket(calls.bucket)
                    .key(key)
                    .uploadId(id)
                    .multipartUpload(all -> all.parts(parts))
                    .overrideConfiguration(patience -> patience.apiCallTimeout(most))),
        most.plus(calls.timings.silence()));
  }

  /** Drops the parts at the server. */
  void abort() throws IOException {
    if (underWay != null) {
      underWay.cancel(true);
    }
    calls.answer(
        "drop what was sent of it",
        calls.client.abortMultipartUpload(
            request -> request.bucket(calls.bucket).key(key).uploadId(id)));
  }
}
