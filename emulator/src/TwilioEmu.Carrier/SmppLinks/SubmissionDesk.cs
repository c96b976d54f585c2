using System.Collections.Immutable;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What a gateway asks of our SMSC: submits, and what it asks of it later (SMPP 3.4 §4.4 to 4.10).</summary>
/// <remarks>Loop-confined. Reads the request, answers with a status; the text itself goes its way in <see cref="Fate"/>.</remarks>
internal sealed class SubmissionDesk : IDisposable
{
    // A text holds 1600 characters (twilio.com/docs/messaging/api/message-resource, Body).
    private const int MaxCharacters = 1600;
    private const int MaxPriority = 3;
    private const int MaxIncomplete = 1_000;

    /// <summary>How long the parts of a long text are waited for (inferred).</summary>
    private static readonly TimeSpan PartsLife = TimeSpan.FromMinutes(5);

    private readonly SystemLink _link;
    private readonly SmppHost _host;
    private readonly SmppSystem _system;
    private readonly SubmissionBook _book = new();
    private readonly Reassembly<Submission> _reassembly = new(MaxIncomplete, PartsLife);
    private readonly HashSet<string> _strangers = new(StringComparer.Ordinal);
    private readonly ITimer _sweep;

    public SubmissionDesk(SystemLink link, SmppHost host, SmppSystem system)
    {
        (_link, _host, _system) = (link, host, system);
        _sweep = host.World.Clock.CreateTimer(_ => host.Run(Sweep), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why the last request was refused, in words.</summary>
    public string Why { get; private set; } = "";

    private DateTimeOffset Now => _host.World.Clock.GetUtcNow();

    /// <summary>A phone texts somebody.</summary>
    /// <param name="body">As submitted.</param>
    /// <param name="destination">To whom, of several one.</param>
    /// <param name="tlvs">Its optional parameters.</param>
    /// <param name="id">Its message_id; empty where it is refused.</param>
    public CommandStatus Submit(MessageBody body, SmppAddress destination, ImmutableArray<Tlv> tlvs, out string id)
    {
        id = "";
        var now = Now;
        if (Addresses(body.Source, destination, out var from, out var to) is not CommandStatus.Ok and var wrongAddress) return wrongAddress;
        if (Flags(body) is not CommandStatus.Ok and var wrongFlag) return wrongFlag;
        if (Times(
            body.ScheduleDeliveryTime, body.ValidityPeriod, now, out var at, out var expires) is not CommandStatus.Ok and var wrongTime)
        {
            return wrongTime;
        }
        if (ShortMessages.Read(
            body.ShortMessage, body.EsmClass, body.DataCoding, tlvs, _system.Alphabet,
            out var raw) is not CommandStatus.Ok and var wrongText)
        {
            return Refuse(
                wrongText,
                wrongText == CommandStatus.InvDcs
                    ? $"data_coding {body.DataCoding} is no text that is read here"
                    : "the text cannot be read");
        }
        // Read once: each look at it decodes it anew.
        var words = raw.Text;
        if (raw.Part is null && words.Length > MaxCharacters)
        {
            return Refuse(CommandStatus.InvMsgLen, $"a text holds {MaxCharacters} characters");
        }
        if (_book.IsFull && at > now) return Refuse(CommandStatus.MsgQFul, $"{SubmissionBook.MaxKept} texts wait for their time");
        if (body.ReplaceIfPresent == 1 && raw.Part is null && FindScheduled(body, destination) is { } earlier)
        {
            // §5.2.18: the one that waits between the same two, of the same service, has these words from now on.
            (earlier.Fate!.Body, earlier.Text, earlier.Fate.Expires) = (words, words, expires);
            if (at is not null) earlier.Fate.GoAt(at, now);
            id = earlier.Id;
            return CommandStatus.Ok;
        }
        var submission = new Submission
        {
            Number = _book.NextNumber(),
            Source = body.Source,
            Destination = destination,
            ServiceType = body.ServiceType,
            Registered = body.RegisteredDelivery,
            Submitted = now,
            Reference = tlvs.Find(TlvTag.UserMessageReference),
            Text = words,
        };
        if (raw.Part is null)
        {
            _book.Add(submission);
            Go(words, [submission], from, to, now, at, expires);
        }
        else if (_reassembly.Add(from, to, raw, submission, now) is not var (text, parts))
        {
            _book.Add(submission);
            Sweep();
        }
        else if (text.Length > MaxCharacters) return Refuse(
            CommandStatus.InvMsgLen, $"its {parts.Count} parts have {text.Length} characters; a text holds {MaxCharacters}");
        else
        {
            _book.Add(submission);
            Go(text, parts, from, to, now, at, expires);
        }
        id = submission.Id;
        return CommandStatus.Ok;
    }

    /// <summary>query_sm (§4.8).</summary>
    public CommandStatus Query(QueryBody query, out QueryRespBody? answer)
    {
        answer = null;
        if (_book.Find(query.MessageId, query.Source) is not { } found)
        {
            return Refuse(CommandStatus.QueryFail, $"there is no text {query.MessageId} from that source");
        }
        answer = new QueryRespBody(
            found.Id, found.Done is { } done ? SmppTime.Write(done) : "", found.State,
            byte.TryParse(found.Error, out var error) ? error : (byte)0);
        return CommandStatus.Ok;
    }

    /// <summary>cancel_sm (§4.9): one, or without an id all that wait between the two, of a service type where one is named.</summary>
    public CommandStatus Cancel(CancelBody cancel)
    {
        if (cancel.MessageId.Length == 0)
        {
            var all = _book.Scheduled.Where(s =>
                Same(s.Source, cancel.Source) && Same(s.Destination, cancel.Destination)
                    && (cancel.ServiceType.Length == 0 || s.ServiceType == cancel.ServiceType)).ToList();
            if (all.Count == 0) return Refuse(CommandStatus.CancelFail, "nothing waits between these two");
            foreach (var one in all) Cancel(one);
            return CommandStatus.Ok;
        }
        if (_book.Find(cancel.MessageId, cancel.Source) is not { } found)
        {
            return Refuse(CommandStatus.InvMsgId, $"there is no text {cancel.MessageId} from that source");
        }
        if (found.Fate is not { IsScheduled: true }) return Refuse(CommandStatus.CancelFail, $"the text {cancel.MessageId} has gone");
        Cancel(found);
        return CommandStatus.Ok;
    }

    /// <summary>replace_sm (§4.10): other words, other times, for a text that waits.</summary>
    public CommandStatus Replace(ReplaceBody replace)
    {
        if (_book.Find(replace.MessageId, replace.Source) is not { } found)
        {
            return Refuse(CommandStatus.InvMsgId, $"there is no text {replace.MessageId} from that source");
        }
        if (found.Fate is not { IsScheduled: true } fate || fate.Parts.Count > 1)
        {
            return Refuse(CommandStatus.ReplaceFail, $"the text {replace.MessageId} has gone, or is one of several parts");
        }
        var now = Now;
        if (Times(
            replace.ScheduleDeliveryTime, replace.ValidityPeriod, now, out var at, out var expires) is not CommandStatus.Ok and var wrong)
        {
            return wrong;
        }
        if (replace.DefaultMessageId != 0) return Refuse(CommandStatus.InvDftMsgId, "there are no predefined texts");
        found.Registered = replace.RegisteredDelivery;
        // §4.10.1: there is no data_coding; the SMSC's alphabet is meant.
        (fate.Body, found.Text) = (
            TextCodings.Decode(_system.Alphabet, replace.ShortMessage.Span),
            TextCodings.Decode(_system.Alphabet, replace.ShortMessage.Span));
        if (replace.ValidityPeriod.Length > 0) fate.Expires = expires;
        if (replace.ScheduleDeliveryTime.Length > 0) fate.GoAt(at, now);
        return CommandStatus.Ok;
    }

    /// <summary>Nothing more will become of a text.</summary>
    public void Settle(Submission submission) => _book.Settle(submission);

    public void Dispose() => _sweep.Dispose();

    private void Go(
        string text, IReadOnlyList<Submission> parts, string from, string to, DateTimeOffset now, DateTimeOffset? at,
        DateTimeOffset? expires)
    {
        var entry = _host.Write(
            SmppEntries.Submitted, _link.Terms.Name, ("message_id", parts[0].Id), ("from", from), ("to", to), ("body", text),
            ("parts", parts.Count));
        if (!ReferenceEquals(_host.Find(from), _link) && _strangers.Count < MaxIncomplete && _strangers.Add(from))
        {
            _host.World.Journal.Warn(
                AccountSid.None, from, entry.Seq,
                $"{from} texts over the SMPP link {_link.Terms.Name}, and is not among its numbers: what is texted to it does not "
                    + "go back there");
        }
        var fate = new Fate(_link, _host, parts, from, to, text, entry.Seq) { Expires = expires };
        foreach (var part in parts) part.Fate = fate;
        if (at > now) Schedule(fate);
        fate.GoAt(at, now);
    }

    private void Schedule(Fate fate)
    {
        fate.Started = () =>
        {
            foreach (var part in fate.Parts) _book.RemoveScheduled(part);
        };
        foreach (var part in fate.Parts) _book.AddScheduled(part);
    }

    private static void Cancel(Submission submission) => submission.Fate!.Cancel();

    private Submission? FindScheduled(MessageBody body, SmppAddress destination) => _book.Scheduled
        .FirstOrDefault(
            s =>
                Same(s.Source, body.Source) && Same(s.Destination, destination) && s.ServiceType == body.ServiceType
                    && s.Fate!.Parts.Count == 1);

    private static bool Same(SmppAddress one, SmppAddress other) => (one.Value ?? "") == (other.Value ?? "");

    private CommandStatus Addresses(SmppAddress source, SmppAddress destination, out string from, out string to)
    {
        // §5.2.8: without a source the SMSC fills in its own for this ESME.
        (from, to) = (
            (source.IsEmpty ? _system.Numbers.FirstOrDefault(n => !n.EndsWith('*')) : source.Read()) ?? "", destination.Read() ?? "");
        // Phones have numbers; names are for apps.
        if (!from.StartsWith('+')) return Refuse(CommandStatus.InvSrcAdr, $"{source} is no phone's number");
        if (_host.Handsets.Exchange.IsNumber(from)) return Refuse(CommandStatus.InvSrcAdr, $"{from} is an app's number");
        return to.Length > 0 && (to[0] == '+' || char.IsAsciiDigit(to[0]))
            ? CommandStatus.Ok
            : Refuse(CommandStatus.InvDstAdr, $"{destination} is no number");
    }

    private CommandStatus Flags(MessageBody body) =>
        body.Priority > MaxPriority ? Refuse(CommandStatus.InvPrtFlg, $"priority_flag {body.Priority}")
        : (body.RegisteredDelivery & 3) == 3 ? Refuse(CommandStatus.InvRegDlvFlg, $"registered_delivery {body.RegisteredDelivery}")
        : body.ReplaceIfPresent > 1 ? Refuse(CommandStatus.InvRepFlag, $"replace_if_present_flag {body.ReplaceIfPresent}")
        : body.DefaultMessageId != 0 ? Refuse(CommandStatus.InvDftMsgId, "there are no predefined texts")
        : (body.EsmClass & DeliveryReceipt.TypeBits) != 0 ? Refuse(CommandStatus.InvEsmClass, $"esm_class {body.EsmClass}")
        : CommandStatus.Ok;

    private CommandStatus Times(string schedule, string validity, DateTimeOffset now, out DateTimeOffset? at, out DateTimeOffset? expires)
    {
        expires = null;
        if (!SmppTime.TryRead(schedule, now, out at)) return Refuse(CommandStatus.InvSched, $"\"{schedule}\" is no time");
        if (!SmppTime.TryRead(validity, now, out expires)) return Refuse(CommandStatus.InvExpiry, $"\"{validity}\" is no time");
        return expires <= (at > now ? at : now)
            ? Refuse(CommandStatus.InvExpiry, "it would expire before it is delivered")
            : CommandStatus.Ok;
    }

    private CommandStatus Refuse(CommandStatus status, string why)
    {
        Why = why;
        return status;
    }

    private void Sweep()
    {
        foreach (var gone in _reassembly.Sweep(Now))
        {
            _host.Write(
                SmppEntries.Incomplete, _link.Terms.Name, ("from", gone.Source), ("to", gone.Destination), ("came", gone.Came),
                ("total", gone.Total));
            foreach (var part in gone.Tags)
            {
                (part.State, part.Done) = (MessageState.Undeliverable, Now);
                _link.Tell(part);
            }
        }
        var wait = _reassembly.NextDue - Now ?? Timeout.InfiniteTimeSpan;
        _sweep.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
