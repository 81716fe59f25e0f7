package org.videowindow.bridge.channel;

import org.videowindow.bridge.conference.ReceiverConstraints;

/**
 * What one endpoint has said it wants to receive: clients send only what changed. Guarded by its {@link EndpointChannel}.
 */
final class ReceiverWish {
    private ReceiverConstraints constraints = ReceiverConstraints.ALL;

    /** Takes over what a message changes and returns the whole wish. */
    ReceiverConstraints change(ClientMessage.ReceiverVideoConstraints change) {
        constraints = new ReceiverConstraints(
                change.lastN() == null ? constraints.lastN() : change.lastN(),
                change.selected() == null ? constraints.selectedSources() : change.selected(),
                change.onStage() == null ? constraints.onStageSources() : change.onStage(),
                change.defaults() == null ? constraints.defaults() : change.defaults(),
                change.constraints() == null ? constraints.constraints() : change.constraints());
        return constraints;
    }
}
