using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>One hop on the way of a request, by which its response goes back.</summary>
/// <param name="Transport">Upper case: UDP, TCP, TLS, WS, WSS, or what else was written.</param>
/// <remarks>RFC 3261 §20.42; <c>rport</c> and <c>received</c> RFC 3581.</remarks>
public sealed record Via(string Transport, HostPort SentBy, SipParameters Parameters)
{
    /// <summary>With it a branch begins that is unique as RFC 3261 §8.1.1.7 wants it.</summary>
    public const string MagicCookie = "z9hG4bK";

    public string? Branch => Parameters["branch"];

    /// <summary>The branch identifies the transaction; false for peers from before RFC 3261.</summary>
    public bool HasMagicBranch => Branch is { } branch && branch.Length > MagicCookie.Length
        && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    public string? Received => Parameters["received"];

    public int? ReceivedPort => int.TryParse(Parameters["rport"], out var port) ? port : null;

    /// <summary><c>"SIP" SLASH "2.0" SLASH transport LWS sent-by *( SEMI via-params )</c></summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Via via)
    {
        via = null!;
        var scanner = new SipScanner(text);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out var protocol) || !protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase)) return false;
        if (!scanner.TryTake((byte)'/') || !scanner.TryTakeToken(out var version) || version != "2.0") return false;
        if (!scanner.TryTake((byte)'/') || !scanner.TryTakeToken(out var transport)) return false;
        if (scanner.Next is not ((byte)' ' or (byte)'\t')) return false;
        scanner.SkipSpace();
        if (!HostPort.TryTake(ref scanner, out var sentBy)) return false;
        if (!SipParameters.TryTake(ref scanner, out var parameters) || !scanner.IsAtEnd) return false;
        via = new(transport.ToUpperInvariant(), sentBy, parameters);
        return true;
    }

    public static bool TryParse(string text, out Via via) => TryParse(Encoding.UTF8.GetBytes(text), out via);

    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";
}
