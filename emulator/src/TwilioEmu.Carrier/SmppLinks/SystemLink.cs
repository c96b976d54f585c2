using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>
/// A gateway that binds to our SMSC: what it submits are texts of phones, and what apps send to its numbers is delivered to it.
/// </summary>
/// <remarks>
/// Loop-confined. A text is the carrier's as soon as it is here, and delivered when deliver_sm_resp, or an acknowledgement, says so.
/// </remarks>
internal sealed class SystemLink : SmppLink, IDisposable
{
    // §5.2.17: an SME delivery acknowledgement is requested.
    private const byte AsksForAcknowledgement = 0x04;

    private readonly SubmissionDesk _desk;
    private readonly SmppDoor _door;
    private readonly Throttle? _throttle;

    public SystemLink(SmppHost host, SmppSystem system)
        : base(host, system)
    {
        (System, _door) = (system, new SmppDoor(host));
        _desk = new SubmissionDesk(this, host, system);
        _throttle = system.Throughput is { } rate ? new Throttle(rate) : null;
    }

    public SmppSystem System { get; }

    public override SmppRole Role => SmppRole.Smsc;

    /// <summary>What its sessions are held to.</summary>
    public SessionTerms SessionTerms => new()
    {
        EnquireLink = System.EnquireLink,
        Response = System.Response,
        Inactivity = System.Inactivity,
        Window = System.Window,
        PeerWindow = System.PeerWindow,
        PeerRate = _throttle,
    };

    protected override CommandId Carrying => CommandId.DeliverSm;

    protected override bool AcceptsAtOnce => true;

    protected override byte Registered => System.Acknowledges ? AsksForAcknowledgement : (byte)0;

    public override SmppLinkState State() => Standing("smsc", System.SystemId, null);

    public override void Take(SmppPeer peer, Pdu request)
    {
        switch (request.Body)
        {
            case MessageBody body when DeliveryReceipt.IsOne(body.EsmClass):
                Answer(peer, request, Acknowledge(request, body), new MessageIdBody("")); break;
            case MessageBody body:
                var status = _desk.Submit(body, body.Destination, request.Tlvs, out var id);
                Answer(peer, request, status, new MessageIdBody(id));
                break;
            case DataBody data:
                var message = new MessageBody
                {
                    ServiceType = data.ServiceType,
                    Source = data.Source,
                    Destination = data.Destination,
                    EsmClass = data.EsmClass,
                    RegisteredDelivery = data.RegisteredDelivery,
                    DataCoding = data.DataCoding,
                };
                Answer(peer, request, _desk.Submit(message, data.Destination, request.Tlvs, out var dataId), new MessageIdBody(dataId));
                break;
            case MultiBody multi: Submit(peer, request, multi); break;
            case QueryBody query:
                var found = _desk.Query(query, out var answer);
                Answer(peer, request, found, answer ?? PduBody.Empty);
                break;
            case CancelBody cancel: Answer(peer, request, _desk.Cancel(cancel), PduBody.Empty); break;
            case ReplaceBody replace: Answer(peer, request, _desk.Replace(replace), PduBody.Empty); break;
        }
    }

    /// <summary>A gateway is told what became of a text of its own, where it wished so.</summary>
    public void Tell(Submission submission)
    {
        _desk.Settle(submission);
        // §5.2.17: bits 1 and 0: 1 whatever became of it, 2 only what failed.
        if ((submission.Registered & 3) == 0 || ((submission.Registered & 3) == 2 && submission.State == MessageState.Delivered)) return;
        var receipt = new DeliveryReceipt(submission.Id, submission.State)
        {
            Submitted = submission.Submitted,
            Done = submission.Done ?? WorldNow,
            Error = submission.Error,
            Text = submission.Text,
        };
        var isWritable = TextCodings.Fits(System.Alphabet, receipt.Write());
        var words = isWritable ? receipt.Write() : (receipt with { Text = "" }).Write();
        Tlv[] tlvs =
        [
            Tlv.OfText(TlvTag.ReceiptedMessageId, submission.Id), Tlv.Of(TlvTag.MessageState, (byte)submission.State),
            .. submission.Reference is { } reference ? new[] { reference } : [],
        ];
        var body = new MessageBody
        {
            ServiceType = submission.ServiceType,
            Source = submission.Destination,
            Destination = submission.Source,
            EsmClass = DeliveryReceipt.Receipt,
            ShortMessage = TextCodings.Encode(System.Alphabet, words),
        };
        Host.Write(
            SmppEntries.Receipted, Terms.Name, ("message_id", submission.Id), ("state", Word(submission.State)), ("err", submission.Error));
        if (Enqueue(new ReceiptParcel(body, [.. tlvs], WorldNow + Terms.Keeps))) Pump();
    }

    public override void Close()
    {
        Dispose();
        base.Close();
    }

    public void Dispose() => _desk.Dispose();

    protected override void WhenTaken(OutgoingText text)
    {
        if (!System.Acknowledges) text.DeliverAll();
    }

    /// <summary>A text that says what became of one of ours: by the id deliver_sm_resp gave it, or by our own reference.</summary>
    private CommandStatus Acknowledge(Pdu request, MessageBody body)
    {
        var status = ShortMessages.Read(body.ShortMessage, body.EsmClass, body.DataCoding, request.Tlvs, System.Alphabet, out var raw);
        if (status != CommandStatus.Ok) return status;
        if (DeliveryReceipt.Read(raw.Text, request) is not { } receipt) return CommandStatus.InvEsmClass;
        TakeReceipt(receipt);
        return CommandStatus.Ok;
    }

    private void Submit(SmppPeer peer, Pdu request, MultiBody multi)
    {
        if (multi.Destinations.Any(d => d.List is not null))
        {
            // There are no distribution lists.
            Answer(peer, request, CommandStatus.CntSubDl, PduBody.Empty);
            return;
        }
        var failed = new List<(SmppAddress, CommandStatus)>();
        var first = "";
        foreach (var destination in multi.Destinations)
        {
            var status = _desk.Submit(multi.Message, destination.Address, request.Tlvs, out var id);
            if (status != CommandStatus.Ok) failed.Add((destination.Address, status));
            else if (first.Length == 0) first = id;
        }
        // §4.5.2: one id for all; each of our texts has its own, and this is the first's.
        Answer(peer, request, first.Length > 0 ? CommandStatus.Ok : CommandStatus.SubmitFail, new MultiRespBody(first, failed));
    }

    private void Answer(SmppPeer peer, Pdu request, CommandStatus status, PduBody body)
    {
        if (status != CommandStatus.Ok) _door.TellOfRefusal(peer, request, status, _desk.Why);
        if (System.AnswersAfter == TimeSpan.Zero)
        {
            peer.Reply(request, status, body);
            return;
        }
        ITimer? timer = null;
        timer = peer.Time.CreateTimer(
            _ =>
            {
                void Reply() => Host.Run(() =>
                {
                    timer!.Dispose();
                    peer.Reply(request, status, body);
                });
                if (peer.IsOutside) Host.World.Loop.TryPostOutside(static reply => ((Action)reply!)(), (Action)Reply);
                else Reply();
            },
            null, System.AnswersAfter, Timeout.InfiniteTimeSpan);
    }
}
