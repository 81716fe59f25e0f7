package org.videowindow.bridge.colibri.xmpp;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.filter.AndFilter;
import org.jivesoftware.smack.filter.FromMatchesFilter;
import org.jivesoftware.smack.filter.StanzaTypeFilter;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * The brewery room (XEP-0045) as a bridge needs it: be in it, tell presence, know who is behind a nick. Asks the room's
 * service nothing before it joins, because the service may let bridges do nothing else.
 *
 * <p>Presence is taken over on the thread on which Smack also hands over requests, in the order of arrival: a request
 * of somebody who has just joined finds them here.
 */
final class BreweryRoom {
    private static final int OCCUPANTS = 10_000;

    private final XMPPConnection connection;
    private final EntityFullJid self;
    /** Real addresses by occupant. */
    private final Map<EntityFullJid, Jid> occupants = new ConcurrentHashMap<>();

    private final Runnable lost;
    /** Of the latest attempt to join. */
    private volatile CompletableFuture<Void> entered = new CompletableFuture<>();

    private volatile boolean present;

    /** @param lost called when the room has removed the bridge */
    BreweryRoom(XMPPConnection connection, EntityBareJid room, Resourcepart nick, Runnable lost) {
        this.connection = connection;
        this.self = JidCreate.entityFullFrom(room, nick);
        this.lost = lost;
        connection.addSyncStanzaListener(
                stanza -> received((Presence) stanza),
                new AndFilter(StanzaTypeFilter.PRESENCE, FromMatchesFilter.createBare(room)));
    }

    /**
     * Joins and returns once inside. May be tried again when refused.
     *
     * @throws XMPPException when the room refuses, above all because the focus has not made it yet
     */
    void join(ExtensionElement statistics, long timeoutMillis)
            throws SmackException, XMPPException, InterruptedException {
        CompletableFuture<Void> attempt = new CompletableFuture<>();
        entered = attempt;
        // No history: messages are no business of a bridge.
        connection.sendStanza(presence(Presence.Type.available)
                .addExtension(new MUCInitialPresence(null, 0, -1, -1, null))
                .addExtension(statistics)
                .build());
        try {
            attempt.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SmackException.SmackMessageException("the brewery does not answer");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof XMPPException refused) {
                throw refused;
            }
            throw new SmackException.SmackWrappedException(e);
        }
    }

    /** Renews the presence. */
    void tell(ExtensionElement statistics) throws SmackException, InterruptedException {
        connection.sendStanza(
                presence(Presence.Type.available).addExtension(statistics).build());
    }

    void leave() throws SmackException, InterruptedException {
        connection.sendStanza(presence(Presence.Type.unavailable).build());
    }

    boolean isPresent() {
        return present;
    }

    /** The address behind an occupant, or {@code null} when there is none or the room hides it. */
    Jid realJid(EntityFullJid occupant) {
        return occupants.get(occupant);
    }

    private PresenceBuilder presence(Presence.Type type) {
        return StanzaBuilder.buildPresence().ofType(type).to(self);
    }

    private void received(Presence presence) {
        EntityFullJid occupant = presence.getFrom().asEntityFullJidIfPossible();
        switch (presence.getType()) {
            case error -> refused(presence);
            case available -> {
                if (occupant != null) {
                    available(occupant, presence);
                }
            }
            case unavailable -> {
                if (occupant != null) {
                    occupants.remove(occupant);
                }
                if (self.equals(occupant)) {
                    present = false;
                    lost.run();
                }
            }
            default -> {}
        }
    }

    private void available(EntityFullJid occupant, Presence presence) {
        Jid real = realJid(presence);
        if (real == null || (occupants.size() >= OCCUPANTS && !occupants.containsKey(occupant))) {
            occupants.remove(occupant);
        } else {
            occupants.put(occupant, real);
        }
        if (self.equals(occupant)) {
            present = true;
            entered.complete(null);
        }
    }

    private void refused(Stanza presence) {
        entered.completeExceptionally(new XMPPException.XMPPErrorException(presence, presence.getError()));
    }

    private static Jid realJid(Presence presence) {
        MUCUser user = MUCUser.from(presence);
        return user == null || user.getItem() == null ? null : user.getItem().getJid();
    }
}
