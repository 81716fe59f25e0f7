package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.videowindow.bridge.allocation.SourceSlots;
import org.videowindow.bridge.layers.LayerTarget;

/**
 * What one endpoint is sent, and under which SSRCs. To most endpoints a source goes under the SSRC its sender signalled;
 * one that maps sources has a bounded set of SSRCs of its own, on which sources take turns. Owned by the worker.
 */
final class Subscriptions {
    private final EndpointSession endpoint;
    private final MediaPlane plane;
    private final LongTable<ForwardedSource> known;
    private final List<ForwardedSource> current = new ArrayList<>();

    /** By kind; empty for an endpoint that does not map sources. */
    private final Map<MediaKind, Pool> pools = new EnumMap<>(MediaKind.class);

    /** The SSRCs of one kind of media to an endpoint that maps sources. */
    private record Pool(SourceSlots<ReceivedSource> slots, List<ForwardedSource> bySlot) {
        Pool(int most) {
            this(new SourceSlots<>(most), new ArrayList<>());
        }
    }

    Subscriptions(EndpointSession endpoint, MediaPlane plane) {
        this.endpoint = endpoint;
        this.plane = plane;
        this.known = new LongTable<>(plane.random().nextLong());
        if (endpoint.mapsSources()) {
            ForwardingSettings bounds = plane.settings().forwarding();
            pools.put(MediaKind.VIDEO, new Pool(bounds.mappedVideo()));
            pools.put(MediaKind.AUDIO, new Pool(bounds.mappedAudio()));
        }
    }

    /** What it is sent now. */
    List<ForwardedSource> current() {
        return current;
    }

    /** What it is sent now under this SSRC, or {@code null}. */
    ForwardedSource at(int ssrc) {
        ForwardedSource found = known.get(ssrc);
        return found == null || found.source() == null ? null : found;
    }

    /**
     * Gets exactly these from now on, up to these layers.
     *
     * @param places what has a place where sources are mapped, also while nothing of it is sent; the most important first
     * @return the changes of the map by kind; empty for an endpoint that does not map sources
     */
    Map<MediaKind, List<MappedSource>> set(
            Map<ReceivedSource, LayerTarget> wanted, List<ReceivedSource> places, long now) {
        Map<MediaKind, List<MappedSource>> changed = new EnumMap<>(MediaKind.class);
        pools.forEach((kind, pool) -> {
            // What is sent leaves its slot when it ends, what is not is not told.
            pool.slots().removeIf(ReceivedSource::hasEnded);
            List<ReceivedSource> ofKind =
                    places.stream().filter(source -> source.kind() == kind).toList();
            List<MappedSource> moved = new ArrayList<>();
            for (int slot : pool.slots().assign(ofKind)) {
                moved.add(mapped(pool.slots().source(slot), forwarded(pool, slot, kind)));
            }
            if (!moved.isEmpty()) {
                changed.put(kind, moved);
            }
        });
        for (int i = current.size() - 1; i >= 0; i--) {
            ForwardedSource sent = current.get(i);
            if (!wanted.containsKey(sent.source()) || of(sent.source()) != sent) {
                sent.end();
                current.remove(i);
            }
        }
        wanted.forEach((source, target) -> {
            ForwardedSource sent = of(source);
            if (sent != null) {
                sent.target(target, now);
                if (sent.source() != source) {
                    sent.begin(source, now);
                    current.add(sent);
                }
            }
        });
        return changed;
    }

    /** What carries a source to the endpoint, or {@code null} when there is no place for it. */
    private ForwardedSource of(ReceivedSource source) {
        Pool pool = pools.get(source.kind());
        if (pool != null) {
            int slot = pool.slots().slotOf(source);
            return slot < 0 ? null : pool.bySlot().get(slot);
        }
        ForwardedSource found = known.get(source.ssrc());
        return found == null ? create(source.ssrc(), source.repeatSsrc(), source.kind()) : found;
    }

    private ForwardedSource forwarded(Pool pool, int slot, MediaKind kind) {
        while (pool.bySlot().size() <= slot) {
            pool.bySlot().add(create(freeSsrc(), kind == MediaKind.VIDEO ? freeSsrc() : 0, kind));
        }
        return pool.bySlot().get(slot);
    }

    private ForwardedSource create(int ssrc, int repeatSsrc, MediaKind kind) {
        ForwardedSource created = new ForwardedSource(
                ssrc, repeatSsrc, kind, endpoint, plane.random().nextInt(1 << 15));
        known.put(ssrc, created);
        return created;
    }

    /** One that nobody in the conference uses; the endpoint itself sends under its own. */
    private int freeSsrc() {
        int ssrc;
        do {
            ssrc = plane.random().nextInt();
        } while (ssrc == 0 || known.get(ssrc) != null || endpoint.conference().knowsSsrc(ssrc & 0xffff_ffffL));
        return ssrc;
    }

    /** A source has ended at its sender. */
    void drop(ForwardedSource ended) {
        ReceivedSource source = ended.source();
        ended.end();
        current.remove(ended);
        Pool pool = source == null ? null : pools.get(source.kind());
        if (pool != null) {
            pool.slots().remove(source);
        }
    }

    /** Everything ends. */
    void close() {
        current.forEach(ForwardedSource::end);
        current.clear();
    }

    /** Whether sources are mapped, and fewer of sound than there are. */
    boolean lacksRoomFor(int sounds) {
        return !pools.isEmpty() && sounds > plane.settings().forwarding().mappedAudio();
    }

    /** Where a source is on the map, if it is. */
    Optional<MappedSource> find(ReceivedSource source) {
        Pool pool = pools.get(source.kind());
        int slot = pool == null ? -1 : pool.slots().slotOf(source);
        return slot < 0
                ? Optional.empty()
                : Optional.of(mapped(source, pool.bySlot().get(slot)));
    }

    /** The whole map; empty for an endpoint that does not map sources. */
    Map<MediaKind, List<MappedSource>> map() {
        Map<MediaKind, List<MappedSource>> map = new EnumMap<>(MediaKind.class);
        pools.forEach((kind, pool) -> {
            List<MappedSource> ofKind = new ArrayList<>();
            for (int slot = 0; slot < pool.slots().size(); slot++) {
                ReceivedSource source = pool.slots().source(slot);
                if (source != null) {
                    ofKind.add(mapped(source, pool.bySlot().get(slot)));
                }
            }
            map.put(kind, ofKind);
        });
        return map;
    }

    private MappedSource mapped(ReceivedSource source, ForwardedSource at) {
        return new MappedSource(
                source.name(),
                source.sender().id(),
                at.ssrc() & 0xffff_ffffL,
                at.repeatSsrc() == 0 ? -1 : at.repeatSsrc() & 0xffff_ffffL,
                endpoint.conference().allocation().typeOf(source));
    }
}
