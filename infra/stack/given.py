"""What functions are given: the names of their environments, and their layers, in groups that several share."""

STAGE = ("MOTCUA_STAGE",)
HTTP = ("MOTCUA_PUBLIC_URL",)
"""What every route asks for: refusals name their page by it."""
TOKENS = (
    *STAGE,
    "MOTCUA_ISSUER",
    "MOTCUA_AUDIENCE",
    "MOTCUA_JWKS_URL",
    "MOTCUA_OTHER_ISSUERS",
    "MOTCUA_TOKEN_TYPES",
    "MOTCUA_TOKEN_LIFETIME",
    *HTTP,
)
"""What a function needs that judges a token: our own exchange is named by the public address."""
PROCEDURES = (*STAGE, "MOTCUA_CATALOGUE_TABLE")
CATALOGUE = (*PROCEDURES, "MOTCUA_EXPORTS_BUCKET")
DOSSIERS = (*STAGE, "MOTCUA_DOSSIERS_TABLE")
OFFICERS = ("MOTCUA_OFFICERS_KNOWN_FROM",)
"""What a function needs through which officers decide on dossiers."""
FLOW = (*STAGE, "MOTCUA_ONE_STOP_MACHINE")
DELIVERY_FLOW = (*DOSSIERS, "MOTCUA_DELIVERY_MACHINE")
MESSAGES = (*STAGE, "MOTCUA_MESSAGES_TABLE")
PAPERS = (*DOSSIERS, "MOTCUA_MESSAGES_TABLE")
ARRIVALS = (*PAPERS, "MOTCUA_INTAKE_BUCKET")
SCANS = (*ARRIVALS, "MOTCUA_MESSAGES_BUCKET")
SIGNED = (*MESSAGES, "MOTCUA_MESSAGES_BUCKET")
REMOTE = ("MOTCUA_CSC_URL", "MOTCUA_CSC_CLIENT", "MOTCUA_CSC_SECRET")
"""What a function needs that asks a remote signing service."""
STAMPS = ("MOTCUA_TIMESTAMP_URL", "MOTCUA_SIGNATURE_LEVEL")
SIGNING = (*SIGNED, "MOTCUA_DOSSIERS_TABLE", "MOTCUA_KEYS_FOLDER", *STAMPS, *REMOTE)
SEALING = ("MOTCUA_SECRET", "MOTCUA_SEALING_TABLE", "MOTCUA_SEALING_KEY", "MOTCUA_SEALING_SECONDS")
"""What a function needs that seals or unseals what a dossier keeps of a person."""
LEDGERS = ("MOTCUA_LEDGERS_TABLE",)
REGISTERS = (
    "MOTCUA_IDENTITY_TABLE",
    "MOTCUA_REGISTERS_URL",
    "MOTCUA_REGISTERS_KEY",
    "MOTCUA_REGISTERS_SECONDS",
)
"""What a function needs that asks population, business and land registers, and keeps what follows."""
VAULTS = (*STAGE, "MOTCUA_VAULTS_TABLE", *LEDGERS)
QUOTA = ("MOTCUA_VAULT_BYTES", "MOTCUA_VAULT_DOCUMENTS")
LIMITS = ("MOTCUA_DAY_LIMITS",)
"""What a function needs that counts what one person does in a day."""
READS = ("MOTCUA_READS_MINUTES", "MOTCUA_READS_SUBJECTS", "MOTCUA_READS_CLOSED")
SWEPT = (
    *STAGE,
    "MOTCUA_ANCHORS_TABLE",
    "MOTCUA_DOSSIERS_TABLE",
    "MOTCUA_MESSAGES_TABLE",
    "MOTCUA_VAULTS_TABLE",
    "MOTCUA_LEDGERS_TABLE",
    "MOTCUA_CATALOGUE_TABLE",
    "MOTCUA_IDENTITY_TABLE",
    "MOTCUA_SUBSCRIPTIONS_TABLE",
    "MOTCUA_INTAKE_BUCKET",
    "MOTCUA_MESSAGES_BUCKET",
    "MOTCUA_ANCHOR_KEY",
    "MOTCUA_SWEEP_DAYS",
    "MOTCUA_LOCK_MODE",
)
FEEDS = ("MOTCUA_SUBSCRIPTIONS_TABLE", "MOTCUA_DOSSIERS_TABLE")
COUNTS = ("MOTCUA_MEASURES_TABLE",)
PUBLISHES = (
    "MOTCUA_STAGE",
    "MOTCUA_BUS",
    "MOTCUA_ANCHORS_TABLE",
    "MOTCUA_NOTICES",
    "MOTCUA_NATIONAL_PORTAL",
    "MOTCUA_ID_APP",
    *FEEDS,
    *COUNTS,
)
DELIVERS = (
    *DOSSIERS,
    *LEDGERS,
    *SEALING,
    "MOTCUA_MESSAGES_BUCKET",
    "MOTCUA_DELIVERY_URL",
    "MOTCUA_DELIVERY_KEY",
)
"""What a function needs that sends results to destinations beside the vault."""
NOTIFIES = (*DOSSIERS, *SEALING, "MOTCUA_NOTICES", "MOTCUA_NOTICES_KEY", "MOTCUA_PUBLIC_URL")
"""What a function needs that sends notices by e-mail, SMS and app."""
SYNCHRONISES = (*DOSSIERS, *SEALING, "MOTCUA_NATIONAL_PORTAL", "MOTCUA_NATIONAL_PORTAL_KEY")
"""What a function needs that tells the national portal of dossiers."""
INTEGRATES = (*DOSSIERS, *LEDGERS, *SEALING, "MOTCUA_MESSAGES_BUCKET", "MOTCUA_ID_APP", "MOTCUA_ID_APP_KEY")
"""What a function needs that tells the national ID app of papers."""
PAPER = ("pdf", "pages")
COPIES = (*PAPER, "documents")
SIGNS = ("pdf", "documents", "signing", "sealing")
