package dev.sluice.storage.s3;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob being sent: while one part is on its way the next one is put together, and no third is in
 * memory. What fits into one part is sent when it is known to be right.
 */
final class S3BlobWriter implements BlobWriter {

  private static final Logger LOG = LoggerFactory.getLogger(S3BlobWriter.class);

  /** At least 5 MiB is asked for; 10 000 of these are more than 52 000 MiB. */
  static final long PART = 8 << 20;

  private final S3Objects objects;
  private final Digest digest;
  private final OptionalLong size;
  private final MessageDigest hasher;
  private final long partBytes;
  private PartBuffer filling;
  private PartBuffer sending;
  private MultipartUpload upload;
  private long written;

  /**
   * @param size what the blob must come to; empty where only its digest is known
   */
  S3BlobWriter(S3Objects objects, Digest digest, OptionalLong size) {
    this.objects = objects;
    this.digest = digest;
    this.size = size;
    this.hasher = digest.algorithm().hasher();
    this.partBytes = Math.max(PART, size.orElse(0) / MultipartUpload.MOST_PARTS + 1);
    this.filling = buffer();
  }

  private PartBuffer buffer() {
    return new PartBuffer(Math.min(partBytes, size.orElse(partBytes)));
  }

  @Override
  public void write(ByteBuffer[] bytes) throws IOException {
    for (ByteBuffer buffer : bytes) {
      written += buffer.remaining();
      hasher.update(buffer.duplicate());
      if (isTooLong()) {
        buffer.position(buffer.limit());
      }
      while (buffer.hasRemaining()) {
        if (filling.isFull()) {
          send();
        }
        filling.take(buffer);
      }
    }
  }

  private boolean isTooLong() {
    return size.isPresent() && written > size.getAsLong();
  }

  private void send() throws IOException {
    if (upload == null) {
      upload = objects.begin(digest);
      sending = buffer();
    }
    upload.send(filling);
    PartBuffer sent = sending;
    sending = filling;
    filling = sent;
    filling.clear();
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public Verdict commit() {
    try {
      Optional<Verdict> wrong = wrong();
      if (wrong.isPresent()) {
        return wrong.get();
      }
      publish();
      return new Verdict.Right();
    } catch (IOException failure) {
      return new Verdict.Unkept(failure.getMessage());
    } finally {
      abort();
    }
  }

  private Optional<Verdict> wrong() {
    if (size.isPresent() && size.getAsLong() != written) {
      return Optional.of(
          new Verdict.Wrong("got " + written + " of " + size.getAsLong() + " bytes"));
    }
    Digest found = Digest.of(digest.algorithm(), hasher);
    return found.equals(digest)
        ? Optional.empty()
        : Optional.of(new Verdict.Wrong("the bytes are " + found));
  }

  private void publish() throws IOException {
    if (upload == null) {
      objects.put(digest, filling);
    } else {
      upload.send(filling);
      complete();
    }
    if (!isThere()) {
      objects.delete(digest);
      throw objects.calls.unexpected(
          "store " + digest, "the server kept other bytes than it was sent; see its own log");
    }
  }

  /** An answer that was lost is no failure: asked again, the server knows no such upload. */
  private void complete() throws IOException {
    try {
      upload.complete();
      objects.ended(upload);
      upload = null;
    } catch (S3Trouble lost) {
      if (!isThere()) {
        throw lost;
      }
    }
  }

  private boolean isThere() throws IOException {
    return objects.size("confirm " + digest, digest).equals(Optional.of(written));
  }

  @Override
  public void abort() {
    if (upload == null) {
      return;
    }
    // A thread that was told to stop must clear up all the same.
    boolean stopped = Thread.interrupted();
    try {
      upload.abort();
    } catch (IOException stuck) {
      if (!(stuck instanceof S3Trouble trouble && trouble.isMissing())) {
        LOG.debug(
            "parts of {} stay there until they are cleared up: {}", digest, stuck.getMessage());
      }
    } finally {
      objects.ended(upload);
      upload = null;
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
