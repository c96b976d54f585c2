using System.Runtime.InteropServices;

namespace TwilioEmu.Kernel.Ids;

/// <summary>The SID of an account or subaccount: <c>AC</c> and 32 hex digits.</summary>
public readonly record struct AccountSid(string Value)
{
    /// <summary>What belongs to no account: the carrier's own affairs, the clock, the world.</summary>
    public static AccountSid None { get; } = new("");

    /// <summary>Equal for equal SIDs.</summary>
    /// <remarks>
    /// Of the last digits alone: they are random, or count up, and nobody outside chooses those that are kept. Accounts are looked up
    /// several times with each entry.
    /// </remarks>
    public override int GetHashCode()
    {
        const int digits = 8;
        if (Value is not { Length: >= digits } text) return string.GetHashCode(Value, StringComparison.Ordinal);
        var last = MemoryMarshal.Cast<char, ulong>(text.AsSpan(text.Length - digits));
        return (int)(((last[0] ^ (last[1] * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> 32);
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
