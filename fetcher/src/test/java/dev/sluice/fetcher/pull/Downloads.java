package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.storage.Digest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** How tests download blobs by way of a fetcher. */
public interface Downloads extends Questions {

  /** Where they come from. */
  BlobFront front();

  /** Who downloads them. */
  BlobClient client();

  /** Begins to download a blob, as a client does. */
  default CompletableFuture<Download> download(String repository, Digest digest) {
    return client().get(front().url(repository, digest));
  }

  /** Downloads a blob to its end. */
  default Download.End read(String repository, Digest digest) {
    return await(download(repository, digest)).end();
  }

  /** The head of a blob, as a client asks for it. */
  default Download head(String repository, Digest digest) {
    return await(client().head(front().url(repository, digest)));
  }

  /** Begins to download a blob so many times at once. */
  default List<CompletableFuture<Download>> download(int times, String repository, Digest digest) {
    front().forgetAsked();
    var begun = IntStream.range(0, times).mapToObj(i -> download(repository, digest)).toList();
    front().awaitAsked(times);
    settle();
    return begun;
  }
}
