package org.videowindow.portal.account;

/** Asks by mail whether an address belongs to the account's owner. */
public interface AddressConfirmation {
    /**
     * Sends a link to an address, in the background.
     *
     * @param address the account's own, or the one that it shall have once the link was opened
     */
    void ask(Account account, String address);
}
