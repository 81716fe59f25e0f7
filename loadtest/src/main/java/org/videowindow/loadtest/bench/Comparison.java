package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.MediaServer;
import org.videowindow.loadtest.sfu.ServerProcess;

/** Runs loads against servers in turn, several rounds, each round beginning with another server. */
public final class Comparison {
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /**
     * A server under test.
     *
     * @param name for tables
     * @param ours whether it carries the loads too that are not compared
     * @param process that it runs as
     * @param server how it is asked for rooms
     */
    public record Candidate(String name, boolean ours, ServerProcess process, MediaServer server) {}

    /**
     * How long everything takes.
     *
     * @param rounds how often each load is measured
     * @param warmUp before each measurement
     * @param window of each measurement
     * @param firstWarmUp of the bridge before everything, so that its virtual machine has compiled its code; other servers
     *     have nothing to compile
     */
    public record Times(int rounds, Duration warmUp, Duration window, Duration firstWarmUp) {}

    /** How often rooms begin anew in the first warm-up. */
    private static final int LIVES = 3;

    private final List<Candidate> candidates;
    private final Times times;
    private final Progress progress;
    private final Runnable stepDone;
    private final List<Result> results = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    public Comparison(List<Candidate> candidates, Times times, Progress progress, Runnable stepDone) {
        this.candidates = candidates;
        this.times = times;
        this.progress = progress;
        this.stepDone = stepDone;
    }

    /** How many steps {@link #run} has. */
    public int steps(List<Load> loads) {
        int perRound = 0;
        for (Load load : loads) {
            perRound += (int) candidates.stream()
                    .filter(candidate -> candidate.ours() || load.compared())
                    .count();
        }
        return perRound * times.rounds();
    }

    /**
     * Memory per participant that is connected and silent, in bytes; the server must not have served others before. As many
     * come and go first: the classes and the code that they bring are not a participant's.
     */
    public double idleBytes(Candidate candidate, int participants) throws IOException {
        settle(candidate, participants);
        long before = Footprint.of(candidate.process());
        return (double) (settle(candidate, participants) - before) / participants;
    }

    /** What the server needs while so many are connected. */
    private long settle(Candidate candidate, int participants) throws IOException {
        Load idle = new Load("idle", "idle", 1, 0, participants, 180, Codec.VP8, 3, true);
        try (Engine engine = Engine.start(candidate.ours());
                LiveLoad live = LiveLoad.start(engine, candidate.server(), idle, progress)) {
            Measurement.pass(
                    SETTLE,
                    left -> progress.step(live.participants().size() + " idle participants, " + candidate.name()));
            return Footprint.of(candidate.process());
        }
    }

    /**
     * Lets the bridge run a load without measuring, in rooms that come and go: compiled code that meets what only happens
     * when a room begins is thrown away once and compiled again.
     */
    public void warmUp(Load load) throws IOException {
        for (Candidate candidate : candidates) {
            for (int life = 1; candidate.ours() && life <= LIVES; life++) {
                String step = candidate.name() + ": first warm-up, rooms " + life + " of " + LIVES;
                try (Engine engine = Engine.start(false);
                        LiveLoad live = LiveLoad.start(engine, candidate.server(), load, progress)) {
                    int people = live.participants().size();
                    Measurement.pass(
                            times.firstWarmUp().dividedBy(LIVES),
                            left -> progress.step(step + ", " + left + " s, " + people + " participants"));
                }
            }
        }
    }

    /** Runs the loads. */
    public void run(List<Load> loads) {
        for (int round = 0; round < times.rounds(); round++) {
            for (Load load : loads) {
                for (int i = 0; i < candidates.size(); i++) {
                    Candidate candidate = candidates.get((i + round) % candidates.size());
                    if (candidate.ours() || load.compared()) {
                        measure(load, candidate);
                        stepDone.run();
                    }
                }
            }
        }
    }

    private void measure(Load load, Candidate candidate) {
        // What is compared is measured the same way: Janus is not reachable over loopback's addresses.
        try (Engine engine = Engine.start(!load.compared());
                LiveLoad live = LiveLoad.start(engine, candidate.server(), load, progress)) {
            Measurement.prepare(candidate.server());
            Measurement.pass(
                    times.warmUp(),
                    left -> progress.step(load.key() + ", " + candidate.name() + ": warms up, " + left + " s"));
            results.add(Measurement.of(
                    engine,
                    live,
                    load,
                    candidate.server(),
                    candidate.name(),
                    candidate.process(),
                    times.window(),
                    0,
                    progress));
        } catch (IOException | RuntimeException e) {
            failures.add(load.key() + ", " + candidate.name() + ": " + e.getMessage());
        }
    }

    /** All measurements in the order they were made. */
    public List<Result> results() {
        return results;
    }

    /** Measurements that did not come about, one sentence each. */
    public List<String> failures() {
        return failures;
    }
}
