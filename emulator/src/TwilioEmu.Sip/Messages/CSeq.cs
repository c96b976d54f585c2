namespace TwilioEmu.Sip.Messages;

/// <summary>A request's place in its dialog, and its method.</summary>
public readonly record struct CSeq(uint Number, string Method)
{
    /// <summary>RFC 3261 §8.1.1.5: less than 2**31.</summary>
    public const uint Largest = int.MaxValue;

    /// <summary><c>1*DIGIT LWS Method</c></summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CSeq cseq)
    {
        cseq = default;
        var scanner = new SipScanner(text);
        scanner.SkipSpace();
        if (!scanner.TryTakeNumber(out var number) || number > Largest || scanner.Next is not ((byte)' ' or (byte)'\t')) return false;
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out var method)) return false;
        scanner.SkipSpace();
        cseq = new(number, SipMethods.Known(method));
        return scanner.IsAtEnd;
    }

    public override string ToString() => $"{Number} {Method}";
}
