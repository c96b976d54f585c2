using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Accounts.Tokens;

/// <summary>A second auth token, valid beside the primary one until it is promoted or deleted.</summary>
public sealed record SecondaryToken(string Value, DateTimeOffset Created)
{
    internal static SecondaryToken Walk(SecondaryToken? r, Members m) =>
        new(m.Text("value", r?.Value), m.Instant("date_created", r?.Created));

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => "(redacted)";
}
