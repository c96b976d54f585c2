using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Transactions;

/// <summary>What a message is matched to its transaction by.</summary>
internal readonly record struct TransactionKey(string Branch, string SentBy, string Method)
{
    /// <summary>RFC 3261 §17.1.3: the branch we made and the method in CSeq.</summary>
    public static TransactionKey OfClient(SipMessage message) => new(message.TopVia.Branch ?? "", "", message.CSeq.Method);

    /// <summary>RFC 3261 §17.2.3: branch, sent-by, method, an ACK being its INVITE's; for peers from before the magic cookie what RFC 2543
    /// compared.</summary>
    public static TransactionKey OfServer(SipRequest request, string? asMethod = null)
    {
        var method = asMethod ?? (request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method);
        var via = request.TopVia;
        var sentBy = via.SentBy.ToString().ToLowerInvariant();
        return via.HasMagicBranch
            ? new(via.Branch!.ToLowerInvariant(), sentBy, method)
            : new($"{request.Uri} {request.CallId} {request.From.Tag} {request.CSeq.Number} {via.Branch}", sentBy, method);
    }
}
