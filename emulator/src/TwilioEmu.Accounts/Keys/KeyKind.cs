using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Accounts.Keys;

/// <summary>How far a key reaches (twilio.com/docs/iam/api-keys).</summary>
public enum KeyKind
{
    /// <summary>All but accounts and keys.</summary>
    Standard,

    /// <summary>All that the account's token does; made in the Console, here by config.</summary>
    Main,

    /// <summary>What its policy allows.</summary>
    Restricted,
}

/// <summary>How the config and the records spell them.</summary>
public static class KeyKinds
{
    public static Words<KeyKind> Words { get; } = new(
        (KeyKind.Standard, "standard"), (KeyKind.Main, "main"), (KeyKind.Restricted, "restricted"));
}
