package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** What a client has of an answer while it comes in. */
public final class Download {

  private final HttpResponse<InputStream> answer;

  Download(HttpResponse<InputStream> answer) {
    this.answer = answer;
  }

  /** How a download ended. */
  public sealed interface End {
    /** A body of status 200 that ended as HTTP says it ends. */
    record Whole(Buffer body) implements End {
      /** The body, in an array of its own. */
      public byte[] bytes() {
        return body.getBytes();
      }

      /** Whether these are the bytes of this name. */
      public boolean is(Digest digest) {
        return Content.of(bytes()).digest(digest.algorithm()).equals(digest);
      }

      @Override
      public String toString() {
        return body.length() + " bytes";
      }
    }

    /** A body of status 200 that broke off, which every client notices. */
    record Cut() implements End {}

    /** Another status, with a reason for people. */
    record Refusal(int status, String reason) implements End {}
  }

  /** What it took, as a header says. */
  public String provenance() {
    return answer.headers().firstValue("X-Cache").orElse("none");
  }

  /** The length that was announced. */
  public OptionalLong length() {
    return answer.headers().firstValueAsLong("Content-Length");
  }

  /** Reads the next so many bytes, waiting for them. */
  public byte[] next(int count) {
    try {
      return answer.body().readNBytes(count);
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    }
  }

  /** Leaves in the middle, as a client that was stopped. */
  public void leave() {
    try {
      answer.body().close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Reads to the end. */
  public End end() {
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readAllBytes();
      return answer.statusCode() == 200
          ? new End.Whole(Buffer.buffer(bytes))
          : new End.Refusal(answer.statusCode(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException cut) {
      return new End.Cut();
    }
  }
}
