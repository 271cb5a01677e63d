package dev.sluice.fetcher;

import java.util.regex.Pattern;

/** Names of kinds of content. */
public final class MediaType {

  /** That of every list of manifests that this registry makes up itself. */
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** RFC 6838 section 4.2: it becomes a header, so nothing else may be in it. */
  private static final Pattern FORM = Pattern.compile("[\\w!#$&^.+-]{1,127}/[\\w!#$&^.+-]{1,127}");

  private MediaType() {}

  /** Whether a text is a media type, without parameters. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
