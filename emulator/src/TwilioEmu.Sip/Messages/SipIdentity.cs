using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>The headers that place a message: where its answer goes, which transaction and dialog it belongs to.</summary>
/// <remarks>RFC 3261 §8.1.1; Max-Forwards, the sixth, was optional in RFC 2543 and is let be missing.</remarks>
public sealed record SipIdentity(Via TopVia, NameAddr From, NameAddr To, string CallId, CSeq CSeq)
{
    /// <summary>On failure <paramref name="fault"/> names the header that is missing, doubled or unreadable.</summary>
    internal static bool TryRead(SipHeaders headers, out SipIdentity identity, out string fault)
    {
        identity = null!;
        foreach (var name in OnlyOnce)
        {
            fault = name;
            if (headers.Count(name) != 1) return false;
        }
        fault = HeaderNames.Via;
        Via? top = null;
        foreach (var value in headers.Values(HeaderNames.Via))
        {
            if (!Via.TryParse(value.Span, out var via)) return false;
            top ??= via;
        }
        if (top is null) return false;
        fault = HeaderNames.From;
        if (!NameAddr.TryParse(headers.Find(HeaderNames.From)!.Value.Value.Span, out var from)) return false;
        fault = HeaderNames.To;
        if (!NameAddr.TryParse(headers.Find(HeaderNames.To)!.Value.Value.Span, out var to)) return false;
        fault = HeaderNames.CallId;
        var callId = headers.Find(HeaderNames.CallId)!.Value.Value.Span;
        if (!callId.IsAllOf(SipGrammar.Word)) return false;
        fault = HeaderNames.CSeq;
        if (!CSeq.TryParse(headers.Find(HeaderNames.CSeq)!.Value.Value.Span, out var cseq)) return false;
        fault = "";
        identity = new(top, from, to, Encoding.ASCII.GetString(callId), cseq);
        return true;
    }

    private static readonly string[] OnlyOnce = [HeaderNames.From, HeaderNames.To, HeaderNames.CallId, HeaderNames.CSeq];
}
