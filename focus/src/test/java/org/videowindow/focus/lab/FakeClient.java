package org.videowindow.focus.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.DiscoInfo;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * A participant as far as signalling goes: asks for the conference, enters the room, accepts offers, and keeps what it is
 * told of the others as a real client would: names by owner.
 */
public final class FakeClient {
    private static final Pattern OWNER = Pattern.compile("\"([0-9a-z]+)\":\\[\\[");
    private static final Pattern BRIDGE = Pattern.compile("/colibri-ws/([^/]+)/");
    private static final Pattern NAME = Pattern.compile("\"s\":(\\d+),\"n\":\"([^\"]+)\"");

    private final Wire shard;
    private final String endpoint;
    private final String jid;
    private final String room;
    private final long firstSsrc;
    private final List<XmlElement> received = new ArrayList<>();
    private final List<XmlElement> answers = new ArrayList<>();
    private final List<XmlElement> transports = new ArrayList<>();
    private final Map<Long, String> remote = new TreeMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private String region = "";
    private DiscoInfo software;
    private String ver = "";
    private int questions;
    private boolean accepts = true;
    private boolean acknowledges = true;
    private boolean asksAgain;
    private boolean ready;
    private String sid = "";
    private String bridgeSession = "";
    private String bridgeUfrag = "";
    private int offers;
    private int terminations;
    private int next = 1;

    /** A person's client; an endpoint id that starts with {@code 0} belongs to a moderator. */
    public FakeClient(Wire shard, String room, String endpoint) {
        this(shard, room, endpoint, "1111");
    }

    /** A client of another person whose account begins with the same digits. */
    public FakeClient(Wire shard, String room, String endpoint, String person) {
        this.shard = shard;
        this.room = room + "@" + FakeShard.ROOMS;
        this.endpoint = endpoint;
        this.jid = endpoint + "-" + person + "-4222-8333-444455556666@" + FakeShard.DOMAIN + "/r";
        this.firstSsrc = Long.parseLong(endpoint, 16) % 1_000_000_000L * 4 + 100;
        shard.user(jid, this::stanza);
    }

    /** Asks for the conference; enters the room as soon as that is ready. */
    public FakeClient join() {
        shard.user(jid, this::stanza);
        request(
                "set",
                FakeShard.FOCUS,
                "<conference xmlns='http://jitsi.org/protocol/focus' machine-uid='8c47' room='" + room
                        + "'><property name='visitors-version' value='1'/></conference>");
        return this;
    }

    /** Says in which region it is. */
    public FakeClient in(String newRegion) {
        region = "<jitsi_participant_region>" + newRegion + "</jitsi_participant_region>";
        return this;
    }

    /** Announces itself as a kind of client, and answers when asked for its features. */
    public FakeClient can(String... features) {
        return can(new DiscoInfo(List.of("client/web//test"), Set.of(features), true));
    }

    private FakeClient can(DiscoInfo newSoftware) {
        software = newSoftware;
        ver = newSoftware.hash();
        return this;
    }

    /** Announces itself as a client of another kind than it is. */
    public FakeClient claims(String... features) {
        ver = new DiscoInfo(List.of("client/web//test"), Set.of(features), true).hash();
        return this;
    }

    /** How often it was asked for its features. */
    public int questions() {
        return questions;
    }

    /** Enters the room without asking. */
    public void enter() {
        enterAs(endpoint);
    }

    /** Enters the room under any name. */
    public void enterAs(String nick) {
        shard.send(
                jid,
                Xml.stanza("<presence to='" + room + "/" + nick + "'><x xmlns='http://jabber.org/protocol/muc'/>"
                        + "<stats-id>Shanna-Qcu</stats-id><SourceInfo>{}</SourceInfo>" + region
                        + caps() + "<nick xmlns='http://jabber.org/protocol/nick'>somebody</nick></presence>"));
    }

    private String caps() {
        return ver.isEmpty()
                ? ""
                : "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='test' ver='" + ver + "'/>";
    }

    /** Leaves in order. */
    public void leave() {
        shard.send(jid, Xml.stanza("<presence type='unavailable' to='" + room + "/" + endpoint + "'/>"));
    }

    /** Is gone without a word. */
    public void vanish() {
        shard.vanish(jid);
    }

    /** Whether it accepts offers. */
    public FakeClient accepts(boolean yes) {
        accepts = yes;
        return this;
    }

    /** As real clients do: when the focus leaves, its session is over and it asks for the conference again. */
    public FakeClient asksAgain() {
        asksAgain = true;
        return this;
    }

    /** Whether it answers at all. */
    public FakeClient acknowledges(boolean yes) {
        acknowledges = yes;
        return this;
    }

    /** Sends a Jingle element for the current session to the focus. */
    public void jingle(String action, String content) {
        jingle(action, sid, content);
    }

    /** Sends a Jingle element for any session to the focus. */
    public void jingle(String action, String session, String content) {
        request(
                "set",
                room + "/focus",
                "<jingle xmlns='urn:xmpp:jingle:1' action='" + action + "' initiator='" + room + "/focus' sid='"
                        + session + "'>" + content + "</jingle>");
    }

    /** Accepts the current offer with a microphone and a camera. */
    public void accept() {
        jingle("session-accept", acceptContent(audio(firstSsrc), camera(firstSsrc + 1)));
    }

    /** Starts to share its screen. */
    public void shareScreen() {
        jingle("source-add", contents("", screen(firstSsrc + 3)));
    }

    /** Stops that. */
    public void stopSharing() {
        jingle("source-remove", contents("", screen(firstSsrc + 3)));
    }

    /** Asks to be invited again. */
    public void restart() {
        jingle(
                "session-terminate",
                "<reason><connectivity-error/></reason><bridge-session xmlns='http://jitsi.org/protocol/focus' id='"
                        + bridgeSession + "' restart='true'/>");
    }

    /** Asks for new ICE credentials of the bridge. */
    public void restartIce() {
        jingle(
                "session-info",
                "<bridge-session xmlns='http://jitsi.org/protocol/focus' id='" + bridgeSession
                        + "' ice-restart='true'/>");
    }

    /** Answers an ICE restart with credentials of its own. */
    public void answerIceRestart(String generation, String ufrag, String more) {
        jingle(
                "transport-info",
                "<content creator='initiator' name='audio'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' "
                        + generation + " ufrag='" + ufrag + "' pwd='H1arX4wvn9pcQGrL2UMUnR0I'>" + more
                        + "</transport></content>");
    }

    /** The transports that it was told of after the offer. */
    public List<XmlElement> transports() {
        return transports;
    }

    /** Sends a request to anybody. */
    public String request(String type, String to, String payload) {
        String id = endpoint + "-" + next++;
        shard.send(jid, Xml.stanza("<iq type='" + type + "' to='" + to + "' id='" + id + "'>" + payload + "</iq>"));
        return id;
    }

    /** The text of a session-accept's inside. */
    public String acceptContent(String audio, String video) {
        return contents(audio, video);
    }

    /** Two contents with the given sources, and a transport in each. */
    public String contents(String audio, String video) {
        return content("audio", audio) + content("video", video);
    }

    private String content(String media, String sources) {
        return "<content creator='responder' name='" + media
                + "' senders='both'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='" + media + "'>" + sources
                + "<rtcp-mux/></description><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='" + endpoint
                + "' pwd='H1arX4wvn9pcQGrL2UMUnR0I'><fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='active'"
                + " hash='sha-256'>79:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80:63:4C:D3:24:AC:94:AD:3E:B5:73:33:78:"
                + "6F:FB:4D:1C</fingerprint></transport></content>";
    }

    /** A microphone. */
    public String audio(long ssrc) {
        return source(ssrc, endpoint + "-a0", endpoint + "-audio-0-1 track-a", "");
    }

    /** A camera with retransmission: two SSRCs. */
    public String camera(long ssrc) {
        String msid = endpoint + "-video-0-1 track-v";
        return source(ssrc, endpoint + "-v0", msid, " videoType='camera'")
                + source(ssrc + 1, endpoint + "-v0", msid, " videoType='camera'")
                + fid(ssrc, ssrc + 1);
    }

    /** A screen with retransmission: two SSRCs. */
    public String screen(long ssrc) {
        String msid = endpoint + "-video-1-1 track-d";
        return source(ssrc, endpoint + "-v1", msid, " videoType='desktop'")
                + source(ssrc + 1, endpoint + "-v1", msid, " videoType='desktop'")
                + fid(ssrc, ssrc + 1);
    }

    /** A stream. */
    public static String source(long ssrc, String name, String msid, String attributes) {
        return "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='" + ssrc + "' name='" + name + "'" + attributes
                + "><parameter name='msid' value='" + msid + "'/></source>";
    }

    /** A stream with its retransmissions. */
    public static String fid(long ssrc, long rtx) {
        return "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'><source ssrc='" + ssrc
                + "'/><source ssrc='" + rtx + "'/></ssrc-group>";
    }

    /** The endpoint id. */
    public String endpoint() {
        return endpoint;
    }

    /** The room. */
    public String room() {
        return room;
    }

    /** The account's session. */
    public String jid() {
        return jid;
    }

    /** The first of its SSRCs: the microphone's. */
    public long firstSsrc() {
        return firstSsrc;
    }

    /** The session it is in. */
    public String sid() {
        return sid;
    }

    /** Under which name the bridge awaits it. */
    public String bridgeUfrag() {
        return bridgeUfrag;
    }

    /** The name of the bridge of the last offer. */
    public String bridge() {
        Matcher id = BRIDGE.matcher(received.stream()
                .filter(stanza -> stanza.toString().contains("session-initiate"))
                .reduce((one, next) -> next)
                .orElseThrow()
                .toString());
        return id.find() ? id.group(1) : "";
    }

    /** The bridge session's id. */
    public String bridgeSession() {
        return bridgeSession;
    }

    /** Offers so far. */
    public int offers() {
        return offers;
    }

    /** Sessions that the focus ended so far. */
    public int terminations() {
        return terminations;
    }

    /** Whether it was told that the room is ready. */
    public boolean isReady() {
        return ready;
    }

    /** The names of the others' sources that it would show. */
    public Set<String> sees() {
        return new TreeSet<>(remote.values());
    }

    /** The others' SSRCs. */
    public Set<Long> remoteSsrcs() {
        return remote.keySet();
    }

    /** Everything it got. */
    public List<XmlElement> received() {
        return received;
    }

    /** The answers to its requests. */
    public List<XmlElement> answers() {
        return answers;
    }

    /** The last answer. */
    public XmlElement lastAnswer() {
        return answers.getLast();
    }

    /** The condition of the last answer, or "result". */
    public String lastOutcome() {
        XmlElement last = lastAnswer();
        return last.attribute("type").equals("result")
                ? "result"
                : last.child("error", Namespaces.CLIENT)
                        .orElseThrow()
                        .children()
                        .getFirst()
                        .name();
    }

    /** What the focus says of the conference in its presence. */
    public Map<String, String> properties() {
        return properties;
    }

    private void stanza(XmlElement stanza) {
        received.add(stanza);
        switch (stanza.name()) {
            case "iq" -> iq(stanza);
            case "presence" -> presence(stanza);
            default -> {}
        }
    }

    private void presence(XmlElement presence) {
        boolean ofFocus = presence.attribute("from", "").equals(room + "/focus");
        if (ofFocus && presence.attribute("type", "").equals("unavailable") && asksAgain) {
            forgetSession();
            join();
        } else if (ofFocus) {
            properties.clear();
            presence.child("conference-properties", Namespaces.FOCUS)
                    .ifPresent(all ->
                            all.children().forEach(p -> properties.put(p.attribute("key"), p.attribute("value"))));
            presence.child("bridgeNotAvailable", Namespaces.FOCUS)
                    .ifPresent(e -> properties.put("bridgeNotAvailable", "true"));
        }
    }

    private void iq(XmlElement iq) {
        if (iq.attribute("type").equals("result") || iq.attribute("type").equals("error")) {
            answers.add(iq);
            boolean conference = iq.children().stream()
                    .anyMatch(c -> c.is("conference", Namespaces.FOCUS) && "true".equals(c.attribute("ready")));
            if (conference) {
                ready = true;
                enter();
            }
            return;
        }
        if (!acknowledges) {
            return;
        }
        XmlElement payload = iq.children().getFirst();
        if (payload.is("query", Namespaces.DISCO_INFO)) {
            questions++;
            shard.send(jid, described(iq, payload));
            return;
        }
        String action = payload.attribute("action", "");
        boolean known = action.equals("session-initiate")
                || !payload.is("jingle", Namespaces.JINGLE)
                || payload.attribute("sid").equals(sid);
        shard.send(jid, reply(iq, known));
        if (known && payload.is("jingle", Namespaces.JINGLE)) {
            jingle(action, payload);
        }
    }

    private XmlElement described(XmlElement iq, XmlElement query) {
        XmlElement.Builder info = XmlElement.element("query", Namespaces.DISCO_INFO)
                .with("node", query.attribute("node"))
                .with(Xml.stanza("<identity xmlns='http://jabber.org/protocol/disco#info' category='client' type='web'"
                        + " name='test'/>"));
        software.features()
                .forEach(feature -> info.with(
                        XmlElement.element("feature", Namespaces.DISCO_INFO).with("var", feature)));
        return XmlElement.element("iq", Namespaces.CLIENT)
                .with("type", "result")
                .with("id", iq.attribute("id"))
                .with("to", iq.attribute("from"))
                .with(info)
                .build();
    }

    private static XmlElement reply(XmlElement iq, boolean known) {
        XmlElement.Builder answer = XmlElement.element("iq", Namespaces.CLIENT)
                .with("type", known ? "result" : "error")
                .with("id", iq.attribute("id"))
                .with("to", iq.attribute("from"));
        if (!known) {
            answer.with(Xml.stanza(
                    "<error type='cancel'><item-not-found" + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"));
        }
        return answer.build();
    }

    private void jingle(String action, XmlElement jingle) {
        switch (action) {
            case "session-initiate" -> {
                offers++;
                if (!sid.isEmpty()) {
                    throw new AssertionError(endpoint + " was offered a session while it has one");
                }
                sid = jingle.attribute("sid");
                bridgeSession = jingle.child("bridge-session", Namespaces.FOCUS)
                        .orElseThrow()
                        .attribute("id");
                bridgeUfrag = jingle.children().getFirst().children().stream()
                        .filter(c -> c.name().equals("transport"))
                        .findFirst()
                        .orElseThrow()
                        .attribute("ufrag");
                remote.clear();
                learn(jingle, true);
                if (accepts) {
                    accept();
                }
            }
            case "session-terminate" -> {
                terminations++;
                sid = "";
                remote.clear();
            }
            case "source-add" -> learn(jingle, true);
            case "source-remove" -> learn(jingle, false);
            case "transport-info" -> {
                transports.add(jingle.children().getFirst().children().getFirst());
                bridgeUfrag = transports.getLast().attribute("ufrag");
            }
            default -> throw new AssertionError("unexpected " + action);
        }
    }

    /** Forgets its session, as after it asked for a restart. */
    public void forgetSession() {
        sid = "";
        remote.clear();
    }

    private void learn(XmlElement jingle, boolean add) {
        String json =
                jingle.child("json-message", Namespaces.JITMEET).orElseThrow().text();
        if (!OWNER.matcher(json).find()) {
            throw new AssertionError("not the compact form: " + json);
        }
        Matcher names = NAME.matcher(json);
        while (names.find()) {
            long ssrc = Long.parseLong(names.group(1));
            if (names.group(2).startsWith("jvb")) {
                continue;
            }
            if (names.group(2).startsWith(endpoint)) {
                throw new AssertionError(endpoint + " was told of its own source");
            }
            String before = add ? remote.put(ssrc, names.group(2)) : remote.remove(ssrc);
            if (add == (before != null)) {
                throw new AssertionError(endpoint + " was told twice: " + json);
            }
        }
    }
}
