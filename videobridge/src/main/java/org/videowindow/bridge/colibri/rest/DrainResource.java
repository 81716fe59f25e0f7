package org.videowindow.bridge.colibri.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.colibri.Admission;
import org.videowindow.bridge.colibri.Admission.State;

/** Draining before maintenance: no new conferences, the focus moves those that are there. Any thread. */
public final class DrainResource {
    private static final Logger log = LoggerFactory.getLogger(DrainResource.class);

    private final Admission admission;

    public DrainResource(Admission admission) {
        this.admission = admission;
    }

    HttpAnswer get() {
        boolean draining = admission.state() != State.OPEN;
        return HttpAnswer.json(200, JsonNodeFactory.instance.objectNode().put("draining", draining));
    }

    HttpAnswer set(boolean draining) {
        admission.drain(draining);
        log.info(draining ? "Drained: no new conferences" : "No longer drained: new conferences are welcome");
        return HttpAnswer.NOTHING;
    }
}
