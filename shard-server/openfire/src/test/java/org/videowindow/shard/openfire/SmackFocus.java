package org.videowindow.shard.openfire;

import java.net.InetAddress;
import javax.net.ssl.HostnameVerifier;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** A service as focus and bridge are: Smack over TCP with TLS, pinning the certificate the server has exported. */
final class SmackFocus implements AutoCloseable {
    /** How long Smack waits for an answer: on a busy machine longer than its five seconds. */
    static final long REPLY_MILLIS = 30_000;

    final XMPPTCPConnection connection;

    private SmackFocus(XMPPTCPConnection connection) {
        this.connection = connection;
    }

    static SmackFocus focus(ShardProcess shard) throws Exception {
        return connect(shard, "focus", ShardProcess.FOCUS_PASSWORD, "focus");
    }

    static SmackFocus bridge(ShardProcess shard, String id) throws Exception {
        return connect(shard, "bridge", ShardProcess.BRIDGE_PASSWORD, id);
    }

    static SmackFocus connect(ShardProcess shard, String name, String password, String resource) throws Exception {
        HostnameVerifier any = (host, session) -> true;
        XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(ShardProcess.DOMAIN)
                .setHostAddress(InetAddress.getLoopbackAddress())
                .setPort(shard.clientPort)
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(PinnedCertificate.of(shard.folder.resolve("home/certificate.pem")))
                .setHostnameVerifier(any)
                .setUsernameAndPassword(name, password)
                .setResource(resource)
                .setSendPresence(false)
                .setCompressionEnabled(false)
                .build());
        connection.setUseStreamManagement(false);
        connection.setReplyTimeout(REPLY_MILLIS);
        connection.connect().login();
        return new SmackFocus(connection);
    }

    /** Makes a room as the focus does: whois anyone, hidden, temporary. */
    MultiUserChat create(String room) throws Exception {
        MultiUserChat chat = room(room);
        chat.create(Resourcepart.from("focus")).getConfigFormManager();
        FillableForm form = new FillableForm(chat.getConfigurationForm().getDataForm());
        form.setAnswer("muc#roomconfig_whois", "anyone");
        form.setAnswer("muc#roomconfig_publicroom", false);
        form.setAnswer("muc#roomconfig_persistentroom", false);
        form.setAnswer("muc#roomconfig_maxusers", "0");
        chat.sendConfigurationForm(form);
        return chat;
    }

    MultiUserChat room(String room) throws XmppStringprepException {
        return MultiUserChatManager.getInstanceFor(connection)
                .getMultiUserChat(JidCreate.entityBareFrom(room + "@" + ShardProcess.ROOMS));
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
