package dev.sluice.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A server with buckets: one within this process over a folder, or else the one at the address that
 * the system property {@code sluice.test.s3} names, which knows whom the SDK finds credentials for.
 */
public final class S3Server implements AutoCloseable {

  /** Of who owns every bucket here. */
  static final S3Settings.Credentials OWNER = new S3Settings.Credentials("ak-ak-ak", "sk-sk-sk");

  private static final Optional<URI> GIVEN =
      Optional.ofNullable(System.getProperty("sluice.test.s3")).map(URI::create);
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final Optional<S3Proxy> own;
  private final URI endpoint;

  private S3Server(Optional<S3Proxy> own, URI endpoint) {
    this.own = own;
    this.endpoint = endpoint;
  }

  /** One that is empty, or the given one. */
  public static S3Server start(Path folder) throws Exception {
    return GIVEN.isPresent() ? new S3Server(Optional.empty(), GIVEN.get()) : startOwn(folder);
  }

  /** One within this process. */
  static S3Server startOwn(Path folder) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", OWNER.accessKey());
    properties.setProperty("s3proxy.credential", OWNER.secretKey());
    S3Proxy proxy =
        S3Proxy.Builder.fromProperties(properties)
            .blobStore(new FilesystemNio2BlobStore(Files.createDirectories(folder).toString()))
            .ignoreUnknownHeaders(true)
            .build();
    proxy.start();
    return new S3Server(Optional.of(proxy), URI.create("http://127.0.0.1:" + proxy.getPort()));
  }

  URI endpoint() {
    return endpoint;
  }

  /** How a new and empty bucket is reached. */
  public S3Settings bucket() throws IOException {
    String name = "sluice-" + ProcessHandle.current().pid() + '-' + BUCKETS.incrementAndGet();
    S3Settings settings = settings(name);
    try (S3Calls calls = calls(settings)) {
      calls.answer("make a bucket", calls.client.createBucket(request -> request.bucket(name)));
    }
    return settings;
  }

  /** How a bucket is reached. */
  S3Settings settings(String bucket) {
    return new S3Settings(
        bucket,
        "some/where/",
        Optional.of(endpoint),
        "us-east-1",
        true,
        own.map(knowsOnlyItsOwner -> OWNER));
  }

  /** How somebody reaches the same bucket at another address. */
  static S3Settings through(URI endpoint, S3Settings bucket, S3Settings.Credentials who) {
    return new S3Settings(
        bucket.bucket(),
        bucket.prefix(),
        Optional.of(endpoint),
        bucket.region(),
        bucket.pathStyle(),
        Optional.of(who));
  }

  /** To do by hand what the store has no method for. */
  static S3Calls calls(S3Settings settings) {
    return new S3Calls(settings, S3Timings.DEFAULT);
  }

  /** How many uploads of a bucket were begun and not ended. */
  static int unfinished(S3Settings settings) throws IOException {
    try (S3Calls calls = calls(settings)) {
      return (int)
          calls
              .answer(
                  "list uploads",
                  calls.client.listMultipartUploads(request -> request.bucket(calls.bucket)))
              .uploads()
              .stream()
              .map(MultipartUpload::uploadId)
              .count();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (own.isPresent()) {
        own.get().stop();
      }
    } catch (Exception unstoppable) {
      throw new IOException("the server of the tests does not stop", unstoppable);
    }
  }
}
