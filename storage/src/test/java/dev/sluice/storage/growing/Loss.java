package dev.sluice.storage.growing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What befalls the file of a blob and leaves nothing that could be a blob. */
enum Loss {
  SYMLINK {
    @Override
    void befall(Path file) throws IOException {
      Path elsewhere = file.resolveSibling("elsewhere");
      Files.move(file, elsewhere);
      Files.createSymbolicLink(file, elsewhere);
    }
  },
  EMPTY {
    @Override
    void befall(Path file) throws IOException {
      Files.write(file, new byte[0]);
    }
  },
  FOLDER {
    @Override
    void befall(Path file) throws IOException {
      Files.delete(file);
      Files.createDirectories(file.resolve("something"));
    }
  },
  GONE {
    @Override
    void befall(Path file) throws IOException {
      Files.delete(file);
    }
  };

  abstract void befall(Path file) throws IOException;
}
