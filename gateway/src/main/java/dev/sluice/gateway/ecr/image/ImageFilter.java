package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.ecr.Members;

/** The {@code filter} of a list of images. */
record ImageFilter(TagStatus tags, Status status) {

  private static final ImageFilter NONE = new ImageFilter(TagStatus.ANY, Status.ANY);

  /** Where an image can be; every one here is active, for nothing is archived. */
  enum Status {
    ACTIVE,
    ARCHIVED,
    ACTIVATING,
    ANY;

    /** Whether the images of this registry are among them. */
    boolean isOfThoseHere() {
      return this == ACTIVE || this == ANY;
    }
  }

  /** What a request says; everything where it says nothing. */
  static ImageFilter read(Members members) {
    return members
        .structure(
            "filter",
            filter ->
                new ImageFilter(
                    TagStatus.read(filter),
                    filter.choice("imageStatus", Status.class).orElse(Status.ANY)))
        .orElse(NONE);
  }

  /** Whether an image is shown. */
  boolean admits(boolean isTagged) {
    return status.isOfThoseHere() && tags.admits(isTagged);
  }
}
