package org.videowindow.portal.key;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Signing keys in the database. */
interface SigningKeyRepository extends Repository<SigningKey, String> {
    SigningKey save(SigningKey key);

    List<SigningKey> findAllByOrderByCreatedAtDescKeyIdAsc();
}
