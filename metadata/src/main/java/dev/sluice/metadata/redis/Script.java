package dev.sluice.metadata.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A script that Redis runs as one step; asked for by its hash, and sent where it is unknown. */
record Script(String text, String sha1) {

  Script(String text) {
    this(text, sha1(text));
  }

  Future<Response> run(RedisLink link, List<String> keys, List<Buffer> arguments) {
    return link.send(request(Command.EVALSHA, sha1, keys, arguments))
        .recover(
            failure ->
                Failures.isNoScript(failure)
                    ? link.send(request(Command.EVAL, text, keys, arguments))
                    : Future.failedFuture(failure));
  }

  private static Request request(
      Command command, String script, List<String> keys, List<Buffer> arguments) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return request;
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
