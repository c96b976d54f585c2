using System.Collections.Frozen;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What a gateway does that a story plays.</summary>
public abstract record GatewayAct
{
    /// <summary>Opens a session.</summary>
    /// <param name="Mode">Which way texts go over it.</param>
    /// <param name="Password">What it shows; null for what was configured.</param>
    public sealed record Binds(BindMode Mode, string? Password) : GatewayAct;

    /// <summary>Submits the text of a phone.</summary>
    /// <param name="From">The phone.</param>
    /// <param name="To">A number of an account.</param>
    /// <param name="Body">Of any length: it goes in as many parts as the link's terms make of it.</param>
    /// <param name="Receipts">Which receipts are wished.</param>
    public sealed record Texts(string From, string To, string Body, WishedReceipts Receipts) : GatewayAct;

    /// <summary>Answers texts so from now on.</summary>
    public sealed record Answers(GatewayReply Reply) : GatewayAct;

    /// <summary>Says what became of the oldest text it took and did not speak of yet.</summary>
    /// <param name="State">What became of it.</param>
    /// <param name="Error">The network's own error, up to three characters.</param>
    public sealed record Acknowledges(MessageState State, string Error) : GatewayAct;

    /// <summary>Ends its sessions.</summary>
    public sealed record Unbinds : GatewayAct;

    private GatewayAct() { }
}

/// <summary>Which receipts a submit_sm asks for (SMPP 3.4 §5.2.17).</summary>
public enum WishedReceipts : byte
{
    None = 0,
    Always = 1,
    OnFailure = 2,
}

/// <summary>How a text is answered.</summary>
/// <param name="Status">Null for no answer at all.</param>
public readonly record struct GatewayReply(CommandStatus? Status);

/// <summary>What a gateway was answered.</summary>
/// <param name="Command">What it asked: <c>submit_sm</c>, <c>bind_transceiver</c>.</param>
/// <param name="Status">As the specification writes it; empty for no answer.</param>
/// <param name="MessageId">What the text is called from now on, its first part where there are several; empty where it was refused.</param>
public sealed record GatewayAnswer(string Command, string Status, string MessageId);

/// <summary>How stories spell what a gateway does.</summary>
public static class GatewayWords
{
    public const string Ok = "ESME_ROK";

    /// <summary>Ways to bind: the ends of <c>bind_transceiver</c> and its kin.</summary>
    public static Words<BindMode> ModeWords { get; } = new(
        (BindMode.None, "none"), (BindMode.Transceiver, "transceiver"), (BindMode.Transmitter, "transmitter"),
        (BindMode.Receiver, "receiver"));

    /// <summary>States of a text, small letters (SMPP 3.4 §5.2.28).</summary>
    public static Words<MessageState> StateWords { get; } = new(
        (MessageState.Enroute, "enroute"), (MessageState.Delivered, "delivered"), (MessageState.Expired, "expired"),
        (MessageState.Deleted, "deleted"), (MessageState.Undeliverable, "undeliverable"), (MessageState.Accepted, "accepted"),
        (MessageState.Unknown, "unknown"), (MessageState.Rejected, "rejected"));

    public static FrozenDictionary<string, BindMode> Modes { get; } = Read(ModeWords, BindMode.None);

    public static FrozenDictionary<string, WishedReceipts> Receipts { get; } = new Dictionary<string, WishedReceipts>
    {
        ["always"] = WishedReceipts.Always,
        ["on_failure"] = WishedReceipts.OnFailure,
        ["never"] = WishedReceipts.None,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, CommandStatus> Statuses { get; } =
        Enum.GetValues<CommandStatus>().ToFrozenDictionary(s => s.Word(), StringComparer.Ordinal);

    public static FrozenDictionary<string, GatewayReply> Replies { get; } = Statuses
        .Select(s => KeyValuePair.Create(s.Key, new GatewayReply(s.Value)))
        .Append(KeyValuePair.Create("nothing", new GatewayReply(null)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, MessageState> States { get; } = Read(StateWords, null);

    private static FrozenDictionary<string, T> Read<T>(Words<T> words, T? unsaid)
        where T : struct, Enum =>
        words.Spellings
            .Select(w => KeyValuePair.Create(w, words.Read(w)!.Value))
            .Where(w => !w.Value.Equals(unsaid))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
