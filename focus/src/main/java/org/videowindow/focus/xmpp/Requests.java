package org.videowindow.focus.xmpp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jxmpp.jid.Jid;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.xml.XmlElement;

/**
 * Questions to others and their answers. An answer counts only when it comes from the address that was asked: anybody
 * may guess an id.
 *
 * <p>Any thread may ask; the reader of the link brings the answers. Each question gets exactly one {@link Answer}, on the
 * agent that asked.
 */
public final class Requests {
    private final ShardLink link;
    private final int limit;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong next;
    private final Runnable onStray;
    private volatile boolean up;

    /** What became of a question. */
    public sealed interface Answer {
        /** Answered with a result. */
        record Result(Optional<XmlElement> payload) implements Answer {}

        /** Answered with an error. */
        record Refused(StanzaError error) implements Answer {}

        /** Not answered in time. */
        record TimedOut() implements Answer {}

        /** The link was or went down, or there are too many open questions: nobody knows whether it arrived. */
        record Unsent() implements Answer {}
    }

    private record Pending(Jid asked, Agent agent, Cancellable timer, Consumer<Answer> then) {}

    /**
     * Creates an empty table.
     *
     * @param link where questions go
     * @param firstId a random number: ids start there, so that those of an earlier process differ
     * @param limit how many questions may be open
     * @param onStray told of an answer that nobody waits for or that comes from somebody else
     */
    public Requests(ShardLink link, long firstId, int limit, Runnable onStray) {
        this.link = link;
        this.limit = limit;
        this.next = new AtomicLong(firstId);
        this.onStray = onStray;
    }

    /** Asks; the answer is posted to the agent. */
    public void ask(String type, Jid to, XmlElement payload, Duration timeout, Agent agent, Consumer<Answer> then) {
        if (!up || pending.size() >= limit) {
            agent.post(() -> then.accept(new Answer.Unsent()));
            return;
        }
        String id = Long.toString(next.getAndIncrement(), Character.MAX_RADIX);
        Cancellable timer = agent.scheduler().after(timeout, () -> settle(id, new Answer.TimedOut()));
        pending.put(id, new Pending(to, agent, timer, then));
        link.send(Iq.request(type, id, to, payload));
        if (!up) {
            // The link went down between the look and the entry: down() may have missed it.
            settle(id, new Answer.Unsent());
        }
    }

    /** The link is up: questions can be asked. */
    public void up() {
        up = true;
    }

    /** The link is down: every open question is settled. */
    public void down() {
        up = false;
        pending.keySet().forEach(id -> settle(id, new Answer.Unsent()));
    }

    /** Takes an IQ of type result or error. */
    public void answer(Iq iq) {
        Pending question = pending.get(iq.id());
        if (question == null || !question.asked().equals(iq.from())) {
            onStray.run();
            return;
        }
        settle(
                iq.id(),
                iq.type().equals("result")
                        ? new Answer.Result(iq.payload())
                        : new Answer.Refused(StanzaError.of(iq.stanza())));
    }

    /** How many questions are open. */
    public int open() {
        return pending.size();
    }

    private void settle(String id, Answer answer) {
        Pending question = pending.remove(id);
        if (question != null) {
            question.timer().cancel();
            question.agent().post(() -> question.then().accept(answer));
        }
    }
}
