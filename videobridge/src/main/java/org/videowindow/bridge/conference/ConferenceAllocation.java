package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.videowindow.bridge.allocation.Reason;
import org.videowindow.bridge.allocation.Renewal;
import org.videowindow.bridge.allocation.SenderHeights;
import org.videowindow.bridge.allocation.SourceDecision;
import org.videowindow.bridge.allocation.SourceOffer;
import org.videowindow.bridge.layers.LayerTarget;

/**
 * Who is sent what in one conference: has each receiver's share decided when something has changed, does what was decided,
 * and tells senders what is wanted of them. Owned by the worker.
 */
final class ConferenceAllocation {
    /** How often what arrives is looked at while encodings come and go, and otherwise. */
    private static final long RESTLESS_NANOS = 100_000_000L;

    private static final long CALM_NANOS = 2_000_000_000L;
    private static final long RESTLESS_FOR_NANOS = 2_000_000_000L;

    /** Beyond this what senders are told is worked out every two seconds only. */
    private static final int LARGE = 10_000;

    /** A wish of so many lines is none. */
    private static final int ANY_HEIGHT = 100_000;

    private final ConferenceSession conference;
    private final WorkerConference outside;
    private final ChannelEvents events;
    private final List<EndpointSession> endpoints;
    private final Renewal renewal = new Renewal();
    private final SenderHeights heights = new SenderHeights();
    private final Map<String, VideoType> shown = new HashMap<>();
    private List<SourceOffer> offers = List.of();

    /** What was there when receivers were last told to look at the offers. */
    private List<SourceOffer> shownOffers = List.of();

    private Map<String, ReceivedSource> videoByName = Map.of();
    private List<ReceivedSource> sound = List.of();
    private long offeredAt;
    private long restlessSince;
    private boolean restless;
    private long heightsAt;
    private boolean heightsDue;
    private long loudestChanges;

    /** @param endpoints all of the conference, in order of joining; changes with it */
    ConferenceAllocation(ConferenceSession conference, List<EndpointSession> endpoints) {
        this.conference = conference;
        this.outside = conference.outside();
        this.events = conference.plane().events();
        this.endpoints = endpoints;
    }

    // --- What happens ---

    /** Somebody came who sends nothing yet. */
    void joined(EndpointSession receiver, long now) {
        decide(receiver, true, now);
    }

    /** Somebody went who sent nothing. */
    void left() {
        heightsDue = true;
    }

    /** Somebody sends something else, or went who sent something. */
    void sourcesChanged(long now) {
        Map<String, ReceivedSource> video = new LinkedHashMap<>();
        List<ReceivedSource> audio = new ArrayList<>();
        for (EndpointSession sender : endpoints) {
            for (ReceivedSource source : sender.inbound().sources()) {
                if (source.isVideo()) {
                    video.put(source.name(), source);
                } else {
                    audio.add(source);
                }
            }
        }
        heightsDue = true;
        videoByName = video;
        sound = audio;
        shown.keySet().retainAll(video.keySet());
        lookAtOffers(now);
        beRestless(now);
        for (EndpointSession receiver : endpoints) {
            decide(receiver, true, now);
        }
    }

    /** A receiver wants something else. */
    void wishChanged(EndpointSession receiver, ReceiverConstraints wish, long now) {
        receiver.allocation().wish(wish);
        heightsDue = true;
        if (receiver.allocation().isDue(receiver.outbound().bandwidth().estimateBps(now), now)) {
            decide(receiver, false, now);
        }
    }

    private static void touch(EndpointSession receiver) {
        receiver.allocation().touch();
        receiver.tickSoon();
    }

    /** Another one speaks. */
    void speakersChanged() {
        endpoints.forEach(ConferenceAllocation::touch);
    }

    /** An encoding has begun to arrive or has stopped. */
    void encodingsChanged(long now) {
        offeredAt = now - CALM_NANOS;
        beRestless(now);
    }

    /** A sender says what its source shows. */
    void videoTypeChanged(ReceivedSource source, VideoType type, long now) {
        if (type == shown.getOrDefault(source.name(), source.description().videoType())) {
            return;
        }
        shown.put(source.name(), type);
        lookAtOffers(now);
        for (EndpointSession receiver : endpoints) {
            touch(receiver);
            receiver.subscriptions().find(source).ifPresent(mapped -> {
                events.sourcesMapped(outside, receiver.id(), MediaKind.VIDEO, List.of(mapped));
                outside.publishMapped(receiver.id(), receiver.subscriptions().map());
            });
        }
    }

    private void beRestless(long now) {
        restless = true;
        restlessSince = now;
    }

    /** Lets time pass. */
    void tick(long now) {
        restless &= now - restlessSince < RESTLESS_FOR_NANOS;
        if (now - offeredAt >= (restless ? RESTLESS_NANOS : CALM_NANOS)) {
            lookAtOffers(now);
        }
        boolean otherVoices = conference.loudest().changes() != loudestChanges;
        loudestChanges = conference.loudest().changes();
        for (int i = 0; i < endpoints.size(); i++) {
            EndpointSession receiver = endpoints.get(i);
            if (!otherVoices && !receiver.isTicked(now)) {
                continue;
            }
            receiver.allocation().measureSound(receiver.outbound().soundBytes(), sound.size() - 1, now);
            boolean crowded = otherVoices && receiver.subscriptions().lacksRoomFor(sound.size());
            if (crowded
                    || receiver.allocation()
                            .isDue(receiver.outbound().bandwidth().estimateBps(now), now)) {
                decide(receiver, crowded, now);
            }
        }
        long period = (long) endpoints.size() * offers.size() > LARGE ? CALM_NANOS : RESTLESS_NANOS;
        if ((heightsDue || heights.isLowering()) && now - heightsAt >= period) {
            tellSenders(now);
        }
    }

    /** What a source shows: as its sender has said over its channel, else as signalled. */
    VideoType typeOf(ReceivedSource source) {
        return source.isVideo()
                ? shown.getOrDefault(source.name(), source.description().videoType())
                : VideoType.NONE;
    }

    /** Measures what arrives; when it is something else than before, everybody may want something else of it. */
    private void lookAtOffers(long now) {
        offeredAt = now;
        offers = videoByName.values().stream()
                .map(source -> new SourceOffer(source.name(), source.sender().id(), typeOf(source), source.offers(now)))
                .toList();
        renewal.offered(offers);
        if (!isSameChoice(shownOffers, offers, !restless)) {
            shownOffers = offers;
            for (EndpointSession receiver : endpoints) {
                receiver.allocation().touchCosts();
                receiver.tickSoon();
            }
        }
    }

    /** While encodings come and go their cost is measured over too short a time to mean much. */
    private static boolean isSameChoice(List<SourceOffer> some, List<SourceOffer> others, boolean costsCount) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            SourceOffer one = some.get(i);
            SourceOffer other = others.get(i);
            if (costsCount ? !one.isLike(other) : !one.hasSameLayers(other)) {
                return false;
            }
        }
        return true;
    }

    // --- What is done ---

    /** @param anyway whether what it is sent is to be set even if the decision is the same */
    private void decide(EndpointSession receiver, boolean anyway, long now) {
        ReceiverAllocation allocation = receiver.allocation();
        long estimate = receiver.outbound().bandwidth().estimateBps(now);
        allocation.renewals(receiver.outbound().bandwidth().estimator().renewals());
        allocation.measureSound(receiver.outbound().soundBytes(), sound.size() - 1, now);
        if (!anyway && (allocation.stands(estimate, now) || allocation.renews(estimate, renewal, receiver.id(), now))) {
            receiver.outbound().bandwidth().want(allocation.wantedBps());
            return;
        }
        heightsDue = true;
        List<SourceOffer> others = offers.stream()
                .filter(offer -> !offer.owner().equals(receiver.id()))
                .toList();
        boolean changed = allocation.decide(estimate, conference.speakers().order(), others, now);
        receiver.outbound().bandwidth().want(allocation.wantedBps());
        receiver.tickSoon();
        if (changed || anyway) {
            subscribe(receiver, others, now);
        }
        if (anyway && receiver.mapsSources()) {
            // What has ended is off the map without anything having moved.
            outside.publishMapped(receiver.id(), receiver.subscriptions().map());
        }
    }

    private void subscribe(EndpointSession receiver, List<SourceOffer> others, long now) {
        Map<ReceivedSource, LayerTarget> wanted = new LinkedHashMap<>();
        addSound(receiver, true, wanted);
        addSound(receiver, false, wanted);
        List<ReceivedSource> places = new ArrayList<>(wanted.keySet());
        Set<String> sent = new HashSet<>();
        for (SourceDecision one : receiver.allocation().decision().sources()) {
            if (one.isWanted()) {
                places.add(videoByName.get(one.name()));
            }
            if (one.isSent()) {
                sent.add(one.name());
                wanted.put(videoByName.get(one.name()), one.target());
            }
        }
        if (sent.isEmpty()) {
            addPaused(receiver, wanted);
        }
        Map<MediaKind, List<MappedSource>> moved = receiver.subscriptions().set(wanted, places, now);
        if (!moved.isEmpty()) {
            outside.publishMapped(receiver.id(), receiver.subscriptions().map());
            moved.forEach((kind, sources) -> events.sourcesMapped(outside, receiver.id(), kind, sources));
        }
        List<String> names =
                others.stream().map(SourceOffer::name).filter(sent::contains).toList();
        if (!names.equals(outside.forwardedSources(receiver.id()))) {
            outside.publishForwarded(receiver.id(), names);
            events.forwardedSourcesChanged(outside, receiver.id(), names);
        }
    }

    /**
     * No picture is sent for want of bandwidth: the first is subscribed all the same, with no layer, because probes need a
     * retransmission stream, and without probes it would stay like that.
     */
    private void addPaused(EndpointSession receiver, Map<ReceivedSource, LayerTarget> wanted) {
        for (SourceDecision one : receiver.allocation().decision().sources()) {
            if (one.reason() == Reason.BANDWIDTH || one.reason() == Reason.HELD_BACK) {
                wanted.put(videoByName.get(one.name()), LayerTarget.NONE);
                return;
            }
        }
    }

    /** Sound is always sent, as far as there is room: whoever is among the loudest first. */
    private void addSound(EndpointSession receiver, boolean loud, Map<ReceivedSource, LayerTarget> wanted) {
        for (ReceivedSource source : sound) {
            if (source.sender() != receiver
                    && conference.loudest().hasPlace(source.sender().speakerNumber()) == loud) {
                wanted.put(source, ForwardedSource.HIGHEST);
            }
        }
    }

    // --- What senders are told ---

    private void tellSenders(long now) {
        heightsAt = now;
        heightsDue = false;
        Map<String, int[]> highest = new LinkedHashMap<>();
        videoByName.keySet().forEach(name -> highest.put(name, new int[1]));
        for (EndpointSession receiver : endpoints) {
            ReceiverConstraints wish = receiver.allocation().wish();
            for (SourceDecision one : receiver.allocation().decision().sources()) {
                if (one.reason() != Reason.LAST_N && one.reason() != Reason.NOT_WANTED) {
                    int height = wish.of(one.name()).maxHeight();
                    int[] cell = highest.get(one.name());
                    cell[0] = Math.max(cell[0], height >= ANY_HEIGHT ? SenderHeights.UNLIMITED : height);
                }
            }
        }
        Map<String, Integer> wanted = new LinkedHashMap<>();
        highest.forEach((name, cell) -> wanted.put(name, cell[0]));
        for (SenderHeights.Change change : heights.update(wanted, now)) {
            EndpointSession sender = videoByName.get(change.sourceName()).sender();
            outside.publishSenderConstraints(sender.id(), limits(sender));
            events.senderConstraintChanged(outside, sender.id(), change.sourceName(), change.maxHeight());
        }
    }

    private Map<String, Integer> limits(EndpointSession sender) {
        return sender.inbound().sources().stream()
                .filter(ReceivedSource::isVideo)
                .map(ReceivedSource::name)
                .filter(name -> heights.told(name) != SenderHeights.UNLIMITED)
                .collect(Collectors.toMap(name -> name, heights::told));
    }
}
