package dev.sluice.fetcher.upstream;

import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What went wrong on the way to an upstream, in words for its operator. */
final class Mishap {

  /** Causes of causes that are looked at. */
  private static final int DEPTH = 10;

  private Mishap() {}

  /** The words for a failure, with advice where there is some. */
  static String words(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEPTH).toList();
    return certificate(causes).or(() -> connection(causes)).orElseGet(() -> plain(failure));
  }

  /** A handshake fails with a tower of exceptions; the lowest known one tells why. */
  private static Optional<String> certificate(List<Throwable> causes) {
    return causes.reversed().stream()
        .map(
            cause ->
                switch (cause) {
                  case CertificateExpiredException _ ->
                      "its TLS certificate has expired and must be renewed there";
                  case CertificateNotYetValidException _ ->
                      "its TLS certificate is not valid yet; compare the clocks";
                  case CertPathBuilderException _ ->
                      "its TLS certificate is not signed by anybody this Java trusts; add the"
                          + " signer to its trust store (javax.net.ssl.trustStore)";
                  case CertificateException wrong when namesAnother(wrong) ->
                      "its TLS certificate is for another host; ask it by a name that is in there";
                  case NotSslRecordException _ ->
                      "it does not speak TLS at this port; check the port, or make the rule with"
                          + " http:// before the host (in the file: in its endpoint)";
                  default -> "";
                })
        .filter(words -> !words.isEmpty())
        .findFirst();
  }

  /** The JDK has no type for it. */
  private static boolean namesAnother(CertificateException wrong) {
    String message = String.valueOf(wrong.getMessage());
    return message.startsWith("No subject alternative") || message.startsWith("No name matching");
  }

  private static Optional<String> connection(List<Throwable> causes) {
    return causes.stream()
        .map(
            cause ->
                switch (cause) {
                  case TimeoutException _ -> "no answer in time";
                  case ConnectException refused ->
                      withoutSlash(refused.getMessage())
                          + "; check the host and the port, and whether it runs";
                  case SSLException broken -> "TLS: " + broken.getMessage();
                  default -> "";
                })
        .filter(words -> !words.isEmpty())
        .findFirst();
  }

  /** The JDK writes an address that was never a name as {@code /127.0.0.1}. */
  private static String withoutSlash(String message) {
    return String.valueOf(message).replaceAll("/(?=[\\d\\[])", "");
  }

  private static String plain(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage();
    if (message == null) {
      return cause.getClass().getSimpleName();
    }
    // The native transports name their own calls.
    return message.contains("Connection reset") ? "the connection was reset" : message;
  }
}
