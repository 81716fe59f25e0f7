-- Tables that the server's own queries expect (schema version 26). They live in memory for the life of the process:
-- rooms are temporary, accounts come from tokens and properties are set at each start.

CREATE TABLE ofVersion (name VARCHAR(50) PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE ofID (idType INTEGER PRIMARY KEY, id BIGINT NOT NULL);
CREATE TABLE ofProperty (
  name VARCHAR(100) PRIMARY KEY, propValue VARCHAR(4000) NOT NULL, encrypted INTEGER, iv CHAR(24));

-- Accounts and what hangs on them
CREATE TABLE ofUser (
  username VARCHAR(64) PRIMARY KEY, storedKey VARCHAR(32), serverKey VARCHAR(32), salt VARCHAR(32), iterations INTEGER,
  plainPassword VARCHAR(32), encryptedPassword VARCHAR(255), name VARCHAR(100), email VARCHAR(100),
  creationDate VARCHAR(15) NOT NULL, modificationDate VARCHAR(15) NOT NULL);
CREATE TABLE ofUserProp (
  username VARCHAR(64), name VARCHAR(100), propValue VARCHAR(4000) NOT NULL, PRIMARY KEY (username, name));
CREATE TABLE ofUserFlag (
  username VARCHAR(64), name VARCHAR(100), startTime VARCHAR(15), endTime VARCHAR(15), PRIMARY KEY (username, name));
CREATE TABLE ofPrivate (
  username VARCHAR(64), name VARCHAR(100), namespace VARCHAR(200), privateData LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name, namespace));
CREATE TABLE ofOffline (
  username VARCHAR(64), messageID BIGINT, creationDate VARCHAR(15) NOT NULL, messageSize INTEGER NOT NULL,
  stanza LONGVARCHAR NOT NULL, PRIMARY KEY (username, messageID));
CREATE TABLE ofPresence (
  username VARCHAR(64) PRIMARY KEY, offlinePresence LONGVARCHAR, offlineDate VARCHAR(15) NOT NULL);
CREATE TABLE ofRoster (
  rosterID BIGINT PRIMARY KEY, username VARCHAR(64) NOT NULL, jid VARCHAR(1024) NOT NULL, sub INTEGER NOT NULL,
  ask INTEGER NOT NULL, recv INTEGER NOT NULL, nick VARCHAR(255));
CREATE TABLE ofRosterGroups (
  rosterID BIGINT, rank INTEGER, groupName VARCHAR(255) NOT NULL, PRIMARY KEY (rosterID, rank));
CREATE TABLE ofVCard (username VARCHAR(64) PRIMARY KEY, vcard LONGVARCHAR NOT NULL);
CREATE TABLE ofPrivacyList (
  username VARCHAR(64), name VARCHAR(100), isDefault INTEGER NOT NULL, list LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name));
CREATE TABLE ofGroup (groupName VARCHAR(50) PRIMARY KEY, description VARCHAR(255));
CREATE TABLE ofGroupProp (
  groupName VARCHAR(50), name VARCHAR(100), propValue VARCHAR(4000) NOT NULL, PRIMARY KEY (groupName, name));
CREATE TABLE ofGroupUser (
  groupName VARCHAR(50), username VARCHAR(100), administrator INTEGER, PRIMARY KEY (groupName, username, administrator));
CREATE TABLE ofSecurityAuditLog (
  msgID BIGINT PRIMARY KEY, username VARCHAR(64) NOT NULL, entryStamp BIGINT NOT NULL, summary VARCHAR(255) NOT NULL,
  node VARCHAR(255) NOT NULL, details LONGVARCHAR);

-- Other servers and components
CREATE TABLE ofExtComponentConf (
  subdomain VARCHAR(255) PRIMARY KEY, wildcard INTEGER NOT NULL, secret VARCHAR(255), permission VARCHAR(10) NOT NULL);
CREATE TABLE ofRemoteServerConf (
  xmppDomain VARCHAR(255) PRIMARY KEY, remotePort INTEGER, permission VARCHAR(10) NOT NULL);

-- Rooms
CREATE TABLE ofMucService (
  serviceID BIGINT NOT NULL, subdomain VARCHAR(255) PRIMARY KEY, description VARCHAR(255), isHidden INTEGER NOT NULL);
CREATE TABLE ofMucServiceProp (
  serviceID BIGINT, name VARCHAR(100), propValue VARCHAR(4000) NOT NULL, PRIMARY KEY (serviceID, name));
CREATE TABLE ofMucRoom (
  serviceID BIGINT, roomID BIGINT NOT NULL, creationDate CHAR(15) NOT NULL, modificationDate CHAR(15) NOT NULL,
  name VARCHAR(50), naturalName VARCHAR(255) NOT NULL, description VARCHAR(255), lockedDate CHAR(15) NOT NULL,
  emptyDate CHAR(15), canChangeSubject INTEGER NOT NULL, maxUsers INTEGER NOT NULL, publicRoom INTEGER NOT NULL,
  moderated INTEGER NOT NULL, membersOnly INTEGER NOT NULL, canInvite INTEGER NOT NULL, roomPassword VARCHAR(50),
  canDiscoverJID INTEGER NOT NULL, logEnabled INTEGER NOT NULL, subject VARCHAR(100), rolesToBroadcast INTEGER NOT NULL,
  useReservedNick INTEGER NOT NULL, canChangeNick INTEGER NOT NULL, canRegister INTEGER NOT NULL, allowpm INTEGER,
  PRIMARY KEY (serviceID, name));
CREATE TABLE ofMucRoomProp (
  roomID BIGINT, name VARCHAR(100), propValue VARCHAR(4000) NOT NULL, PRIMARY KEY (roomID, name));
CREATE TABLE ofMucAffiliation (
  roomID BIGINT, jid VARCHAR(1024), affiliation INTEGER NOT NULL, PRIMARY KEY (roomID, jid));
CREATE TABLE ofMucMember (
  roomID BIGINT, jid VARCHAR(1024), nickname VARCHAR(255), firstName VARCHAR(100), lastName VARCHAR(100),
  url VARCHAR(100), email VARCHAR(100), faqentry VARCHAR(100), PRIMARY KEY (roomID, jid));
CREATE TABLE ofMucConversationLog (
  roomID BIGINT NOT NULL, messageID BIGINT, sender VARCHAR(1024) NOT NULL, nickname VARCHAR(255),
  logTime CHAR(15) NOT NULL, subject VARCHAR(255), body LONGVARCHAR, stanza LONGVARCHAR);

-- Publish and subscribe (switched off; the server reads its tables at start nevertheless)
CREATE TABLE ofPubsubNode (
  serviceID VARCHAR(100), nodeID VARCHAR(100), leaf INTEGER NOT NULL, creationDate CHAR(15) NOT NULL,
  modificationDate CHAR(15) NOT NULL, parent VARCHAR(100), deliverPayloads INTEGER NOT NULL, maxPayloadSize INTEGER,
  persistItems INTEGER, maxItems INTEGER, notifyConfigChanges INTEGER NOT NULL, notifyDelete INTEGER NOT NULL,
  notifyRetract INTEGER NOT NULL, presenceBased INTEGER NOT NULL, sendItemSubscribe INTEGER NOT NULL,
  publisherModel VARCHAR(15) NOT NULL, subscriptionEnabled INTEGER NOT NULL, configSubscription INTEGER NOT NULL,
  accessModel VARCHAR(10) NOT NULL, payloadType VARCHAR(100), bodyXSLT VARCHAR(100), dataformXSLT VARCHAR(100),
  creator VARCHAR(1024) NOT NULL, description VARCHAR(255), language VARCHAR(255), name VARCHAR(50),
  replyPolicy VARCHAR(15), associationPolicy VARCHAR(15), maxLeafNodes INTEGER, PRIMARY KEY (serviceID, nodeID));
CREATE TABLE ofPubsubNodeJIDs (
  serviceID VARCHAR(100), nodeID VARCHAR(100), jid VARCHAR(1024), associationType VARCHAR(20) NOT NULL,
  PRIMARY KEY (serviceID, nodeID, jid));
CREATE TABLE ofPubsubNodeGroups (
  serviceID VARCHAR(100) NOT NULL, nodeID VARCHAR(100) NOT NULL, rosterGroup VARCHAR(100) NOT NULL);
CREATE TABLE ofPubsubAffiliation (
  serviceID VARCHAR(100), nodeID VARCHAR(100), jid VARCHAR(1024), affiliation VARCHAR(10) NOT NULL,
  PRIMARY KEY (serviceID, nodeID, jid));
CREATE TABLE ofPubsubItem (
  serviceID VARCHAR(100), nodeID VARCHAR(100), id VARCHAR(100), jid VARCHAR(1024) NOT NULL,
  creationDate CHAR(15) NOT NULL, payload LONGVARCHAR, PRIMARY KEY (serviceID, nodeID, id));
CREATE TABLE ofPubsubSubscription (
  serviceID VARCHAR(100), nodeID VARCHAR(100), id VARCHAR(100), jid VARCHAR(1024) NOT NULL, owner VARCHAR(1024) NOT NULL,
  state VARCHAR(15) NOT NULL, deliver INTEGER NOT NULL, digest INTEGER NOT NULL, digest_frequency INTEGER NOT NULL,
  expire CHAR(15), includeBody INTEGER NOT NULL, showValues VARCHAR(30) NOT NULL, subscriptionType VARCHAR(10) NOT NULL,
  subscriptionDepth INTEGER NOT NULL, keyword VARCHAR(200), PRIMARY KEY (serviceID, nodeID, id));
CREATE TABLE ofPubsubDefaultConf (
  serviceID VARCHAR(100), leaf INTEGER, deliverPayloads INTEGER NOT NULL, maxPayloadSize INTEGER NOT NULL,
  persistItems INTEGER NOT NULL, maxItems INTEGER NOT NULL, notifyConfigChanges INTEGER NOT NULL,
  notifyDelete INTEGER NOT NULL, notifyRetract INTEGER NOT NULL, presenceBased INTEGER NOT NULL,
  sendItemSubscribe INTEGER NOT NULL, publisherModel VARCHAR(15) NOT NULL, subscriptionEnabled INTEGER NOT NULL,
  accessModel VARCHAR(10) NOT NULL, language VARCHAR(255), replyPolicy VARCHAR(15),
  associationPolicy VARCHAR(15) NOT NULL, maxLeafNodes INTEGER NOT NULL, PRIMARY KEY (serviceID, leaf));

INSERT INTO ofMucService (serviceID, subdomain, isHidden) VALUES (1, 'conference', 0);
INSERT INTO ofID (idType, id) VALUES (18, 1);
INSERT INTO ofID (idType, id) VALUES (19, 1);
INSERT INTO ofID (idType, id) VALUES (23, 1);
INSERT INTO ofID (idType, id) VALUES (26, 2);
INSERT INTO ofVersion (name, version) VALUES ('openfire', 26);

-- What a room is before the focus has configured it
INSERT INTO ofMucServiceProp (serviceID, name, propValue) VALUES (1, 'history.type', 'none');
INSERT INTO ofMucServiceProp (serviceID, name, propValue) VALUES (1, 'room.maxUsers', '0');
INSERT INTO ofMucServiceProp (serviceID, name, propValue) VALUES (1, 'room.publicRoom', 'false');
INSERT INTO ofMucServiceProp (serviceID, name, propValue) VALUES (1, 'room.canAnyoneDiscoverJID', 'true');
INSERT INTO ofMucServiceProp (serviceID, name, propValue) VALUES (1, 'room.registrationEnabled', 'false');
INSERT INTO ofMucServiceProp (serviceID, name, propValue) VALUES (1, 'room.logEnabled', 'false');
