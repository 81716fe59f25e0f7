package org.videowindow.bridge.conference;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.management.ObjectName;

/**
 * Heap and native memory per idle connected endpoint. To be run with a heap of fixed size that is touched beforehand
 * ({@code -Xms = -Xmx, -XX:+AlwaysPreTouch}): then what the process grows by is native memory.
 */
public final class MemoryCost {
    private static final int WARM_UP = 200;
    private static final int MEASURED = 400;
    private static final int CLASSES_SHOWN = 16;

    private MemoryCost() {}

    public static void main(String[] arguments) throws Exception {
        try (IdleEndpoints endpoints = new IdleEndpoints()) {
            endpoints.connect(WARM_UP);
            long heap = IdleEndpoints.heapInUse();
            Map<String, Long> classes = histogram();
            long resident = resident();
            endpoints.connect(MEASURED);
            long heapGrowth = IdleEndpoints.heapInUse() - heap;
            Map<String, Long> grown = histogram();
            long residentGrowth = resident() - resident;
            System.out.println(endpoints.dataPath());
            System.out.printf(
                    "%d endpoints connected, per endpoint: heap %.1f KB, native %.1f KB%n",
                    endpoints.connected(), heapGrowth / 1024.0 / MEASURED, residentGrowth / 1024.0 / MEASURED);
            System.out.println("heap per endpoint by class:");
            grown.replaceAll((name, bytes) -> bytes - classes.getOrDefault(name, 0L));
            grown.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(CLASSES_SHOWN)
                    .forEach(each -> System.out.printf("%8d bytes  %s%n", each.getValue() / MEASURED, each.getKey()));
        }
    }

    private static Map<String, Long> histogram() throws Exception {
        String text = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> bytes = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length >= 4 && fields[0].endsWith(":")) {
                bytes.merge(fields[3], Long.parseLong(fields[2]), Long::sum);
            }
        }
        return bytes;
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("the system does not tell the resident size");
    }
}
