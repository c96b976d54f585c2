using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>Texts that wait for a receipt, by what the other end names them, and receipts that came before their text had a name.</summary>
/// <remarks>Loop-confined. The oldest of both are forgotten.</remarks>
internal sealed class ReceiptBook(ReceiptIds spelling)
{
    private const int MaxIds = 200_000;
    private const int MaxEarly = 1_000;

    private readonly Dictionary<string, OutgoingText> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _ids = [];
    private readonly Dictionary<string, DeliveryReceipt> _early = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _earlyIds = [];

    /// <summary>The text that a receipt is of.</summary>
    public OutgoingText? Find(DeliveryReceipt receipt) => _byId.GetValueOrDefault(IdOf(receipt));

    /// <summary>What would find a text for a receipt that names none: another spelling; null where none does.</summary>
    public ReceiptIds? Cure(DeliveryReceipt receipt)
    {
        foreach (var other in Enum.GetValues<ReceiptIds>())
        {
            if (other != spelling && _byId.ContainsKey(Plain(ReceiptSpelling.Of(receipt.MessageId, other)))) return other;
        }
        return null;
    }

    /// <summary>Keeps a receipt for a text that may get its name yet.</summary>
    public void Keep(DeliveryReceipt receipt)
    {
        var id = IdOf(receipt);
        if (!receipt.IsFinal || !_early.TryAdd(id, receipt)) return;
        _earlyIds.Enqueue(id);
        if (_earlyIds.Count > MaxEarly) _early.Remove(_earlyIds.Dequeue());
    }

    /// <summary>A text has a name; the receipt that came before it.</summary>
    public DeliveryReceipt? Name(string answered, OutgoingText text)
    {
        var id = Plain(answered);
        _byId[id] = text;
        _ids.Enqueue(id);
        if (_ids.Count > MaxIds) _byId.Remove(_ids.Dequeue());
        return _early.Remove(id, out var early) ? early : null;
    }

    /// <summary>Nothing more is to be told.</summary>
    public void Forget(DeliveryReceipt receipt) => _byId.Remove(IdOf(receipt));

    private string IdOf(DeliveryReceipt receipt) => Plain(ReceiptSpelling.Of(receipt.MessageId, spelling));

    /// <summary>Leading zeros and case differ between an SMSC's answers and its receipts.</summary>
    private static string Plain(string id) => id.TrimStart('0') is { Length: > 0 } plain ? plain : id;
}
