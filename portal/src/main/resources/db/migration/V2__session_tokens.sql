-- Sessions get short access tokens and rotating refresh tokens. The sessions of before have neither: people sign in
-- again once.
drop table account_session;

-- One signed-in browser or app, from its sign-in to its end. Of the tokens only SHA-256 hashes in hexadecimal are here.
create table account_session (
    id                         uuid                     not null primary key,
    account_id                 uuid                     not null,
    signed_in_at               timestamp with time zone not null,
    access_hash                varchar(64)              not null,
    access_expires_at          timestamp with time zone not null,
    -- The access token before, which requests on their way may still carry.
    previous_access_hash       varchar(64),
    previous_access_expires_at timestamp with time zone,
    refresh_hash               varchar(64)              not null,
    -- The refresh token before, and the salt by which it leads to its successor once more.
    previous_refresh_hash      varchar(64),
    successor_salt             varchar(64),
    refreshed_at               timestamp with time zone,
    expires_at                 timestamp with time zone not null,
    constraint account_session_account foreign key (account_id) references account (id) on delete cascade
);
create index account_session_account_index on account_session (account_id, signed_in_at);
create index account_session_expires_index on account_session (expires_at);
