-- Links in mails. Each works once; the table has only the SHA-256 of what the link carries.
create table mail_token (
    token_hash varchar(64)              not null primary key,
    purpose    varchar(16)              not null,
    account_id uuid                     not null,
    email      varchar(254)             not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    constraint mail_token_account foreign key (account_id) references account (id) on delete cascade
);
create index mail_token_account_index on mail_token (account_id);
create index mail_token_expires_index on mail_token (expires_at);

-- Who an account is at an OpenID provider.
create table account_identity (
    id         uuid                     not null primary key,
    issuer     varchar(400)             not null,
    subject    varchar(255)             not null,
    account_id uuid                     not null,
    linked_at  timestamp with time zone not null,
    constraint account_identity_unique unique (issuer, subject),
    constraint account_identity_account foreign key (account_id) references account (id) on delete cascade
);
create index account_identity_account_index on account_identity (account_id);

-- Sign-ins that are under way at a provider, until it sends the browser back: any instance of the portal can finish them.
create table oidc_sign_in (
    state_hash   varchar(64)              not null primary key,
    provider     varchar(32)              not null,
    browser_hash varchar(64)              not null,
    nonce        varchar(128)             not null,
    verifier     varchar(128)             not null,
    return_path  varchar(400)             not null,
    expires_at   timestamp with time zone not null
);
create index oidc_sign_in_expires_index on oidc_sign_in (expires_at);
