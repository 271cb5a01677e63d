package dev.sluice.deploy.config;

import dev.sluice.storage.s3.S3Settings;
import dev.sluice.storage.s3.S3Settings.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the key {@code storage.s3}. */
record S3Reader(Form<Path> path) {

  /** Amazon S3 user guide, "Bucket naming rules". */
  private static final Form<String> BUCKET =
      form(
          "the name of a bucket",
          "3 to 63 of a-z, 0-9, - and ., such as my-blobs",
          "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Form<String> PREFIX =
      form(
          "the beginning of keys",
          "letters, digits, - _ . and / between them, such as cache/sluice, at most 200",
          "(?=.{1,200}$)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?");

  private static final Form<String> REGION =
      form("a region of a bucket", "a name such as eu-central-1", "[a-z0-9][a-z0-9-]{0,31}");

  private static final String USUAL_REGION = "us-east-1";

  private static Form<String> form(String noun, String allowed, String pattern) {
    return new Form<>(
        noun, allowed, text -> Optional.of(text).filter(given -> given.matches(pattern)));
  }

  /** Of no use once a problem was added. */
  S3Config read(Entry entry) {
    Section section = entry.section();
    Optional<S3Settings> bucket = bucket(section);
    RedirectConfig redirects = RedirectReader.read(section);
    section.done();
    return new S3Config(bucket, redirects);
  }

  private Optional<S3Settings> bucket(Section section) {
    Optional<String> bucket = section.at("bucket").required(BUCKET);
    Optional<String> prefix = section.at("prefix").as(PREFIX);
    Optional<URI> endpoint = section.at("endpoint").as(Targets.URL);
    Optional<String> region = section.at("region").as(REGION);
    Optional<Boolean> pathStyle = section.at("pathStyle").as(Forms.BOOLEAN);
    Optional<Credentials> credentials = credentials(section);
    return bucket.map(
        name ->
            new S3Settings(
                name,
                prefix.map(S3Reader::folder).orElse(""),
                endpoint,
                region.orElse(USUAL_REGION),
                pathStyle.orElse(endpoint.isPresent()),
                credentials));
  }

  private static String folder(String prefix) {
    return prefix.endsWith("/") ? prefix : prefix + '/';
  }

  private Optional<Credentials> credentials(Section section) {
    Entry accessEntry = section.at("accessKeyFile");
    Entry secretEntry = section.at("secretKeyFile");
    if (accessEntry.isPresent() && !secretEntry.isPresent()) {
      accessEntry.wrong("is given without secretKeyFile", "both or none");
    }
    if (secretEntry.isPresent() && !accessEntry.isPresent()) {
      secretEntry.wrong("is given without accessKeyFile", "both or none");
    }
    Optional<String> access = content(accessEntry);
    Optional<String> secret = content(secretEntry);
    return access.flatMap(key -> secret.map(hidden -> new Credentials(key, hidden)));
  }

  private Optional<String> content(Entry entry) {
    Optional<Path> file = entry.as(path);
    Optional<String> content = file.flatMap(AccessFiles::secret);
    if (file.isPresent() && content.isEmpty()) {
      entry.wrong("names the file " + file.get() + ", which is empty or cannot be read", "");
    }
    return content;
  }
}
