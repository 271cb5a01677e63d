package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;

import dev.sluice.storage.disk.SomeBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What befalls the file of a {@link ServedBlob} and leaves a file that could be a blob. */
enum Damage {
  ALTERED {
    @Override
    void befall(Path file) throws IOException {
      alter(file, 1_500_000);
    }
  },
  ALTERED_IN_ITS_LAST_BYTE {
    @Override
    void befall(Path file) throws IOException {
      alter(file, BYTES.length - 1);
    }
  },
  TRUNCATED {
    @Override
    void befall(Path file) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(BYTES.length - 1);
      }
    }
  },
  LONGER {
    @Override
    void befall(Path file) throws IOException {
      Files.write(file, new byte[1], StandardOpenOption.APPEND);
    }
  },
  ANOTHER_BLOB {
    @Override
    void befall(Path file) throws IOException {
      Path other = file.resolveSibling("other");
      Files.write(other, SomeBlobs.bytes(2, BYTES.length));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }
  };

  abstract void befall(Path file) throws IOException;

  private static void alter(Path file, int at) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (BYTES[at] ^ 1)}), at);
    }
  }
}
