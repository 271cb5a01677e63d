package dev.sluice.deploy.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of upstream credentials: each is a file of JSON in the form of AWS Secrets Manager's,
 * {@code {"username": ..., "accessToken": ...}}.
 *
 * @param dir empty where the configuration names none
 */
public record Secrets(Optional<Path> dir) {

  /** A credential's file is a few hundred bytes; this much is read of one. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  /** What became of reading a credential. */
  public sealed interface Answer {}

  /** It could be read. */
  public record Found(UpstreamCredential credential) implements Answer {}

  /**
   * It could not be read.
   *
   * @param why in the words of a message, without anything of the file's content
   */
  public record Unusable(String why) implements Answer {}

  /** Whether there is anything under a name; blocks. */
  public boolean has(String name) {
    return dir.filter(folder -> Files.exists(folder.resolve(name))).isPresent();
  }

  /**
   * Reads a credential's file anew, so that a changed one counts at once; blocks.
   *
   * @param name relative to the folder, without {@code ..}
   */
  public Answer read(String name) {
    if (dir.isEmpty()) {
      return new Unusable("needs secrets.dir, the folder of credential files");
    }
    Path file = dir.get().resolve(name);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe would be waited for.
      return new Unusable("needs the file " + file + ", which is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in.readNBytes(MAX_BYTES), file);
    } catch (NoSuchFileException missing) {
      return new Unusable("needs the file " + file + ", which does not exist");
    } catch (IOException unreadable) {
      return new Unusable("needs the file " + file + ", which cannot be read");
    }
  }

  private static Answer parse(byte[] content, Path file) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Unusable("needs the file " + file + ", which is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(field, parser.getText());
        }
        parser.skipChildren();
      }
    } catch (JsonProcessingException broken) {
      // Its message quotes the file's content, which must not reach a terminal or a log.
      return new Unusable("needs the file " + file + ", which is not JSON");
    }
    for (String field : new String[] {"username", "accessToken"}) {
      if (fields.getOrDefault(field, "").isEmpty()) {
        return new Unusable("needs the file " + file + ", which lacks \"" + field + '"');
      }
    }
    return new Found(new UpstreamCredential(fields.get("username"), fields.get("accessToken")));
  }
}
