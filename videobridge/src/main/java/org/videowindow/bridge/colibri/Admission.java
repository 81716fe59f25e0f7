package org.videowindow.bridge.colibri;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Whether the bridge takes new conferences. Those that are there go on in every state until the focus moves or ends
 * them. Any thread.
 *
 * <pre>
 *   OPEN &lt;--drain(true/false)--&gt; DRAINING      by the operator, and back
 *   any --endAfterTheLast()--&gt; ENDING          by the focus: the program stops with its last conference
 *   any --stop()--&gt; STOPPING                   the program is being stopped
 * </pre>
 */
public final class Admission {
    /** What the bridge does with new conferences, from all to none for good. */
    public enum State {
        /** Takes them. */
        OPEN,
        /** Takes none until the operator says otherwise. */
        DRAINING,
        /** Takes none and stops after the last that is there. */
        ENDING,
        /** Takes none; stops within seconds. */
        STOPPING
    }

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private State state = State.OPEN;

    /** Calls that from now on after every change, on the thread that makes it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public synchronized State state() {
        return state;
    }

    /** Whether a new conference is welcome. */
    public boolean acceptsConferences() {
        return state() == State.OPEN;
    }

    /** Takes no new conferences, or takes them again; without effect once the bridge is to stop. */
    public void drain(boolean draining) {
        change(draining ? State.DRAINING : State.OPEN, State.DRAINING);
    }

    /** The program is to stop after its last conference. Answers whether that is news. */
    public boolean endAfterTheLast() {
        return change(State.ENDING, State.DRAINING);
    }

    /** The program stops. */
    public void stop() {
        change(State.STOPPING, State.ENDING);
    }

    private boolean change(State next, State furthest) {
        synchronized (this) {
            if (state == next || state.compareTo(furthest) > 0) {
                return false;
            }
            state = next;
        }
        listeners.forEach(Runnable::run);
        return true;
    }
}
