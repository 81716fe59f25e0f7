package org.videowindow.bridge;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.filter.StanzaIdFilter;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Somebody in the brewery with an account of the test: the focus, or a bridge that is up to no good. */
final class BreweryMember implements AutoCloseable {
    private static final String BREWERY = "brewery@conference." + ShardProcess.DOMAIN;
    private final XMPPTCPConnection connection;
    private final BlockingQueue<Presence> presences = new LinkedBlockingQueue<>();

    private BreweryMember(XMPPTCPConnection connection) {
        this.connection = connection;
    }

    /** Signs in the focus and makes the room. */
    static BreweryMember focus(ShardProcess shard) throws Exception {
        BreweryMember focus = connect(shard, "focus", "focus");
        MultiUserChat room = focus.room();
        room.create(Resourcepart.from("focus")).getConfigFormManager();
        FillableForm form = new FillableForm(room.getConfigurationForm().getDataForm());
        form.setAnswer("muc#roomconfig_whois", "anyone");
        form.setAnswer("muc#roomconfig_publicroom", false);
        form.setAnswer("muc#roomconfig_persistentroom", false);
        room.sendConfigurationForm(form);
        return focus;
    }

    /** Signs in a further bridge and joins. */
    static BreweryMember bridge(ShardProcess shard, String id) throws Exception {
        BreweryMember bridge = connect(shard, "bridge", id);
        bridge.connection.sendStanza(PacketParserUtils.parseStanza(
                "<presence to='" + BREWERY + "/" + id + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>"));
        bridge.presence(
                presence -> presence.getFrom().getResourceOrEmpty().toString().equals(id));
        return bridge;
    }

    private static BreweryMember connect(ShardProcess shard, String account, String resource) throws Exception {
        XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(ShardProcess.DOMAIN)
                .setHostAddress(InetAddress.getLoopbackAddress())
                .setPort(shard.clientPort())
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(trust(shard))
                .setHostnameVerifier((host, session) -> true)
                .setUsernameAndPassword(account, Files.readString(shard.passwordFile(account)))
                .setResource(resource)
                .setCompressionEnabled(false)
                .build());
        connection.setUseStreamManagement(false);
        connection.setReplyTimeout(20_000);
        // The room sends strange stanzas back to their sender as well.
        connection.setParsingExceptionCallback(stanza -> {});
        BreweryMember member = new BreweryMember(connection);
        connection.addSyncStanzaListener(
                stanza -> member.presences.add((Presence) stanza), stanza -> stanza instanceof Presence);
        connection.connect().login();
        return member;
    }

    private static X509TrustManager trust(ShardProcess shard) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(shard.certificate())) {
            store.setCertificateEntry(
                    "shard", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** The next presence that fits; fails when none comes. */
    Presence presence(Predicate<Presence> wanted) throws InterruptedException {
        while (true) {
            Presence presence = presences.poll(60, TimeUnit.SECONDS);
            if (presence == null) {
                throw new AssertionError("The presence did not come.");
            }
            if (presence.getFrom() != null && wanted.test(presence)) {
                return presence;
            }
        }
    }

    /** Sends an IQ, given as text without address and id, to the occupant and returns the answer. */
    IQ ask(String nick, String type, String payload) throws Exception {
        String id = "ask-" + System.nanoTime();
        EntityFullJid to = JidCreate.entityFullFrom(BREWERY + "/" + nick);
        try (StanzaCollector answers = connection.createStanzaCollector(new StanzaIdFilter(id))) {
            sendText("<iq to='" + to + "' type='" + type + "' id='" + id + "'>" + payload + "</iq>");
            Stanza answer = answers.nextResult(20_000);
            if (answer == null) {
                throw new AssertionError("No answer to " + payload);
            }
            return (IQ) answer;
        }
    }

    /** Sends text as it is. */
    void sendText(String xml) throws Exception {
        connection.sendNonza(new Verbatim(xml));
    }

    private MultiUserChat room() throws Exception {
        return MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(JidCreate.entityBareFrom(BREWERY));
    }

    @Override
    public void close() {
        connection.instantShutdown();
    }

    /** Text that Smack writes without looking at it. */
    private record Verbatim(String xml) implements Nonza {
        @Override
        public String getElementName() {
            return "verbatim";
        }

        @Override
        public String getNamespace() {
            return "verbatim";
        }

        @Override
        public CharSequence toXML(XmlEnvironment environment) {
            return xml;
        }
    }
}
