package dev.sluice.deploy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The JVM, the process, and which build it is; by the names that Prometheus' clients use. */
final class MachineMeters {

  private final MeterRegistry registry;

  private MachineMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  static void register(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    MachineMeters meters = new MachineMeters(registry);
    ManagementFactory.getGarbageCollectorMXBeans().forEach(meters::collector);
    meters.process();
    Gauge.builder("sluice.build.info", () -> 1)
        .description("1, with the version and the commit of this build")
        .tag("version", Version.number())
        .tag("commit", Version.commit())
        .register(registry);
  }

  private void collector(GarbageCollectorMXBean collector) {
    FunctionTimer.builder(
            "jvm.gc.collection",
            collector,
            GarbageCollectorMXBean::getCollectionCount,
            GarbageCollectorMXBean::getCollectionTime,
            TimeUnit.MILLISECONDS)
        .description("Collections of garbage, and what they took")
        .tag("gc", collector.getName())
        .register(registry);
  }

  private void process() {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    gauge(
        "start.time.seconds",
        "When the process started, in seconds since 1970",
        runtime,
        jvm -> jvm.getStartTime() / 1e3);
    gauge("uptime.seconds", "How long it has run", runtime, jvm -> jvm.getUptime() / 1e3);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      FunctionCounter.builder("process.cpu", unix, process -> process.getProcessCpuTime() / 1e9)
          .description("What the process has used of the processors")
          .baseUnit("seconds")
          .register(registry);
      gauge(
          "open.fds",
          "Files and sockets that are open",
          unix,
          UnixOperatingSystemMXBean::getOpenFileDescriptorCount);
      gauge(
          "max.fds",
          "Files and sockets that may be open",
          unix,
          UnixOperatingSystemMXBean::getMaxFileDescriptorCount);
    }
  }

  private <T> void gauge(String name, String what, T of, ToDoubleFunction<T> value) {
    Gauge.builder("process." + name, of, value)
        .description(what)
        .strongReference(true)
        .register(registry);
  }
}
