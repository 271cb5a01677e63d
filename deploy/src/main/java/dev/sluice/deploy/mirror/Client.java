package dev.sluice.deploy.mirror;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A program that can be told to pull through mirrors. */
public enum Client {
  /** Kubernetes nodes, nerdctl, {@code ctr}. */
  CONTAINERD,
  /** The daemon, which has mirrors for Docker Hub only. */
  DOCKER,
  /** And CRI-O, skopeo, buildah. */
  PODMAN,
  /** The daemon of {@code docker buildx} and {@code buildctl}. */
  BUILDKIT;

  /** The client of a name, in lower case. */
  public static Optional<Client> named(String word) {
    return Arrays.stream(values())
        .filter(client -> client.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  /** Its files, with a line before each that says where it goes; ends with a line end. */
  public String configuration(Cache cache) {
    return switch (this) {
      case CONTAINERD -> ContainerdHosts.text(cache);
      case DOCKER -> DockerDaemon.text(cache);
      case PODMAN -> PodmanRegistries.text(cache);
      case BUILDKIT -> BuildKitDaemon.text(cache);
    };
  }
}
