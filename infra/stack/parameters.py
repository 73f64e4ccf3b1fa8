"""What a stage says of itself: parameters of the app stack, and the settings of functions that follow from them."""

from typing import Final

from infra.stack.life import LIFE, OF_LIFE
from infra.stack.malware import SCAN
from infra.stack.resources import PEPPER, TOKEN_KEY, Resource, ref

PARAMETERS: Final[dict[str, Resource]] = {
    "Stage": {"Type": "String"},
    "Installation": {
        "Type": "String",
        "Default": "motcua",
        "AllowedPattern": "[a-z][a-z0-9-]{1,30}",
        "Description": "What this installation is called in its account and region, such as motcua-trial",
    },
    "Issuer": {"Type": "String", "Description": "OpenID Connect issuer of the tokens we accept"},
    "Audience": {"Type": "String", "Default": "motcua"},
    "JwksUrl": {"Type": "String"},
    "OtherIssuers": {
        "Type": "String",
        "Default": "none",
        "Description": "More issuers, each <KIND+KIND> <issuer> <address of its keys>, separated by commas; or none",
    },
    "TokenKeys": {
        "Type": "String",
        "Default": "",
        "Description": "Keys of exchanged tokens, separated by commas: the first signs; empty for the data stack's key",
    },
    "ExchangeSeconds": {
        "Type": "Number",
        "Default": 300,
        "MinValue": 60,
        "MaxValue": 900,
        "Description": "Seconds that a token is good for which a portal gets for a person",
    },
    "TokenTypes": {
        "Type": "String",
        "Default": "at+jwt",
        "Description": "What the typ of a token may say, separated by commas",
    },
    "TokenLifetime": {"Type": "Number", "Default": 86400, "MinValue": 60, "Description": "Seconds"},
    "PortalIds": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": r"[A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*",
        "Description": "client_id of the portals with a limit of their own, separated by commas; none for no limits",
    },
    "OwnClients": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": r"[A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*",
        "Description": "client_id of this stage's own clients, separated by commas: by them alone vaults are opened",
    },
    "OfficersKnownFrom": {
        "Type": "String",
        "Default": "2026-12-01",
        "AllowedPattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "Description": "Vietnamese day from which an officer whose personal number nobody gave decides nothing",
    },
    "KeysFolder": {"Type": "String", "Default": ""},
    "TimestampUrl": {"Type": "String", "Default": "", "Description": "Timestamp authority (RFC 3161)"},
    "SignatureLevel": {
        "Type": "String",
        "Default": "B-T",
        "AllowedValues": ["B-T", "B-LT", "B-LTA"],
        "Description": "PAdES level of signatures; above B-T the roots stand at roots/trusted.pem of the bucket",
    },
    "CscUrl": {
        "Type": "String",
        "Default": "",
        "AllowedPattern": "(https://.+/v[12])?",
        "Description": "Remote signing service (CSC API) for keys that are not in KMS; empty where there is none",
    },
    "CscClient": {"Type": "String", "Default": "", "Description": "client_id at the remote signing service"},
    "CscSecretArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the client_secret at the remote signing service",
    },
    "RegistersUrl": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": "none|https?://.+",
        "Description": "Gateway to population, business and land registers; none where there is none",
    },
    "RegistersKeyArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the bearer token for that gateway",
    },
    "RegistersSeconds": {
        "Type": "Number",
        "Default": 5,
        "MinValue": 1,
        "MaxValue": 10,
        "Description": "Seconds for which a register's answer is waited for",
    },
    "DeliveryUrl": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": "none|https?://.+",
        "Description": "Gateway to the national ID app, the post and registers of results; none where there is none",
    },
    "DeliveryKeyArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the bearer token for that gateway",
    },
    "Notices": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": "none|[{].+[}]",
        "Description": "Providers of e-mail, SMS and app notices and their hours, as JSON; none where none leaves",
    },
    "NoticesKeyArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the bearer token for those providers",
    },
    "NationalPortal": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": "none|[{].+[}]",
        "Description": "Where the National Public Service Portal is told of dossiers, as JSON; none where it is not",
    },
    "NationalPortalKeyArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the password of that portal",
    },
    "IdApp": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": "none|[{].+[}]",
        "Description": "Gateway to the national ID app and the connected kinds of papers, as JSON; none without one",
    },
    "IdAppKeyArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the bearer token for that gateway",
    },
    "NationalStore": {
        "Type": "String",
        "Default": "none",
        "AllowedPattern": "none|[{].+[}]",
        "Description": "Where the national e-data store is asked what it holds, as JSON; none where it is not",
    },
    "NationalStoreKeyArn": {
        "Type": "String",
        "Default": "",
        "Description": "Secret in Secrets Manager with the bearer token for that store",
    },
    "PublicUrl": {"Type": "String", "Description": "Where this API is reached: links, marks and problems point there"},
    "AnchorKeyArn": {"Type": "String", "Description": "Output of the data stack"},
    "SealingKeyArn": {"Type": "String", "Description": "Output of the data stack"},
    "SealingSeconds": {
        "Type": "Number",
        "Default": 300,
        "MinValue": 0,
        "MaxValue": 3600,
        "Description": "Seconds for which a process may go on with a key of a dossier: so long may an erased one live",
    },
    "DrivenLegs": {
        "Type": "Number",
        "Default": 1,
        "MinValue": 1,
        "Description": "Legs of a route from which on the state machine drives a dossier; 2 saves it for routes of one",
    },
    "PlansByHash": {
        "Type": "Number",
        "Default": 0,
        "AllowedValues": [0, 1],
        "Description": "1: drafts name their plan by hash; 0 while a release runs beside it that reads copies only",
    },
    "SweepDays": {
        "Type": "Number",
        "Default": 240,
        "MinValue": 1,
        "MaxValue": 370,
        "Description": "Days within which every chain of hashes, and its files, are looked at again",
    },
    "VaultBytes": {
        "Type": "Number",
        "Default": 1073741824,
        "MinValue": 0,
        "Description": "Bytes that one owner may keep of their own uploads in their vault",
    },
    "VaultDocuments": {
        "Type": "Number",
        "Default": 1000,
        "MinValue": 0,
        "Description": "Documents that one owner may keep of their own uploads in their vault",
    },
    "DayLimits": {
        "Type": "String",
        "Default": "draft=100,mandate=20,own_upload=200,petition=20",
        "AllowedPattern": "draft=[0-9]+,mandate=[0-9]+,own_upload=[0-9]+,petition=[0-9]+",
        "Description": "How often a day one person may open a draft, offer a mandate, announce a file, file a petition",
    },
    "ReadsMinutes": {
        "Type": "Number",
        "Default": 60,
        "MinValue": 1,
        "MaxValue": 1440,
        "Description": "Minutes over which the reads of one officer are looked at together",
    },
    "ReadsSubjects": {
        "Type": "Number",
        "Default": 60,
        "MinValue": 1,
        "MaxValue": 1000,
        "Description": "Persons whose files one officer reads within them unremarked",
    },
    "ReadsClosed": {
        "Type": "Number",
        "Default": 10,
        "MinValue": 0,
        "MaxValue": 1000,
        "Description": "Dossiers, not open, of which one officer reads within them unremarked",
    },
    "MalwareScan": SCAN,
    **LIFE,
}

TURNED_KEYS: Final = "TurnedTokenKeys"
"""The condition under which other keys than the data stack's sign tokens, or are published."""
REMOTE_SIGNING: Final = "RemoteSigning"
"""The condition under which a stage has a remote signing service."""
HAS_REGISTERS: Final = "HasRegisters"
"""The condition under which a stage has a key for a gateway to registers."""
HAS_DELIVERY: Final = "HasDelivery"
"""The condition under which a stage has a key for a gateway to destinations of results."""
HAS_NOTICES: Final = "HasNotices"
"""The condition under which a stage has a key for providers of notices."""
HAS_NATIONAL_PORTAL: Final = "HasNationalPortal"
"""The condition under which a stage has a password for the national portal."""
HAS_ID_APP: Final = "HasIdApp"
"""The condition under which a stage has a key for the gateway to the national ID app."""
HAS_NATIONAL_STORE: Final = "HasNationalStore"
"""The condition under which a stage has a key for the national e-data store."""
CONDITIONS: Final[dict[str, Resource]] = {
    "Reserved": {"Fn::Equals": [ref("ReserveConcurrency"), "true"]},
    REMOTE_SIGNING: {"Fn::Not": [{"Fn::Equals": [ref("CscSecretArn"), ""]}]},
    TURNED_KEYS: {"Fn::Not": [{"Fn::Equals": [ref("TokenKeys"), ""]}]},
    HAS_DELIVERY: {"Fn::Not": [{"Fn::Equals": [ref("DeliveryKeyArn"), ""]}]},
    HAS_ID_APP: {"Fn::Not": [{"Fn::Equals": [ref("IdAppKeyArn"), ""]}]},
    HAS_NATIONAL_PORTAL: {"Fn::Not": [{"Fn::Equals": [ref("NationalPortalKeyArn"), ""]}]},
    HAS_NATIONAL_STORE: {"Fn::Not": [{"Fn::Equals": [ref("NationalStoreKeyArn"), ""]}]},
    HAS_NOTICES: {"Fn::Not": [{"Fn::Equals": [ref("NoticesKeyArn"), ""]}]},
    HAS_REGISTERS: {"Fn::Not": [{"Fn::Equals": [ref("RegistersKeyArn"), ""]}]},
    "TracedByUs": {"Fn::Not": [{"Fn::Equals": [ref("TracedShare"), "-1"]}]},
}
"""What the app stack asks of its parameters."""

ENVIRONMENT: Final[dict[str, Resource]] = {
    "MOTCUA_STAGE": ref("Stage"),
    "MOTCUA_DOSSIERS_TABLE": ref("Dossiers"),
    "MOTCUA_MESSAGES_TABLE": ref("Messages"),
    "MOTCUA_VAULTS_TABLE": ref("Vaults"),
    "MOTCUA_SUBSCRIPTIONS_TABLE": ref("Subscriptions"),
    "MOTCUA_LEDGERS_TABLE": ref("Ledgers"),
    "MOTCUA_ANCHORS_TABLE": ref("Anchors"),
    "MOTCUA_ANCHOR_KEY": ref("AnchorKeyArn"),
    "MOTCUA_SWEEP_DAYS": ref("SweepDays"),
    "MOTCUA_SEALING_TABLE": ref("Sealing"),
    "MOTCUA_MEASURES_TABLE": ref("Measures"),
    "MOTCUA_SEALING_KEY": ref("SealingKeyArn"),
    "MOTCUA_SEALING_SECONDS": ref("SealingSeconds"),
    "MOTCUA_DRIVEN_LEGS": ref("DrivenLegs"),
    "MOTCUA_PLANS_BY_HASH": ref("PlansByHash"),
    "MOTCUA_CATALOGUE_TABLE": ref("Catalogue"),
    "MOTCUA_IDENTITY_TABLE": ref("Identity"),
    "MOTCUA_INTAKE_BUCKET": ref("IntakeBucket"),
    "MOTCUA_MALWARE_SCAN": ref("MalwareScan"),
    "MOTCUA_READS_MINUTES": ref("ReadsMinutes"),
    "MOTCUA_READS_SUBJECTS": ref("ReadsSubjects"),
    "MOTCUA_READS_CLOSED": ref("ReadsClosed"),
    "MOTCUA_VAULT_BYTES": ref("VaultBytes"),
    "MOTCUA_VAULT_DOCUMENTS": ref("VaultDocuments"),
    "MOTCUA_DAY_LIMITS": ref("DayLimits"),
    "MOTCUA_MESSAGES_BUCKET": ref("MessagesBucket"),
    "MOTCUA_EXPORTS_BUCKET": ref("ExportsBucket"),
    "MOTCUA_LETTERS_BUCKET": ref("LettersBucket"),
    "MOTCUA_BUS": ref("Bus"),
    "MOTCUA_ONE_STOP_MACHINE": ref("OneStop"),
    "MOTCUA_DIGITISATION_MACHINE": ref("Digitisation"),
    "MOTCUA_DELIVERY_MACHINE": ref("Delivery"),
    "MOTCUA_ISSUER": ref("Issuer"),
    "MOTCUA_AUDIENCE": ref("Audience"),
    "MOTCUA_JWKS_URL": ref("JwksUrl"),
    "MOTCUA_OTHER_ISSUERS": ref("OtherIssuers"),
    "MOTCUA_EXCHANGE_KEYS": ref("TokenKeys"),
    "MOTCUA_EXCHANGE_SECONDS": ref("ExchangeSeconds"),
    "MOTCUA_TOKEN_TYPES": ref("TokenTypes"),
    "MOTCUA_TOKEN_LIFETIME": ref("TokenLifetime"),
    "MOTCUA_PORTALS": ref("PortalIds"),
    "MOTCUA_OWN_CLIENTS": ref("OwnClients"),
    "MOTCUA_OFFICERS_KNOWN_FROM": ref("OfficersKnownFrom"),
    "MOTCUA_SECRET": ref("Secret"),
    "MOTCUA_KEYS_FOLDER": ref("KeysFolder"),
    "MOTCUA_PUBLIC_URL": ref("PublicUrl"),
    "MOTCUA_SIGNATURE_LEVEL": ref("SignatureLevel"),
    "MOTCUA_REGISTERS_URL": ref("RegistersUrl"),
    "MOTCUA_REGISTERS_SECONDS": ref("RegistersSeconds"),
    "MOTCUA_DELIVERY_URL": ref("DeliveryUrl"),
    "MOTCUA_NOTICES": ref("Notices"),
    "MOTCUA_NATIONAL_PORTAL": ref("NationalPortal"),
    "MOTCUA_ID_APP": ref("IdApp"),
    "MOTCUA_NATIONAL_STORE": ref("NationalStore"),
    **{setting: ref(name) for setting, name in OF_LIFE.items()},
}
DEPLOYED: Final[dict[str, Resource]] = {
    "MOTCUA_EXCHANGE_KEYS": {"Fn::If": [TURNED_KEYS, ref("TokenKeys"), ref(f"{TOKEN_KEY}Arn")]},
    "MOTCUA_TIMESTAMP_URL": ref("TimestampUrl"),
    "MOTCUA_CSC_URL": ref("CscUrl"),
    "MOTCUA_CSC_CLIENT": ref("CscClient"),
    "MOTCUA_CSC_SECRET": {
        "Fn::If": [
            REMOTE_SIGNING,
            {"Fn::Sub": "{{resolve:secretsmanager:${CscSecretArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    "MOTCUA_REGISTERS_KEY": {
        "Fn::If": [
            HAS_REGISTERS,
            {"Fn::Sub": "{{resolve:secretsmanager:${RegistersKeyArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    "MOTCUA_DELIVERY_KEY": {
        "Fn::If": [
            HAS_DELIVERY,
            {"Fn::Sub": "{{resolve:secretsmanager:${DeliveryKeyArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    "MOTCUA_ID_APP_KEY": {
        "Fn::If": [
            HAS_ID_APP,
            {"Fn::Sub": "{{resolve:secretsmanager:${IdAppKeyArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    "MOTCUA_NATIONAL_PORTAL_KEY": {
        "Fn::If": [
            HAS_NATIONAL_PORTAL,
            {"Fn::Sub": "{{resolve:secretsmanager:${NationalPortalKeyArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    "MOTCUA_NATIONAL_STORE_KEY": {
        "Fn::If": [
            HAS_NATIONAL_STORE,
            {"Fn::Sub": "{{resolve:secretsmanager:${NationalStoreKeyArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    "MOTCUA_NOTICES_KEY": {
        "Fn::If": [
            HAS_NOTICES,
            {"Fn::Sub": "{{resolve:secretsmanager:${NoticesKeyArn}:SecretString:::}}"},
            ref("AWS::NoValue"),
        ]
    },
    # CloudFormation looks it up at each deployment: a function that asked by itself would start 5 % later each time.
    "MOTCUA_SECRET": {"Fn::Sub": f"{{{{resolve:secretsmanager:${{{PEPPER}Arn}}:SecretString:::}}}}"},
}
"""Settings that only a deployed stage has, or has from elsewhere."""
