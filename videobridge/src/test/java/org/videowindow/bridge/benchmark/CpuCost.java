package org.videowindow.bridge.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.videowindow.bridge.srtp.CryptoProvider;

/**
 * CPU time (user and system) that {@link ForwardBenchmark} takes per forwarded packet, for a machine that is too busy for
 * measurements by the clock: all ways are measured in turns, and the least and the median of many rounds are printed.
 */
public final class CpuCost {
    private static final int ROUNDS = 25;
    private static final int CALLS_PER_ROUND = 60;
    private static final int PACKETS_PER_CALL = ForwardBenchmark.RECEIVERS * ForwardBenchmark.FRAME_PACKETS;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuCost() {}

    private static final class Candidate {
        final String name;
        final ForwardBenchmark benchmark;
        final double[] nanos = new double[ROUNDS];

        Candidate(String name, ForwardBenchmark benchmark) {
            this.name = name;
            this.benchmark = benchmark;
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (ForwardBenchmark.Way way : ForwardBenchmark.Way.values()) {
            for (String cipher : ciphers()) {
                ForwardBenchmark benchmark = new ForwardBenchmark();
                benchmark.way = way;
                benchmark.cipher = cipher;
                benchmark.open();
                candidates.add(new Candidate(way + " " + cipher, benchmark));
            }
        }
        for (Candidate candidate : candidates) {
            for (int i = 0; i < 3; i++) {
                round(candidate.benchmark);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Candidate candidate : candidates) {
                candidate.nanos[round] = round(candidate.benchmark);
            }
        }
        double best = Double.MAX_VALUE;
        for (Candidate candidate : candidates) {
            Arrays.sort(candidate.nanos);
            if (!candidate.benchmark.cipher.equals("none")) {
                best = Math.min(best, candidate.nanos[0]);
            }
        }
        System.out.println(
                "CPU ns per forwarded packet of 1200 bytes      least  median   ratio to the best of all sealing");
        for (Candidate candidate : candidates) {
            System.out.printf(
                    "%-46s %6.0f %7.0f %7.2f%n",
                    candidate.name, candidate.nanos[0], candidate.nanos[ROUNDS / 2], candidate.nanos[0] / best);
            candidate.benchmark.close();
        }
    }

    /** Nobody, every provider of AES-GCM that is here, and counter mode. */
    private static List<String> ciphers() {
        List<String> ciphers = new ArrayList<>(List.of("none"));
        CryptoProvider.present().forEach(provider -> ciphers.add(provider.key()));
        ciphers.add("java-cm");
        return ciphers;
    }

    private static double round(ForwardBenchmark benchmark) throws IOException {
        long total = 0;
        for (int call = 0; call < CALLS_PER_ROUND; call++) {
            long before = THREADS.getCurrentThreadCpuTime();
            benchmark.forward();
            total += THREADS.getCurrentThreadCpuTime() - before;
            benchmark.drain();
        }
        return total / (double) (CALLS_PER_ROUND * PACKETS_PER_CALL);
    }
}
