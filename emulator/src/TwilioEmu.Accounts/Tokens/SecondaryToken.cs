namespace TwilioEmu.Accounts.Tokens;

/// <summary>A second auth token, valid beside the primary one until it is promoted or deleted.</summary>
public sealed record SecondaryToken(string Value, DateTimeOffset Created)
{
    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => "(redacted)";
}
