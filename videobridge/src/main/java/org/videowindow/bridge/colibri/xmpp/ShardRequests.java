package org.videowindow.bridge.colibri.xmpp;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jitsi.xmpp.extensions.colibri.ForcefulShutdownIQ;
import org.jitsi.xmpp.extensions.colibri.GracefulShutdownIQ;
import org.jitsi.xmpp.extensions.colibri2.AbstractConferenceModificationIQ;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.health.HealthCheckIQ;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.colibri.Colibri2Handler;
import org.videowindow.bridge.colibri.ColibriCounters;

/**
 * Answers what arrives from one shard: COLIBRI2 and shutdown from its focus only, health checks from anybody in the
 * brewery. Smack calls one request after the other in the order of their arrival, on a thread of its own.
 */
final class ShardRequests {
    private static final Logger log = LoggerFactory.getLogger(ShardRequests.class);

    private final FocusGate gate;
    private final Colibri2Handler handler;
    private final BridgeControl bridge;
    private final ColibriCounters counters;

    ShardRequests(FocusGate gate, Colibri2Handler handler, BridgeControl bridge, ColibriCounters counters) {
        this.gate = gate;
        this.handler = handler;
        this.bridge = bridge;
        this.counters = counters;
    }

    void register(XMPPConnection connection) {
        // Jicofo sends its changes with type get.
        for (IQ.Type type : new IQ.Type[] {IQ.Type.get, IQ.Type.set}) {
            on(
                    connection,
                    ConferenceModifyIQ.ELEMENT,
                    AbstractConferenceModificationIQ.NAMESPACE,
                    type,
                    request -> fromFocus(request, () -> handler.handle((ConferenceModifyIQ) request)));
        }
        on(connection, HealthCheckIQ.ELEMENT, HealthCheckIQ.NAMESPACE, IQ.Type.get, this::health);
        on(
                connection,
                GracefulShutdownIQ.ELEMENT,
                GracefulShutdownIQ.NAMESPACE,
                IQ.Type.set,
                request -> fromFocus(request, () -> {
                    bridge.stopGracefully();
                    return IQ.createResultIQ(request);
                }));
        on(
                connection,
                ForcefulShutdownIQ.ELEMENT,
                ForcefulShutdownIQ.NAMESPACE,
                IQ.Type.set,
                request -> fromFocus(request, () -> {
                    bridge.stopNow();
                    return IQ.createResultIQ(request);
                }));
    }

    /** The answer to a request that only the focus may make. */
    IQ fromFocus(IQ request, Supplier<IQ> answer) {
        if (!gate.isFocus(request.getFrom())) {
            counters.strangers.increment();
            log.warn("A request that only the focus may make came from somebody else and was refused");
            return IQ.createErrorResponse(request, StanzaError.Condition.not_authorized);
        }
        return answer.get();
    }

    private IQ health(IQ request) {
        return bridge.isHealthy()
                ? IQ.createResultIQ(request)
                : IQ.createErrorResponse(request, StanzaError.Condition.internal_server_error);
    }

    private static void on(
            XMPPConnection connection, String element, String namespace, IQ.Type type, Function<IQ, IQ> answer) {
        connection.registerIQRequestHandler(
                new AbstractIqRequestHandler(element, namespace, type, IQRequestHandler.Mode.sync) {
                    @Override
                    public IQ handleIQRequest(IQ request) {
                        return answer.apply(request);
                    }
                });
    }
}
