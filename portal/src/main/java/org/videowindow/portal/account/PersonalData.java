package org.videowindow.portal.account;

import java.util.UUID;

/** Something that is kept about a person. Every part that keeps such data has one of these, for the data export. */
public interface PersonalData {
    /** The member's name in the export. */
    String name();

    /** What is kept, in a form that becomes JSON. */
    Object of(UUID accountId);
}
