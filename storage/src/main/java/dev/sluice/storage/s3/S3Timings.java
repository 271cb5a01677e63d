package dev.sluice.storage.s3;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect for a connection
 * @param silence in which neither side of a connection says anything
 * @param look for a look at one object, attempts and all: somebody waits for it
 * @param call for any other call without bytes, attempts and all
 * @param attempt for one attempt to send a part
 * @param transfer for a part, attempts and all
 * @param completion for a server to make one object of its parts, attempts and all
 * @param attempts at most, the first one included
 */
public record S3Timings(
    Duration connect,
    Duration silence,
    Duration look,
    Duration call,
    Duration attempt,
    Duration transfer,
    Duration completion,
    int attempts) {

  /**
   * A part of 8 MiB may come as slowly as 0.6 Mbit/s. To complete an upload takes some servers
   * minutes (Amazon S3 API reference, CompleteMultipartUpload).
   */
  public static final S3Timings DEFAULT =
      new S3Timings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(20),
          Duration.ofSeconds(4),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          6);
}
