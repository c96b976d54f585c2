using System.Globalization;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>
/// A gateway (ESME) that a story plays: it binds to the emulator, texts for its phones, takes what is delivered, and tells the journal
/// what it sees.
/// </summary>
/// <remarks>Loop-confined. Its octets are those of a wire (<see cref="PlayedSystem"/>); it counts in the world's time.</remarks>
public sealed class PlayedGateway : IDisposable
{
    private const int MaxSessions = 100;
    private const int MaxUnspoken = 1_000;
    private const int MaxIncomplete = 1_000;

    // Beyond what a session waits for an answer, so that there is one, or none, by then.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PartsLife = TimeSpan.FromMinutes(5);

    private readonly SmppHost _host;
    private readonly SmppSystem _system;
    private readonly List<PlayedSystem> _sessions = [];
    private readonly Reassembly<string> _parts = new(MaxIncomplete, PartsLife);
    private readonly Queue<Delivered> _unspoken = [];
    private CommandStatus? _reply = CommandStatus.Ok;
    private ushort _reference;
    private long _lastId;
    private int _lastNumber;

    private PlayedGateway(SmppHost host, SmppSystem system) => (_host, _system) = (host, system);

    private DateTimeOffset Now => _host.World.Clock.GetUtcNow();

    /// <summary>A gateway that was configured; null for a name that is none's.</summary>
    public static PlayedGateway? Of(SmppHost host, string systemId) =>
        host.Systems.FirstOrDefault(s => s.System.SystemId == systemId) is { } link ? new PlayedGateway(host, link.System) : null;

    /// <summary>Why it cannot do so now; null where it can.</summary>
    public string? Forbids(GatewayAct act) => act switch
    {
        GatewayAct.Binds => _sessions.Count(s => !s.IsOver) < MaxSessions ? null : $"it has {MaxSessions} sessions",
        GatewayAct.Texts or GatewayAct.Acknowledges when Submitter is null =>
            _sessions.Exists(s => s.IsBound)
                ? "it is bound as a receiver, which submits nothing"
                : "it is not bound: binds: transceiver comes first",
        GatewayAct.Acknowledges when !_system.Acknowledges =>
            "deliver_sm_resp says that a text was delivered (delivered_by: response), so nothing comes of it; say delivered_by: "
                + "acknowledgement",
        GatewayAct.Acknowledges when _unspoken.Count == 0 => "it took no text that it did not speak of",
        GatewayAct.Unbinds when !_sessions.Exists(s => s.IsBound) => "it is not bound",
        _ => null,
    };

    /// <summary>Does it, and waits for the answer, for which time may pass; null for what is not answered.</summary>
    /// <remarks>A procedure on the loop.</remarks>
    public async Task<GatewayAnswer?> DoAsync(GatewayAct act, CancellationToken cancellation)
    {
        var asking = act switch
        {
            GatewayAct.Binds binds => BindAsync(binds),
            GatewayAct.Texts texts => TextAsync(texts),
            GatewayAct.Acknowledges said => AcknowledgeAsync(said),
            _ => null,
        };
        if (asking is not null) return await AnswerAsync(asking, cancellation);
        if (act is GatewayAct.Answers(var reply)) _reply = reply.Status;
        if (act is GatewayAct.Unbinds) foreach (var session in _sessions.Where(s => s.IsBound)) session.Unbind();
        return null;
    }

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
    }

    private PlayedSystem? Submitter => _sessions.Find(s => s.IsBound && s.Mode.Submits());

    private async Task<GatewayAnswer> AnswerAsync(Task<GatewayAnswer> asking, CancellationToken cancellation)
    {
        var (number, after) = (++_lastNumber, _host.World.Journal.LastSeq);
        _ = TellAsync();
        if (!asking.IsCompleted)
        {
            await _host.World.Journal.ExpectAsync(
                new Selection(GatewayEntries.Answered.Name, _system.SystemId), _ => asking.IsCompleted, 1, after,
                _system.Response + _system.AnswersAfter + Margin, cancellation);
        }
        return await asking.WaitAsync(cancellation);

        async Task TellAsync()
        {
            var answer = await asking;
            _host.World.Journal.Write(
                AccountSid.None, GatewayEntries.Answered, _system.SystemId, 0, ("command", answer.Command), ("status", answer.Status),
                ("message_id", answer.MessageId), ("number", number));
        }
    }

    private async Task<GatewayAnswer> BindAsync(GatewayAct.Binds binds)
    {
        _sessions.RemoveAll(s => s.IsOver);
        var session = new PlayedSystem(_host.World, _host, SmppRole.Esme, new SessionTerms { EnquireLink = null, Response = Patience })
        {
            Answers = Take,
        };
        _sessions.Add(session);
        var status = await session.BindAsync(binds.Mode, _system.SystemId, binds.Password ?? _system.Password);
        return new GatewayAnswer($"bind_{GatewayWords.ModeWords.Spell(binds.Mode)}", status?.Word() ?? "", "");
    }

    /// <summary>All parts at once, as a window allows; the first refusal is the text's.</summary>
    private async Task<GatewayAnswer> TextAsync(GatewayAct.Texts texts)
    {
        var session = Submitter!;
        var asked = ShortMessages.Write(texts.Body, _system.Alphabet, _system.LongTexts, ++_reference)
            .Select(part => session.AskAsync(
                CommandId.SubmitSm,
                new MessageBody
                {
                    Source = SmppAddress.Of(texts.From),
                    Destination = SmppAddress.Of(texts.To),
                    EsmClass = part.EsmClassBits,
                    DataCoding = part.DataCoding,
                    RegisteredDelivery = (byte)texts.Receipts,
                    ShortMessage = part.ShortMessage,
                },
                part.Tlvs))
            .ToList();
        return AnswerOf(await Task.WhenAll(asked));
    }

    /// <summary>Each part of the text has a name, and each is spoken of.</summary>
    private async Task<GatewayAnswer> AcknowledgeAsync(GatewayAct.Acknowledges said)
    {
        var (session, text) = (Submitter!, _unspoken.Dequeue());
        var asked = text.Ids.Select(id =>
        {
            var receipt = new DeliveryReceipt(id, said.State) { Submitted = text.At, Done = Now, Error = said.Error };
            return session.AskAsync(
                CommandId.SubmitSm,
                new MessageBody
                {
                    Source = SmppAddress.Of(text.To),
                    Destination = SmppAddress.Of(text.From),
                    EsmClass = DeliveryReceipt.PhoneAcknowledgement,
                    ShortMessage = TextCodings.Encode(_system.Alphabet, receipt.Write()),
                },
                Tlv.OfText(TlvTag.ReceiptedMessageId, id), Tlv.Of(TlvTag.MessageState, (byte)said.State));
        }).ToList();
        return AnswerOf(await Task.WhenAll(asked));
    }

    private static GatewayAnswer AnswerOf(Pdu?[] answers)
    {
        // One that was not answered, or else one that was refused, speaks for all.
        var told = answers.OrderBy(a => a is null ? 0 : a.Status == CommandStatus.Ok ? 2 : 1).First();
        return new GatewayAnswer(
            "submit_sm", told?.Status.Word() ?? "", told is { Status: CommandStatus.Ok, Body: MessageIdBody named } ? named.MessageId : "");
    }

    /// <summary>The emulator asks: a text of an app's, or what became of one of ours.</summary>
    private (CommandStatus Status, string MessageId)? Take(Pdu request)
    {
        if (request.Body is not MessageBody body) return (CommandStatus.Ok, "");
        if (ShortMessages.Read(body.ShortMessage, body.EsmClass, body.DataCoding, request.Tlvs, _system.Alphabet, out var raw)
            is not CommandStatus.Ok and var unread)
        {
            return (unread, "");
        }
        var (from, to) = (body.Source.Read() ?? "", body.Destination.Read() ?? "");
        if (DeliveryReceipt.IsOne(body.EsmClass))
        {
            if (DeliveryReceipt.Read(raw.Text, request) is { } receipt)
            {
                _host.Write(
                    GatewayEntries.Receipted, _system.SystemId, ("message_id", receipt.MessageId),
                    ("state", GatewayWords.StateWords.Spell(receipt.State)), ("err", receipt.Error), ("from", from), ("to", to));
            }
            return (CommandStatus.Ok, "");
        }
        var id = string.Create(CultureInfo.InvariantCulture, $"{++_lastId:0000000000}");
        _parts.Sweep(Now);
        if (_parts.Add(from, to, raw, id, Now) is var (text, ids)) Receive(new Delivered(from, to, ids, Now), text);
        return _reply is { } status ? (status, status == CommandStatus.Ok ? id : "") : null;
    }

    private void Receive(Delivered delivered, string text)
    {
        if (_reply == CommandStatus.Ok && _system.Acknowledges)
        {
            _unspoken.Enqueue(delivered);
            if (_unspoken.Count > MaxUnspoken) _unspoken.Dequeue();
        }
        _host.Write(
            GatewayEntries.Received, _system.SystemId, ("from", delivered.From), ("to", delivered.To), ("body", text),
            ("parts", delivered.Ids.Count), ("message_id", delivered.Ids[0]), ("status", _reply?.Word() ?? ""));
    }

    // The emulator's own answers may take a while by the config.
    private TimeSpan Patience => _system.Response + _system.AnswersAfter;

    /// <summary>A text of an app's, and what its parts were called.</summary>
    private sealed record Delivered(string From, string To, IReadOnlyList<string> Ids, DateTimeOffset At);
}
