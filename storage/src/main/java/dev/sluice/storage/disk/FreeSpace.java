package dev.sluice.storage.disk;

import java.io.IOException;

/** What a disk has left, whoever takes it. */
@FunctionalInterface
interface FreeSpace {

  /** In bytes. */
  long bytes() throws IOException;
}
