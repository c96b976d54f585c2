using TwilioEmu.Accounts.Permissions;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>An app as REST or the config asks for it; what is left out is made up.</summary>
public sealed record OAuthAppSpec
{
    /// <summary>OQ and 32 letters or digits; null for a fresh one.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? FriendlyName { get; init; }

    public string? Description { get; init; }

    public Policy Policy { get; init; } = Policy.Nothing;

    public TimeSpan? TokenLifetime { get; init; }
}
