package org.videowindow.portal.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** The one row that says whether anybody has signed up yet, and that changes of administrators take turns with. */
@Entity
public class Installation {
    static final int ONLY = 1;

    @Id
    private int id;

    private boolean founded;

    protected Installation() {}

    boolean founded() {
        return founded;
    }

    void found() {
        founded = true;
    }

    int id() {
        return id;
    }
}
