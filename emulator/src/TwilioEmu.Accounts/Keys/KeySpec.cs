using TwilioEmu.Accounts.Permissions;

namespace TwilioEmu.Accounts.Keys;

/// <summary>A key as REST or the config asks for it; what is left out is made up.</summary>
public sealed record KeySpec
{
    /// <summary>SK and 32 hex digits; null for a fresh one.</summary>
    public string? Sid { get; init; }

    /// <summary>Null for a fresh one of 32 characters.</summary>
    public string? Secret { get; init; }

    public string? FriendlyName { get; init; }

    public KeyKind Kind { get; init; }

    /// <summary>Of a restricted key.</summary>
    public Policy? Policy { get; init; }
}
