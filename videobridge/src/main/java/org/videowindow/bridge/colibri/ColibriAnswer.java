package org.videowindow.bridge.colibri;

import java.util.List;
import java.util.Locale;
import org.jitsi.utils.MediaType;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri.WebSocketPacketExtension;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.Sources;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.jingle.CandidateType;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceRtcpmuxPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.videowindow.bridge.conference.EndpointTransport;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.TransportCandidate;
import org.videowindow.bridge.conference.TransportCandidate.Protocol;

/** Writes the parts of a COLIBRI2 answer. Stateless. */
final class ColibriAnswer {
    private ColibriAnswer() {}

    static Colibri2Endpoint endpoint(String id) {
        Colibri2Endpoint.Builder builder = Colibri2Endpoint.getBuilder();
        builder.setId(id);
        return builder.build();
    }

    static Colibri2Endpoint expired(String id) {
        Colibri2Endpoint.Builder builder = Colibri2Endpoint.getBuilder();
        builder.setId(id);
        builder.setExpire(true);
        return builder.build();
    }

    /** A new endpoint with everything its client must know. */
    static Colibri2Endpoint created(String id, EndpointTransport transport, String channelUrl) {
        IceUdpTransportPacketExtension ice = ice(transport);
        ice.addChildExtension(new WebSocketPacketExtension(channelUrl));
        return endpoint(id, ice);
    }

    /** What an endpoint must know of its ICE restart; without a generation when there was nothing to restart. */
    static Colibri2Endpoint restarted(String id, EndpointTransport transport) {
        IceUdpTransportPacketExtension ice = ice(transport);
        if (transport.generation() > 0) {
            ice.setIceGeneration(transport.generation());
        }
        return endpoint(id, ice);
    }

    private static Colibri2Endpoint endpoint(String id, IceUdpTransportPacketExtension ice) {
        Colibri2Endpoint.Builder builder = Colibri2Endpoint.getBuilder();
        builder.setId(id);
        builder.setTransport(Transport.getBuilder().setIceUdpExtension(ice).build());
        return builder.build();
    }

    private static IceUdpTransportPacketExtension ice(EndpointTransport transport) {
        IceUdpTransportPacketExtension ice = new IceUdpTransportPacketExtension();
        ice.setUfrag(transport.ufrag());
        ice.setPassword(transport.password());
        ice.addChildExtension(new IceRtcpmuxPacketExtension());
        DtlsFingerprintPacketExtension fingerprint = new DtlsFingerprintPacketExtension();
        fingerprint.setSetup(transport.setup().name().toLowerCase(Locale.ROOT));
        fingerprint.setHash(transport.fingerprint().hash());
        fingerprint.setFingerprint(transport.fingerprint().value());
        ice.addChildExtension(fingerprint);
        for (TransportCandidate candidate : transport.candidates()) {
            ice.addCandidate(candidate(candidate));
        }
        return ice;
    }

    /** The bridge's own sources. */
    static Sources sources(List<MediaSource> sources) {
        Sources.Builder builder = Sources.getBuilder();
        for (MediaSource source : sources) {
            org.jitsi.xmpp.extensions.colibri2.MediaSource.Builder written =
                    org.jitsi.xmpp.extensions.colibri2.MediaSource.getBuilder()
                            .setType(source.kind() == MediaKind.AUDIO ? MediaType.AUDIO : MediaType.VIDEO)
                            .setId(source.name());
            for (long ssrc : source.ssrcs()) {
                SourcePacketExtension element = new SourcePacketExtension();
                element.setName(source.name());
                element.setSSRC(ssrc);
                written.addSource(element);
            }
            builder.addMediaSource(written.build());
        }
        return builder.build();
    }

    private static IceCandidatePacketExtension candidate(TransportCandidate candidate) {
        IceCandidatePacketExtension element = new IceCandidatePacketExtension();
        element.setComponent(1);
        element.setFoundation(candidate.foundation());
        element.setGeneration(0);
        element.setID(candidate.id());
        element.setIP(candidate.address());
        element.setNetwork(0);
        element.setPort(candidate.port());
        element.setPriority(candidate.priority());
        element.setProtocol(candidate.protocol().word());
        if (candidate.protocol() != Protocol.UDP) {
            element.setTcpType("passive");
        }
        element.setType(CandidateType.valueOf(candidate.type()));
        if (candidate.relatedAddress() != null) {
            element.setRelAddr(candidate.relatedAddress());
            element.setRelPort(candidate.port());
        }
        return element;
    }
}
