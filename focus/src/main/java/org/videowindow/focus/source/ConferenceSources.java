package org.videowindow.focus.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.videowindow.focus.source.SourceViolation.Reason;

/**
 * Who sends what in one conference. Every change is checked completely before anything is changed: what is refused
 * leaves no trace. Belongs to the conference's agent.
 */
public final class ConferenceSources {
    private final SourceRules rules;
    private final Map<String, EndpointSources> byOwner = new LinkedHashMap<>();
    private final Map<Long, String> ownerOfSsrc = new HashMap<>();
    private final Map<String, String> ownerOfMsid = new HashMap<>();

    /** An empty conference. */
    public ConferenceSources(SourceRules rules) {
        this.rules = rules;
    }

    /** What the endpoint sends. */
    public EndpointSources of(String owner) {
        return byOwner.getOrDefault(owner, EndpointSources.NONE);
    }

    /** All endpoints that send something, with what they send; a view. */
    public Map<String, EndpointSources> all() {
        return java.util.Collections.unmodifiableMap(byOwner);
    }

    /**
     * The bridge's own SSRCs replace those it had before; nobody else may use them. An endpoint that has one already
     * keeps it: the bridge chose at random and will choose again.
     */
    public void reserve(String bridge, EndpointSources sources) {
        remove(bridge);
        sources.sources().forEach(source -> ownerOfSsrc.putIfAbsent(source.ssrc(), bridge));
    }

    /** Adds to what the endpoint sends, or says why not. */
    public Optional<SourceViolation> add(String owner, EndpointSources more) {
        EndpointSources result = of(owner).plus(more);
        Optional<SourceViolation> violation = rules.check(owner, result).or(() -> collision(owner, more));
        if (violation.isEmpty()) {
            put(owner, result);
        }
        return violation;
    }

    /**
     * Takes streams away from what the endpoint sends, together with their groups, or says why not.
     *
     * @return the violation, if any
     */
    public Optional<SourceViolation> remove(String owner, Set<Long> ssrcs) {
        for (long ssrc : ssrcs) {
            if (!owner.equals(ownerOfSsrc.get(ssrc))) {
                return Optional.of(new SourceViolation(Reason.NOT_OWN, Long.toString(ssrc)));
            }
        }
        EndpointSources result = of(owner).without(ssrcs);
        Optional<SourceViolation> violation = rules.check(owner, result);
        if (violation.isEmpty()) {
            put(owner, result);
        }
        return violation;
    }

    /** The endpoint sends nothing any more. */
    public void remove(String owner) {
        byOwner.remove(owner);
        ownerOfSsrc.values().removeIf(owner::equals);
        ownerOfMsid.values().removeIf(owner::equals);
    }

    private Optional<SourceViolation> collision(String owner, EndpointSources more) {
        for (Source source : more.sources()) {
            String ssrcOwner = ownerOfSsrc.get(source.ssrc());
            if (ssrcOwner != null && !ssrcOwner.equals(owner)) {
                return Optional.of(new SourceViolation(Reason.SSRC_TAKEN, Long.toString(source.ssrc())));
            }
            String msidOwner = ownerOfMsid.get(source.msid());
            if (msidOwner != null && !msidOwner.equals(owner)) {
                return Optional.of(new SourceViolation(Reason.MSID_TAKEN, source.msid()));
            }
        }
        return Optional.empty();
    }

    private void put(String owner, EndpointSources result) {
        remove(owner);
        if (result.isEmpty()) {
            return;
        }
        byOwner.put(owner, result);
        for (Source source : result.sources()) {
            ownerOfSsrc.put(source.ssrc(), owner);
            ownerOfMsid.put(source.msid(), owner);
        }
    }
}
