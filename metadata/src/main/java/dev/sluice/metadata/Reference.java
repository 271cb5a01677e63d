package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.util.Optional;

/** What a manifest is asked by: a tag or a digest. */
public sealed interface Reference {

  /** A manifest by its content. */
  record ByDigest(Digest digest) implements Reference {
    @Override
    public String toString() {
      return digest.toString();
    }
  }

  /** A manifest by a name that may move. */
  record Tag(String value) implements Reference {

    /** The longest tag the distribution spec allows. */
    public static final int MAX_LENGTH = 128;

    /** Accepts only what {@link Reference#parseTag} accepts. */
    public Tag {
      if (!isTag(value)) {
        throw new IllegalArgumentException("not a tag");
      }
    }

    /** {@code [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}}. */
    private static boolean isTag(String text) {
      if (text.isEmpty() || text.length() > MAX_LENGTH) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean word =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!word && (i == 0 || (c != '.' && c != '-'))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** Reads a tag; empty where it is none. */
  static Optional<Tag> parseTag(String text) {
    return Tag.isTag(text) ? Optional.of(new Tag(text)) : Optional.empty();
  }

  /** Reads a digest where there is a colon, else a tag; empty where it is neither. */
  static Optional<Reference> parse(String text) {
    return text.indexOf(':') >= 0
        ? Digest.parse(text).map(ByDigest::new)
        : parseTag(text).map(Reference.class::cast);
  }
}
