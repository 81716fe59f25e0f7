package org.videowindow.shard.extdisco;

import java.time.InstantSource;
import java.util.Optional;
import org.dom4j.Element;
import org.jivesoftware.openfire.IQHandlerInfo;
import org.jivesoftware.openfire.handler.IQHandler;
import org.videowindow.shard.config.ShardSettings.Service;
import org.videowindow.shard.config.ShardSettings.Turn;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;

/**
 * External service discovery (XEP-0215): which STUN and TURN servers there are, with credentials made for the one who
 * asks. Without TURN the list is empty. One handler per version of the namespace; called on the server's threads.
 */
public final class ExternalServices extends IQHandler {
    /** The namespace clients ask first. */
    public static final String VERSION_2 = "urn:xmpp:extdisco:2";

    /** The one they ask next. */
    public static final String VERSION_1 = "urn:xmpp:extdisco:1";

    private final IQHandlerInfo info;
    private final Optional<Turn> turn;
    private final InstantSource clock;

    public ExternalServices(String namespace, Optional<Turn> turn, InstantSource clock) {
        super("External service discovery");
        this.info = new IQHandlerInfo("services", namespace);
        this.turn = turn;
        this.clock = clock;
    }

    @Override
    public IQ handleIQ(IQ request) {
        IQ answer = IQ.createResultIQ(request);
        if (request.getType() != IQ.Type.get) {
            answer.setChildElement(request.getChildElement().createCopy());
            answer.setError(PacketError.Condition.bad_request);
            return answer;
        }
        Element services = answer.setChildElement("services", info.getNamespace());
        String type = request.getChildElement().attributeValue("type");
        if (type != null) {
            services.addAttribute("type", type);
        }
        turn.ifPresent(t -> list(services, t, request.getFrom().getNode(), type));
        return answer;
    }

    private void list(Element services, Turn settings, String user, String type) {
        TurnCredentials credentials =
                TurnCredentials.make(settings.secret(), user, settings.credentialLifetime(), clock.instant());
        for (Service service : settings.services()) {
            if (type != null && !type.equals(service.type())) {
                continue;
            }
            Element element = services.addElement("service")
                    .addAttribute("type", service.type())
                    .addAttribute("host", service.host())
                    .addAttribute("port", Integer.toString(service.port()))
                    .addAttribute("transport", service.transport());
            if (!"stun".equals(service.type())) {
                element.addAttribute("username", credentials.username())
                        .addAttribute("password", credentials.password())
                        .addAttribute("restricted", "1")
                        .addAttribute("expires", credentials.expires().toString());
            }
        }
    }

    @Override
    public IQHandlerInfo getInfo() {
        return info;
    }
}
