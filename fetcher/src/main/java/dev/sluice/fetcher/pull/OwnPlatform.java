package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import java.util.List;

/** What this machine would pull of an image. */
final class OwnPlatform {

  private OwnPlatform() {}

  /**
   * The platforms of a rule; of one that brings in only what clients ask for, what a client on this
   * machine would ask for: who wants an image wants more of it than its index.
   */
  static Platforms inPlaceOfNone(Platforms ofRule) {
    return ofRule instanceof Platforms.Requested
        ? new Platforms.Only(List.of(new Platform("linux", architecture(), "")))
        : ofRule;
  }

  /** As the OCI image spec has it, after Go's GOARCH. */
  private static String architecture() {
    String own = System.getProperty("os.arch");
    return switch (own) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> own;
    };
  }
}
