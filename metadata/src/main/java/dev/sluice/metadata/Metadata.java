package dev.sluice.metadata;

/** All that is known of names, in one form: on this node alone, or shared by a cluster. */
public interface Metadata extends AutoCloseable {

  /** The rules that were made through the API. */
  Rules rules();

  /** The creation templates that were made through the API. */
  CreationTemplates templates();

  /** The repositories. */
  Repositories repositories();

  /** The tags of every repository. */
  TagIndex tags();

  /** The images and members of every repository. */
  Catalog catalog();

  /** The rate limits of upstreams. */
  RateLimits rateLimits();

  /** Ends every use; what is asked afterwards fails. May be called again. */
  @Override
  void close();
}
