package dev.sluice.storage.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientAsyncConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's clients, set up so that any server of the protocol understands them. */
final class S3Clients {

  /** For all clients, and as long as the process lives: to end them takes the SDK two seconds. */
  private static final SdkEventLoopGroup EVENT_LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  /** At once; a stream of a blob holds one until it is closed. */
  private static final int CONNECTIONS = 128;

  private static final int QUICK_ATTEMPTS = 2;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

  private final S3Settings settings;
  private final S3Timings timings;
  private final AwsCredentialsProvider credentials;

  S3Clients(S3Settings settings, S3Timings timings) {
    this.settings = settings;
    this.timings = timings;
    credentials = settings.credentials().map(S3Clients::given).orElseGet(S3Clients::found);
  }

  private static AwsCredentialsProvider given(S3Settings.Credentials named) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(named.accessKey(), named.secretKey()));
  }

  /** Renewed behind the scenes: links are signed where nothing may block. */
  private static AwsCredentialsProvider found() {
    return DefaultCredentialsProvider.builder().asyncCredentialUpdateEnabled(true).build();
  }

  /** For what nobody waits for. */
  S3AsyncClient client() {
    return client(timings.attempts(), timings.silence());
  }

  /** For what somebody waits for, who can do without. */
  S3AsyncClient quickClient() {
    return client(QUICK_ATTEMPTS, timings.silence());
  }

  /** For what a server may work on for long before it says anything. */
  S3AsyncClient patientClient() {
    return client(timings.attempts(), timings.completion());
  }

  private S3AsyncClient client(int attempts, Duration silence) {
    S3AsyncClientBuilder builder =
        S3AsyncClient.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(plain().build())
            .overrideConfiguration(patience(attempts))
            .asyncConfiguration(onEventLoop())
            .httpClientBuilder(http(silence));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  S3Presigner presigner() {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(plain().pathStyleAccessEnabled(settings.pathStyle()).build());
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** Without encodings that not every server knows. */
  private static S3Configuration.Builder plain() {
    return S3Configuration.builder().chunkedEncodingEnabled(false).expectContinueEnabled(false);
  }

  /** A server that is throttling or broken is asked again, each time later. */
  private ClientOverrideConfiguration patience(int attempts) {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(timings.call())
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LAST_PAUSE))
                .throttlingBackoffStrategy(
                    BackoffStrategy.exponentialDelay(FIRST_PAUSE.multipliedBy(4), LAST_PAUSE))
                .build())
        .build();
  }

  /** What follows an answer here only wakes who waits for it. */
  private static ClientAsyncConfiguration onEventLoop() {
    return ClientAsyncConfiguration.builder()
        .advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run)
        .build();
  }

  private SdkAsyncHttpClient.Builder<?> http(Duration silence) {
    return NettyNioAsyncHttpClient.builder()
        .eventLoopGroup(EVENT_LOOPS)
        .maxConcurrency(CONNECTIONS)
        .connectionTimeout(timings.connect())
        .connectionAcquisitionTimeout(timings.call())
        .tlsNegotiationTimeout(timings.connect())
        .readTimeout(silence)
        .writeTimeout(silence)
        .tcpKeepAlive(true);
  }
}
