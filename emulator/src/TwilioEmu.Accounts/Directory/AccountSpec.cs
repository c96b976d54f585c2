using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Accounts.Directory;

/// <summary>An account as the config or the control API asks for it; what is left out is made up.</summary>
public sealed record AccountSpec
{
    /// <summary>What an account begins with when nothing else is said: enough for a good while.</summary>
    public const decimal UsualBalance = 100m;

    /// <summary>AC and 32 hex digits; null for a fresh one.</summary>
    public AccountSid? Sid { get; init; }

    /// <summary>Null for a fresh one of 32 hex digits.</summary>
    public string? AuthToken { get; init; }

    public string? FriendlyName { get; init; }

    /// <summary>The parent, for a subaccount.</summary>
    public AccountSid? Owner { get; init; }

    public bool IsTrial { get; init; }

    /// <summary>True where media are served without credentials.</summary>
    public bool OpensMedia { get; init; }

    /// <summary>True for an account without MMS.</summary>
    public bool LacksMms { get; init; }

    /// <summary>Messages it may send a day; null for the usual: any number, of a trial account 50.</summary>
    public int? MessagesPerDay { get; init; }

    /// <summary>True for test credentials with the magic numbers.</summary>
    public bool IsTest { get; init; }

    /// <summary>Suspended: as if by Twilio, which no parent can undo.</summary>
    public AccountStatus Status { get; init; } = AccountStatus.Active;

    /// <summary>US dollars to begin with.</summary>
    public decimal Balance { get; init; } = UsualBalance;
}
