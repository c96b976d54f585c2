namespace TwilioEmu.Kernel.Ids;

/// <summary>The SID of an account or subaccount: <c>AC</c> and 32 hex digits.</summary>
public readonly record struct AccountSid(string Value)
{
    /// <summary>What belongs to no account: the carrier's own affairs, the clock, the world.</summary>
    public static AccountSid None { get; } = new("");

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
