package dev.sluice.storage.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Bytes that are put together to be sent at once. Grows as they come, and is used again. */
final class PartBuffer {

  /** Small, since each is copied once more on its way to the socket. */
  private static final int CHUNK = 64 << 10;

  private final long capacity;
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private long length;

  PartBuffer(long capacity) {
    this.capacity = capacity;
  }

  boolean isFull() {
    return length == capacity;
  }

  long length() {
    return length;
  }

  /** Takes as many of these bytes as there is room for. */
  void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !isFull()) {
      ByteBuffer chunk = chunkAt(Math.toIntExact(length / CHUNK));
      int count = Math.min(bytes.remaining(), chunk.remaining());
      chunk.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      length += count;
    }
  }

  private ByteBuffer chunkAt(int place) {
    if (place == chunks.size()) {
      long room = capacity - (long) place * CHUNK;
      chunks.add(ByteBuffer.allocate((int) Math.min(CHUNK, room)));
    }
    return chunks.get(place);
  }

  /** Forgets the bytes, and keeps the room. */
  void clear() {
    chunks.forEach(ByteBuffer::clear);
    length = 0;
  }

  /** What is here, to be sent as often as it takes; not to be changed meanwhile. */
  AsyncRequestBody body() {
    ByteBuffer[] filled =
        chunks.stream()
            .filter(chunk -> chunk.position() > 0)
            .map(chunk -> chunk.asReadOnlyBuffer().flip())
            .toArray(ByteBuffer[]::new);
    return filled.length == 0
        ? AsyncRequestBody.empty()
        : AsyncRequestBody.fromByteBuffersUnsafe(filled);
  }
}
