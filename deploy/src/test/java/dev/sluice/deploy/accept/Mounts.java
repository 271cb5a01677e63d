package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The mount points of this machine, as far as they lie in a test's folder. */
final class Mounts {
  private static final int MOUNT_POINT = 1;

  private Mounts() {}

  /** Detaches everything still mounted at or under the folder, innermost first. */
  static void detachUnder(Path folder) throws IOException {
    var umount = new Tool(List.of("umount", "--lazy"), Map.of(), folder.resolve("log"));
    for (String mountPoint : under(folder).reversed()) {
      umount.succeed(mountPoint);
    }
  }

  private static List<String> under(Path folder) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/mounts"))) {
      return lines
          .map(line -> line.split(" ")[MOUNT_POINT])
          .filter(mountPoint -> Path.of(mountPoint).startsWith(folder))
          .toList();
    }
  }
}
