package dev.sluice.storage.s3;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Blobs as objects of a bucket. The bucket is the only truth: there is no index beside it. What is
 * asked while the server is overloaded is asked again within a bounded time.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {

  private static final Duration LONGEST_LINK = Duration.ofSeconds(60);

  private final S3Keys keys;
  private final S3Calls calls;
  private final S3Objects objects;
  private final S3Presigner presigner;

  /** Asks nobody yet. */
  public S3BlobStore(S3Settings settings) {
    this(settings, S3Timings.DEFAULT);
  }

  /** Asks nobody yet. */
  public S3BlobStore(S3Settings settings, S3Timings timings) {
    keys = new S3Keys(settings.prefix());
    calls = new S3Calls(settings, timings);
    objects = new S3Objects(calls, keys);
    presigner = new S3Clients(settings, timings).presigner();
  }

  @Override
  public OptionalLong find(Digest digest) throws IOException {
    return objects
        .size("look for " + digest, digest)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    try {
      // No range can be asked for that begins at the end: RFC 9110, section 14.1.2.
      return offset > 0 && offset == find(digest).orElse(-1)
          ? InputStream.nullInputStream()
          : objects.open(digest, offset);
    } catch (S3Trouble trouble) {
      if (trouble.isMissing() && !trouble.isBucketMissing()) {
        throw (IOException) new NoSuchFileException(digest.toString()).initCause(trouble);
      }
      throw trouble;
    }
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) {
    return new S3BlobWriter(objects, digest, size);
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    boolean wasThere = find(digest).isPresent();
    if (wasThere) {
      objects.delete(digest);
    }
    return wasThere;
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    String token = null;
    do {
      ListObjectsV2Request page =
          ListObjectsV2Request.builder()
              .bucket(calls.bucket)
              .prefix(keys.all())
              .continuationToken(token)
              .build();
      ListObjectsV2Response shown =
          calls.answer("list its blobs", calls.client.listObjectsV2(page));
      shown.contents().forEach(object -> show(object, visitor));
      token = shown.nextContinuationToken();
    } while (token != null);
  }

  private void show(S3Object object, Consumer<AtRest> visitor) {
    keys.read(object.key())
        .map(digest -> new AtRest(digest, object.size(), object.lastModified()))
        .ifPresent(visitor);
  }

  /**
   * A URL by which anybody can read this one blob with GET, whether it is there or not; empty where
   * nothing can be signed now.
   *
   * @param life of the URL, at most 60 s
   */
  public Optional<URI> link(Digest digest, Duration life) {
    if (life.compareTo(LONGEST_LINK) > 0) {
      throw new IllegalArgumentException("a link may live for 60 s, not " + life);
    }
    try {
      String url =
          presigner
              .presignGetObject(
                  link ->
                      link.signatureDuration(life)
                          .getObjectRequest(get -> get.bucket(calls.bucket).key(keys.of(digest))))
              .url()
              .toString();
      return Optional.of(URI.create(url));
    } catch (SdkException unsigned) {
      return Optional.empty();
    }
  }

  /** What nobody goes on with among the uploads under this store's prefix. */
  AbandonedUploads abandoned() {
    return new AbandonedUploads(objects);
  }

  @Override
  public void close() {
    presigner.close();
    calls.close();
  }
}
