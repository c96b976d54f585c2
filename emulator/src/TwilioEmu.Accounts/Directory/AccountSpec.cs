using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Accounts.Directory;

/// <summary>An account as the config or the control API asks for it; what is left out is made up.</summary>
public sealed record AccountSpec
{
    /// <summary>What an account begins with when nothing else is said: enough for a good while.</summary>
    public const decimal UsualBalance = 100m;

    /// <summary>What the config and the control API call an account that they give no name.</summary>
    public const string UsualName = "TwilioEmu";

    /// <summary>AC and 32 hex digits; null for a fresh one.</summary>
    public AccountSid? Sid { get; init; }

    /// <summary>Null for a fresh one of 32 hex digits.</summary>
    public string? AuthToken { get; init; }

    public string? FriendlyName { get; init; }

    /// <summary>The parent, for a subaccount.</summary>
    public AccountSid? Owner { get; init; }

    /// <summary>SID or friendly name of the parent, as the config has it; looked up where <see cref="Owner"/> is null.</summary>
    public string? Parent { get; init; }

    public bool IsTrial { get; init; }

    /// <summary>True where media and recordings are served without credentials.</summary>
    public bool OpensMedia { get; init; }

    /// <summary>True for an account without MMS.</summary>
    public bool LacksMms { get; init; }

    /// <summary>Messages it may send a day; null for the usual: any number, of a trial account 50.</summary>
    public int? MessagesPerDay { get; init; }

    /// <summary>Countries to which Verify's geo permissions let nothing go, by their ISO codes.</summary>
    public IReadOnlyList<string> VerifyBlocks { get; init; } = [];

    /// <summary>Channels that its Verify services have switched off.</summary>
    public IReadOnlyList<string> VerifyChannelsOff { get; init; } = [];

    /// <summary>Words that no Verify service may have in its name.</summary>
    public IReadOnlyList<string> VerifyRestrictedWords { get; init; } = [];

    /// <summary>True for test credentials with the magic numbers.</summary>
    public bool IsTest { get; init; }

    /// <summary>Suspended: as if by Twilio, which no parent can undo.</summary>
    public AccountStatus Status { get; init; } = AccountStatus.Active;

    /// <summary>US dollars to begin with.</summary>
    public decimal Balance { get; init; } = UsualBalance;

    /// <summary>
    /// The second pair of credentials, with the magic numbers: SID and token with which nothing is kept, sent or charged.
    /// </summary>
    public AccountSpec? TestCredentials { get; init; }

    public IReadOnlyList<KeySpec> Keys { get; init; } = [];

    public IReadOnlyList<OAuthAppSpec> OAuthApps { get; init; } = [];

    /// <summary>
    /// Its own, and those of others that it lets act for it; the book gives them its SID, and theirs where they have none.
    /// </summary>
    public IReadOnlyList<ConnectApp> ConnectApps { get; init; } = [];

    /// <summary>True when it says more than an account opened meanwhile can be told: SID, token and name.</summary>
    public bool NeedsBeginning => this with { Sid = null, AuthToken = null, FriendlyName = null } != new AccountSpec();
}
