package dev.sluice.gateway.registry;

import dev.sluice.fetcher.ManifestAnswer.Found;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/** An answer with its body, and the headers that are the same every time. */
final class ManifestPage {

  private final Found found;
  private final Instant since;
  private final Buffer body;
  private final String digest;
  private final String etag;
  private final String length;
  private volatile PullNotes.Note note = PullNotes.Note.NONE;

  /**
   * @param since when it was answered first
   * @param length of the body in bytes, also where that is not in memory
   */
  ManifestPage(Found found, Instant since, long length, Buffer body) {
    this.found = found;
    this.since = since;
    this.body = body;
    this.digest = found.manifest().digest().toString();
    this.etag = Etag.of(found.manifest().digest());
    this.length = Long.toString(length);
  }

  Found found() {
    return found;
  }

  Buffer body() {
    return body;
  }

  String digest() {
    return digest;
  }

  String etag() {
    return etag;
  }

  String length() {
    return length;
  }

  /** Not so at a time before it was answered: the clock was set back. */
  boolean isUsable(Instant now) {
    return !now.isBefore(since) && now.isBefore(found.usableUntil());
  }

  /** The note of its image that this page knows of, which spares a look for a newer one. */
  PullNotes.Note note() {
    return note;
  }

  /** Remembers a newer one. */
  void note(PullNotes.Note newer) {
    note = newer;
  }
}
