package org.videowindow.focus.source;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.videowindow.focus.source.SourceViolation.Reason;

/**
 * Who sends what in one conference. Every change is checked completely before anything is changed: what is refused
 * leaves no trace. Belongs to the conference's agent.
 */
public final class ConferenceSources {
    private final SourceRules rules;
    private final LongSupplier random;
    private final Map<String, EndpointSources> byOwner = new LinkedHashMap<>();
    private final Map<Long, String> ownerOfSsrc = new HashMap<>();
    private final Map<String, String> ownerOfMsid = new HashMap<>();

    /** An empty conference. */
    public ConferenceSources(SourceRules rules) {
        this(rules, new SecureRandom()::nextLong);
    }

    /**
     * An empty conference.
     *
     * @param random any bits, of which SSRCs are made
     */
    ConferenceSources(SourceRules rules, LongSupplier random) {
        this.rules = rules;
        this.random = random;
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

    /** Adds to what the endpoint sends, or says why not. Sources with stream ids are given SSRCs. */
    public Optional<SourceViolation> add(String owner, EndpointSources announced) {
        return restore(owner, withGiven(announced));
    }

    /** As {@link #add}, of what was there before: sources with stream ids have their SSRCs. */
    public Optional<SourceViolation> restore(String owner, EndpointSources more) {
        EndpointSources result = of(owner).plus(more);
        Optional<SourceViolation> violation = rules.check(owner, result).or(() -> collision(owner, more));
        if (violation.isEmpty()) {
            put(owner, result);
        }
        return violation;
    }

    private EndpointSources withGiven(EndpointSources announced) {
        if (announced.ridSources().isEmpty()) {
            return announced;
        }
        List<Source> sources = new ArrayList<>(announced.sources());
        List<SourceGroup> groups = new ArrayList<>(announced.groups());
        Set<Long> taken = announced.ssrcs();
        for (RidSource source : announced.ridSources()) {
            List<Long> pair = List.of(free(taken), free(taken));
            for (long ssrc : pair) {
                sources.add(new Source(ssrc, MediaKind.VIDEO, source.name(), source.msid(), source.desktop()));
            }
            groups.add(new SourceGroup(SourceGroup.Semantics.FID, MediaKind.VIDEO, pair));
        }
        return new EndpointSources(sources, groups, announced.ridSources());
    }

    /** An SSRC that nobody has; it is taken then. */
    private long free(Set<Long> taken) {
        while (true) {
            long ssrc = random.getAsLong() & 0xFFFF_FFFFL;
            if (ssrc != 0 && !ownerOfSsrc.containsKey(ssrc) && taken.add(ssrc)) {
                return ssrc;
            }
        }
    }

    /**
     * Takes streams away from what the endpoint sends, together with their groups, or says why not.
     *
     * @return the violation, if any
     */
    public Optional<SourceViolation> remove(String owner, SourceRemoval removal) {
        EndpointSources before = of(owner);
        Set<Long> given = new HashSet<>();
        before.ridSources().forEach(source -> given.addAll(before.ssrcsOf(source.name())));
        for (long ssrc : removal.ssrcs()) {
            if (!owner.equals(ownerOfSsrc.get(ssrc)) || given.contains(ssrc)) {
                return Optional.of(new SourceViolation(Reason.NOT_OWN, Long.toString(ssrc)));
            }
        }
        EndpointSources result = before.without(removal.ssrcs());
        for (Map.Entry<String, Set<String>> rids : removal.rids().entrySet()) {
            Optional<RidSource> source = before.ridSource(rids.getKey());
            if (source.isEmpty() || !source.get().rids().containsAll(rids.getValue())) {
                return Optional.of(new SourceViolation(Reason.NOT_OWN, rids.getKey()));
            }
            result = result.withoutRids(rids.getKey(), rids.getValue());
        }
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
