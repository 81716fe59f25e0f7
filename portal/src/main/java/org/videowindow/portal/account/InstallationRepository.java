package org.videowindow.portal.account;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The installation's row in the database. */
interface InstallationRepository extends Repository<Installation, Integer> {
    /** Holds the row until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select i from Installation i where i.id = " + Installation.ONLY)
    Installation lock();

    @Query("select i.founded from Installation i where i.id = " + Installation.ONLY)
    boolean founded();
}
