using System.Globalization;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Dialogs;

/// <summary><c>RAck = response-num LWS CSeq-num LWS Method</c>, RFC 3262 §7.2.</summary>
public readonly record struct RAck(uint Response, uint Sequence, string Method)
{
    public static bool TryParse(string? text, out RAck rack)
    {
        rack = default;
        var parts = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not { Length: 3 } || !uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture,
            out var response)) return false;
        if (!uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        rack = new(response, sequence, parts[2]);
        return true;
    }

    public override string ToString() => $"{Response} {Sequence} {Method}";
}

/// <summary>Provisional responses that are acknowledged, RFC 3262.</summary>
public static class ReliableProvisionals
{
    public const string OptionTag = "100rel";

    /// <summary>The number of a response that wants a PRACK; null for one that does not.</summary>
    public static uint? NumberOf(SipResponse response) =>
        response.Status is > 100 and < 200 && response.Headers.HasToken(HeaderNames.Require, OptionTag)
            ? response.Headers.Number(HeaderNames.RSeq) : null;

    /// <summary>§3: the first number is any of 1 to 2**31 - 1.</summary>
    public static uint FirstNumber(ReadOnlySpan<byte> chance) => 1 + (uint)(chance[0] << 8 | chance[1]);
}
