using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Products.Events;

/// <summary>An event on its way to a sink, or a batch of them.</summary>
/// <remarks>Loop-confined: a batch fills until it leaves.</remarks>
/// <param name="account">Whose sink.</param>
/// <param name="sink">Its SID.</param>
/// <param name="envelopes">Each a JSON document.</param>
/// <param name="subject">What the first is about.</param>
/// <param name="cause">Seq of the entry the first follows from.</param>
internal sealed class Parcel(AccountSid account, string sink, List<string> envelopes, string subject, long cause)
{
    public AccountSid Account => account;

    public string Sink => sink;

    public List<string> Envelopes => envelopes;

    public string Subject => subject;

    public long Cause => cause;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was made: its time for being tried begins.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is to be posted next.</summary>
    public required DateTimeOffset Due { get; set; }

    /// <summary>Along its members, to write them or to read them back.</summary>
    public static Parcel Walk(Parcel? p, Members m) => new(
        m.Account("account_sid", p?.Account), m.Text("sink", p?.Sink), [.. m.Texts("envelopes", p?.Envelopes)],
        m.Text("subject", p?.Subject), m.Long("cause", p?.Cause))
    {
        Attempts = m.Number("attempts", p?.Attempts),
        Since = m.Instant("since", p?.Since),
        Due = m.Instant("due", p?.Due),
    };
}
