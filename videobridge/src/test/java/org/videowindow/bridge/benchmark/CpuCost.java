package org.videowindow.bridge.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
            for (String profile : List.of("NONE", "AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80")) {
                ForwardBenchmark benchmark = new ForwardBenchmark();
                benchmark.way = way;
                benchmark.profile = profile;
                benchmark.open();
                candidates.add(new Candidate(way + " " + profile, benchmark));
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
        System.out.println("CPU ns per forwarded packet of 1200 bytes      least  median");
        for (Candidate candidate : candidates) {
            Arrays.sort(candidate.nanos);
            System.out.printf("%-46s %6.0f %7.0f%n", candidate.name, candidate.nanos[0], candidate.nanos[ROUNDS / 2]);
            candidate.benchmark.close();
        }
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
