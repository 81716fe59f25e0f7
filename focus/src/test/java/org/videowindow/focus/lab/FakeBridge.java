package org.videowindow.focus.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * A bridge as far as signalling goes: keeps conferences and endpoints, gives each endpoint credentials, knows what each
 * sends, and answers as COLIBRI2 has it. It can be told to fail.
 */
public final class FakeBridge {
    /** Where bridges meet. */
    public static final String BREWERY = "brewery@" + FakeShard.ROOMS;

    /** An endpoint on the bridge. */
    public static final class Endpoint {
        private String ufrag;
        private String clientUfrag = "";
        private int generation;
        private int clientGeneration;
        private final List<Long> ssrcs = new ArrayList<>();

        private Endpoint(String ufrag) {
            this.ufrag = ufrag;
        }

        /** The ICE restart that the client's credentials answer, or 0. */
        public int clientGeneration() {
            return clientGeneration;
        }

        /** What it sends. */
        public List<Long> ssrcs() {
            return ssrcs;
        }

        /** How the client's checks are named, once it has accepted. */
        public String clientUfrag() {
            return clientUfrag;
        }

        /** How the bridge's side is named. */
        public String ufrag() {
            return ufrag;
        }
    }

    private final Wire shard;
    private final String jid;
    private final String id;
    private final Map<String, Map<String, Endpoint>> conferences = new LinkedHashMap<>();
    private final List<XmlElement> requests = new ArrayList<>();
    private String region = "eu";
    private double stress;
    private boolean healthy = true;
    private boolean draining;
    private boolean stopping;
    private boolean silent;
    private boolean disconnected;
    private boolean failsHealthChecks;
    private String refusal = "";
    private int made;

    /** A bridge that is not yet anywhere. */
    public FakeBridge(Wire shard, String id) {
        this.shard = shard;
        this.id = id;
        this.jid = "bridge@" + FakeShard.DOMAIN + "/" + id;
    }

    /** Comes up and reports. */
    public FakeBridge join() {
        shard.user(jid, this::stanza);
        report();
        return this;
    }

    /** Crashes: gone from the brewery, all conferences lost. */
    public void crash() {
        shard.vanish(jid);
        conferences.clear();
    }

    /** Forgets everything while staying where it is. */
    public void forget() {
        conferences.clear();
    }

    /** Answers nothing any more. */
    public void fallSilent(boolean nowSilent) {
        silent = nowSilent;
    }

    /** Fails its health checks, or not. */
    public void failHealthChecks(boolean fails) {
        failsHealthChecks = fails;
    }

    /** Refuses every creation with this reason; empty to stop that. */
    public void refuse(String reason) {
        refusal = reason;
    }

    /** No endpoint has connectivity. */
    public void disconnect() {
        disconnected = true;
    }

    /** Reports with new values. */
    public void report(double newStress, boolean newHealthy, boolean newDraining) {
        stress = newStress;
        healthy = newHealthy;
        draining = newDraining;
        report();
    }

    /** Says that it goes down, and still works. */
    public void shutDown() {
        stopping = true;
        report();
    }

    /** Stands elsewhere. */
    public FakeBridge region(String newRegion) {
        region = newRegion;
        return this;
    }

    /** Conferences by meeting id, endpoints by id. */
    public Map<String, Map<String, Endpoint>> conferences() {
        return conferences;
    }

    /** The one conference. */
    public Map<String, Endpoint> conference() {
        if (conferences.size() != 1) {
            throw new AssertionError("expected one conference on " + id + ": " + conferences.keySet());
        }
        return conferences.values().iterator().next();
    }

    /** All COLIBRI2 requests. */
    public List<XmlElement> requests() {
        return requests;
    }

    private void report() {
        XmlElement.Builder stats = XmlElement.element("stats", Namespaces.COLIBRI);
        stat(stats, "stress_level", stress);
        stat(stats, "healthy", healthy);
        stat(stats, "drain", draining);
        stat(stats, "shutting_down", stopping);
        stat(stats, "region", region);
        stat(stats, "version", "1");
        stat(
                stats,
                "endpoints",
                conferences.values().stream().mapToInt(Map::size).sum());
        shard.send(
                jid,
                XmlElement.element("presence", Namespaces.CLIENT)
                        .with("to", BREWERY + "/" + id)
                        .with(stats)
                        .build());
    }

    private static void stat(XmlElement.Builder stats, String name, Object value) {
        stats.with(XmlElement.element("stat", Namespaces.COLIBRI)
                .with("name", name)
                .with("value", value));
    }

    private void stanza(XmlElement stanza) {
        if (stanza.name().equals("presence") && "error".equals(stanza.attribute("type"))) {
            // The room is locked while its first occupant configures it.
            report();
            return;
        }
        if (!stanza.name().equals("iq") || silent) {
            return;
        }
        XmlElement payload = stanza.children().getFirst();
        if (payload.is("healthcheck", Namespaces.HEALTHCHECK)) {
            if (failsHealthChecks) {
                error(stanza, "internal-server-error", "");
            } else {
                reply(stanza, null);
            }
        } else if (payload.is("conference-modify", Namespaces.COLIBRI2)) {
            requests.add(payload);
            modify(stanza, payload);
        }
    }

    private void modify(XmlElement iq, XmlElement modify) {
        String meeting = modify.attribute("meeting-id");
        boolean create = "true".equals(modify.attribute("create"));
        if (create && !refusal.isEmpty()) {
            error(iq, "bad-request", refusal);
            return;
        }
        if (create && conferences.containsKey(meeting)) {
            error(iq, "conflict", "conference_already_exists");
            return;
        }
        if (!create && !conferences.containsKey(meeting)) {
            error(iq, "item-not-found", "conference_not_found");
            return;
        }
        if ("true".equals(modify.attribute("expire"))) {
            conferences.remove(meeting);
            reply(
                    iq,
                    XmlElement.element("conference-modified", Namespaces.COLIBRI2)
                            .build());
            return;
        }
        Map<String, Endpoint> endpoints = conferences.computeIfAbsent(meeting, m -> new LinkedHashMap<>());
        XmlElement.Builder modified = XmlElement.element("conference-modified", Namespaces.COLIBRI2);
        for (XmlElement element :
                modify.children("endpoint", Namespaces.COLIBRI2).toList()) {
            String endpointId = element.attribute("id");
            if ("true".equals(element.attribute("create"))) {
                if (endpoints.containsKey(endpointId)) {
                    error(iq, "conflict", "unspecified");
                    return;
                }
                Endpoint endpoint = new Endpoint(id + "made" + ++made);
                endpoints.put(endpointId, endpoint);
                modified.with(description(meeting, endpointId, endpoint));
            } else if ("true".equals(element.attribute("expire"))) {
                endpoints.remove(endpointId);
            } else if (endpoints.containsKey(endpointId) && wantsIceRestart(element)) {
                Endpoint endpoint = endpoints.get(endpointId);
                if (!endpoint.clientUfrag.isEmpty() && !disconnected) {
                    endpoint.ufrag = id + "made" + ++made;
                    endpoint.generation++;
                }
                modified.with(description(meeting, endpointId, endpoint));
            } else if (endpoints.containsKey(endpointId)) {
                update(endpoints.get(endpointId), element);
            } else {
                error(iq, "item-not-found", "unknown_endpoint");
                return;
            }
        }
        if (create) {
            modified.with(Xml.stanza("<sources xmlns='jitsi:colibri2'><media-source type='audio' id='jvb-a0'>"
                    + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' name='jvb-a0' ssrc='3190219402'/></media-source>"
                    + "<media-source type='video' id='jvb-v0'><source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'"
                    + " name='jvb-v0' ssrc='1597436994'/></media-source></sources>"));
        }
        if (endpoints.isEmpty()) {
            conferences.remove(meeting);
        }
        reply(iq, modified.build());
    }

    private static boolean wantsIceRestart(XmlElement endpoint) {
        return endpoint.child("transport", Namespaces.COLIBRI2)
                .filter(transport -> "true".equals(transport.attribute("ice-restart")))
                .isPresent();
    }

    private XmlElement description(String meeting, String endpointId, Endpoint endpoint) {
        String xml = "<endpoint xmlns='jitsi:colibri2' id='" + endpointId + "'><transport>"
                + "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='" + endpoint.ufrag.replace("-", "")
                + (disconnected || endpoint.generation == 0 ? "" : "' ice-generation='" + endpoint.generation)
                + "' pwd='1aojqqra8hjo5127196kfok91i'><rtcp-mux/>"
                + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='actpass' hash='sha-256'>"
                + "3C:C5:0B:A1:2B:C3:30:82:70:48:5E:BD:CF:8D:87:24:3E:D4:3A:9A:8B:6D:2E:B9:E4:F2:0C:4D:98:37:6B:60"
                + "</fingerprint><web-socket xmlns='http://jitsi.org/protocol/colibri'"
                + " url='ws://127.0.0.1:9090/colibri-ws/" + id + "/" + meeting + "/" + endpointId + "?pwd=secret'/>"
                + "<candidate network='0' generation='0' ip='127.0.0.1' type='host' id='c1' protocol='udp'"
                + " component='1' foundation='1' port='10000' priority='2130706431'/></transport></transport></endpoint>";
        return Xml.stanza(xml);
    }

    private static void update(Endpoint endpoint, XmlElement element) {
        element.child("transport", Namespaces.COLIBRI2)
                .flatMap(t -> t.child("transport", Namespaces.ICE_UDP))
                .ifPresent(t -> {
                    endpoint.clientUfrag = t.attribute("ufrag");
                    endpoint.clientGeneration = Integer.parseInt(t.attribute("ice-generation", "0"));
                });
        element.child("sources", Namespaces.COLIBRI2).ifPresent(sources -> {
            endpoint.ssrcs.clear();
            sources.children("media-source", Namespaces.COLIBRI2)
                    .flatMap(media -> media.children("source", Namespaces.SSMA))
                    .forEach(source -> endpoint.ssrcs.add(Long.parseLong(source.attribute("ssrc"))));
        });
    }

    private void reply(XmlElement iq, XmlElement payload) {
        XmlElement.Builder answer = XmlElement.element("iq", Namespaces.CLIENT)
                .with("type", "result")
                .with("id", iq.attribute("id"))
                .with("to", iq.attribute("from"));
        if (payload != null) {
            answer.with(payload);
        }
        shard.send(jid, answer.build());
    }

    private void error(XmlElement iq, String condition, String reason) {
        shard.send(
                jid,
                XmlElement.element("iq", Namespaces.CLIENT)
                        .with("type", "error")
                        .with("id", iq.attribute("id"))
                        .with("to", iq.attribute("from"))
                        .with(Xml.stanza("<error type='cancel'><" + condition
                                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                                + (reason.isEmpty() ? "" : "<error xmlns='jitsi:colibri2' reason='" + reason + "'/>")
                                + "</error>"))
                        .build());
    }
}
