package dev.sluice.storage.s3;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The objects that blobs are in a bucket, and what is asked about each. */
final class S3Objects {

  /** Of an object's metadata: the whole digest of what it holds. */
  private static final String DIGEST = "sluice-digest";

  final S3Calls calls;
  final S3Keys keys;

  /** Ids of the uploads that this process has begun and not ended. */
  private final Set<String> uploading = ConcurrentHashMap.newKeySet();

  S3Objects(S3Calls calls, S3Keys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  /** What a blob's object has for a size; empty where there is none. */
  Optional<Long> size(String deed, Digest digest) throws IOException {
    try {
      HeadObjectResponse head =
          calls.answer(
              deed,
              calls.quick.headObject(
                  request ->
                      request
                          .bucket(calls.bucket)
                          .key(keys.of(digest))
                          .overrideConfiguration(
                              look -> look.apiCallTimeout(calls.timings.look()))));
      String named = head.metadata().getOrDefault(DIGEST, digest.toString());
      return named.equals(digest.toString()) ? Optional.of(head.contentLength()) : Optional.empty();
    } catch (S3Trouble trouble) {
      if (trouble.isMissing() && !trouble.isBucketMissing()) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  /** Opens what comes after the offset, which lies within the object. */
  InputStream open(Digest digest, long offset) throws IOException {
    return new ObjectStream(
        from -> body(digest, from), offset, failure -> calls.broken("read " + digest, failure));
  }

  private ResponseInputStream<GetObjectResponse> body(Digest digest, long offset)
      throws IOException {
    String deed = "read " + digest;
    // The call's time-out would cut a stream that is read slowly; silence is bounded all the same.
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(calls.bucket)
            .key(keys.of(digest))
            .overrideConfiguration(stream -> stream.apiCallTimeout(Duration.ofDays(1)));
    if (offset > 0) {
      request.range("bytes=" + offset + '-');
    }
    ResponseInputStream<GetObjectResponse> body =
        calls.answer(
            deed,
            calls.quick.getObject(
                request.build(), AsyncResponseTransformer.toBlockingInputStream()),
            calls.timings.call());
    String range = body.response().contentRange();
    if (offset > 0 && (range == null || !range.startsWith("bytes " + offset + '-'))) {
      body.abort();
      throw calls.unexpected(deed, "the server does not heed ranges; use one that does");
    }
    return body;
  }

  /** Stores a small object in one go. */
  void put(Digest digest, PartBuffer bytes) throws IOException {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(calls.bucket)
            .key(keys.of(digest))
            .contentLength(bytes.length())
            .metadata(metadata(digest))
            .overrideConfiguration(
                S3Calls.within(calls.timings.transfer(), calls.timings.attempt()))
            .build();
    calls.answer("store " + digest, calls.client.putObject(request, bytes.body()));
  }

  /** Begins an object in parts. */
  MultipartUpload begin(Digest digest) throws IOException {
    String key = keys.of(digest);
    String deed = "store " + digest;
    String id =
        calls
            .answer(
                deed,
                calls.client.createMultipartUpload(
                    request -> request.bucket(calls.bucket).key(key).metadata(metadata(digest))))
            .uploadId();
    uploading.add(id);
    return new MultipartUpload(calls, deed, key, id);
  }

  private static Map<String, String> metadata(Digest digest) {
    return Map.of(DIGEST, digest.toString());
  }

  /** Says that an upload has ended, one way or the other. */
  void ended(MultipartUpload upload) {
    uploading.remove(upload.id());
  }

  /** Whether this process is sending that. */
  boolean isUploading(String id) {
    return uploading.contains(id);
  }

  /** Drops an object, if it is there. */
  void delete(Digest digest) throws IOException {
    calls.answer(
        "drop " + digest,
        calls.client.deleteObject(request -> request.bucket(calls.bucket).key(keys.of(digest))));
  }
}
