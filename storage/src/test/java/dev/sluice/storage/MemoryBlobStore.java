package dev.sluice.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Blobs in memory, for tests. */
public class MemoryBlobStore implements BlobStore {

  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

  /** Has these bytes under this name from now on, whatever they are. */
  public void replace(Digest digest, byte[] bytes) {
    blobs.put(digest, bytes);
  }

  @Override
  public OptionalLong find(Digest digest) throws IOException {
    byte[] bytes = blobs.get(digest);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      throw new NoSuchFileException(digest.toString());
    }
    int from = Math.toIntExact(offset);
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return new Writer(digest, size);
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    return blobs.remove(digest) != null;
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    blobs.forEach(
        (digest, bytes) -> visitor.accept(new AtRest(digest, bytes.length, Instant.EPOCH)));
  }

  private final class Writer implements BlobWriter {

    private final Digest digest;
    private final OptionalLong size;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writer(Digest digest, OptionalLong size) {
      this.digest = digest;
      this.size = size;
    }

    @Override
    public void write(ByteBuffer[] more) {
      for (ByteBuffer buffer : more) {
        byte[] chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
      }
    }

    @Override
    public long written() {
      return bytes.size();
    }

    @Override
    public Verdict commit() {
      byte[] all = bytes.toByteArray();
      if (size.orElse(all.length) != all.length) {
        return new Verdict.Wrong("it has " + all.length + " bytes");
      }
      var hasher = digest.algorithm().hasher();
      hasher.update(all);
      if (!Digest.of(digest.algorithm(), hasher).equals(digest)) {
        return new Verdict.Wrong("it is another blob");
      }
      blobs.put(digest, all);
      return new Verdict.Right();
    }

    @Override
    public void abort() {
      bytes.reset();
    }
  }
}
